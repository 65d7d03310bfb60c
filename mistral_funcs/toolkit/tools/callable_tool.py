"""Functions as tools: `tool` describes a function to the model and calls it with its arguments."""

import inspect
from collections.abc import Callable, Mapping
from functools import partial
from types import MethodType
from typing import Any, Concatenate, Generic, ParamSpec, Protocol, TypeVar, final, overload

import attrs

from mistral_core.runtime.blocking import call_blocking
from mistral_funcs.schemas.shared.tools import Function
from mistral_funcs.toolkit.tools.function_names import ACCEPTED
from mistral_funcs.toolkit.tools.outputs import tool_output
from mistral_funcs.toolkit.tools.runnable import ToolError, ToolOutput
from mistral_funcs.toolkit.tools.signatures import FunctionSignature, innermost, read_signature
from mistral_funcs.toolkit.typed.objects import ObjectField
from mistral_funcs.toolkit.typed.structure import faults, is_nullable, structure_fields

__all__ = ["CallableTool", "tool"]

MAX_PROBLEMS = 10
"""Maximum number of invalid arguments to report at once."""

P = ParamSpec("P")
Q = ParamSpec("Q")
T = TypeVar("T")
S = TypeVar("S")


@final
@attrs.frozen(eq=False, slots=False)
class CallableTool(Generic[P, T]):
    """A function that a model can call, and that can still be called directly.

    In the body of a class, it is a method: each instance has a tool that is bound to it.

    Attributes:
        function: The function.
        definition: Name, description and parameters, as the model sees them.
        signature: The parameters with their types.
        confirm: Whether a call requires confirmation.
        timeout: Time limit of a call in seconds. Defaults to that of the run.
        thread: Whether a function that is not async runs in a thread.
    """

    function: Callable[P, T]
    definition: Function
    signature: FunctionSignature = attrs.field(repr=False)
    confirm: bool = False
    timeout: float | None = None
    thread: bool = True

    def __attrs_post_init__(self) -> None:
        """Take the name and the docstring of the function, as `functools.wraps` does."""
        vars(self).update(
            __wrapped__=self.function, __name__=self.definition.name, __doc__=self.function.__doc__
        )

    def __call__(self, *args: P.args, **kwargs: P.kwargs) -> T:
        """Call the function itself."""
        return self.function(*args, **kwargs)

    @overload
    def __get__(self, instance: None, owner: type[Any], /) -> "CallableTool[P, T]": ...
    @overload
    def __get__(
        self: "CallableTool[Concatenate[S, Q], T]", instance: S, owner: type[Any] | None = None, /
    ) -> "CallableTool[Q, T]": ...
    def __get__(self, instance: Any, owner: type[Any] | None = None, /) -> "CallableTool[Any, T]":
        """Return the tool bound to an instance. Functions that are not methods are not bound."""
        if instance is None or not self.signature.needs_instance:
            return self
        method = MethodType(self.function, instance)
        return attrs.evolve(
            self, function=method, signature=attrs.evolve(self.signature, needs_instance=False)
        )

    async def run(self, arguments: Mapping[str, Any]) -> ToolOutput:
        """Call the function with the model's arguments.

        A function that is not async runs in a thread of its own, with the caller's context
        variables. Cancellation returns immediately; the thread cannot be stopped, and its result is
        dropped.

        Args:
            arguments: The model's arguments, decoded from JSON.

        Raises:
            ToolError: The arguments do not match, or the result cannot be sent. Other exceptions
                are those of the function.
        """
        if self.signature.needs_instance:
            raise TypeError(f"`{self.definition.name}` is a method. Pass the tool of an instance.")
        values = self._structure(arguments)
        function: Callable[..., Any] = self.function
        call = partial(function, **values)
        is_async = inspect.iscoroutinefunction(innermost(function))
        result = await call_blocking(call) if self.thread and not is_async else call()
        if inspect.isawaitable(result):
            result = await result
        return tool_output(result, self.definition.name)

    def _structure(self, arguments: Mapping[str, Any]) -> dict[str, Any]:
        """Return the arguments as instances of the types of the parameters.

        Raises:
            ToolError: They do not match.
        """
        fields = self.signature.fields
        problems = [
            f"`{field.name}` is missing"
            for field in fields
            if field.required and field.name not in arguments
        ]
        given = [
            (field.name, arguments[field.name], field.type)
            for field in fields
            if field.name in arguments and not _is_default(field, arguments[field.name])
        ]
        values: list[Any] = []
        try:
            values = structure_fields(given, self.function)
        except Exception as error:  # noqa: BLE001
            problems += [str(each).replace("`$.", "`", 1) for each in faults(error)]
        names = {field.name for field in fields}
        problems += [f"`{name}` is not a parameter" for name in arguments if name not in names]
        if problems:
            hidden = len(problems) - MAX_PROBLEMS
            more = f"; and {hidden} more" if hidden > 0 else ""
            reasons = "; ".join(problems[:MAX_PROBLEMS]) + more
            raise ToolError(f"Invalid arguments for `{self.definition.name}`: {reasons}.")
        return dict(zip((name for name, *_ in given), values, strict=True))


def _is_default(field: ObjectField, value: Any) -> bool:
    """Return whether an argument is `null` in place of the default."""
    return value is None and not field.required and not is_nullable(field.type)


class ToolDecorator(Protocol):
    """The decorator that `tool` returns when it is called without a function."""

    def __call__(self, function: Callable[P, T], /) -> CallableTool[P, T]:
        """Turn a function into a tool."""
        ...


@overload
def tool(
    function: Callable[P, T],
    /,
    *,
    name: str | None = None,
    description: str | None = None,
    confirm: bool = False,
    timeout: float | None = None,
    thread: bool = True,
) -> CallableTool[P, T]: ...
@overload
def tool(
    *,
    name: str | None = None,
    description: str | None = None,
    confirm: bool = False,
    timeout: float | None = None,
    thread: bool = True,
) -> ToolDecorator: ...
def tool(
    function: Callable[..., Any] | None = None,
    /,
    *,
    name: str | None = None,
    description: str | None = None,
    confirm: bool = False,
    timeout: float | None = None,
    thread: bool = True,
) -> Any:
    """Turn a function into a tool: `tool(function)`, `@tool` or `@tool(confirm=True)`.

    The model sees the parameters, their types, and the docstring. Descriptions of parameters are
    read from `Annotated[..., "description"]`, and from the docstring if `mistral-funcs[tools]` is
    installed. Bind what the model must not see: `tool(functools.partial(function, db=db))`.

    Args:
        function: A function, method or other callable, async or not, whose parameters have types.
        name: Name of the tool. Defaults to that of the function.
        description: What the tool does. Defaults to the docstring of the function.
        confirm: Whether a call requires confirmation.
        timeout: Time limit of a call in seconds. Defaults to that of the run.
        thread: Whether a function that is not async runs in a thread. If false, it runs on the
            thread of the event loop, which it must not block.

    Returns:
        The tool. Call it as the function itself.

    Raises:
        TypeError: The function cannot be a tool. The message contains the parameter.
        ValueError: The API does not accept the name, or the time limit is not positive.
    """
    if function is None:
        return partial(
            tool,
            name=name,
            description=description,
            confirm=confirm,
            timeout=timeout,
            thread=thread,
        )
    if isinstance(function, CallableTool):
        function = function.function
    name = _name_of(function) if name is None else name
    if not ACCEPTED.fullmatch(name):
        raise ValueError(
            f"{name!r} cannot be the name of a tool: the API accepts 1 to 64 letters, digits, `_` "
            "and `-`. Pass `name=`."
        )
    if timeout is not None and not timeout > 0:
        raise ValueError(f"`timeout` must be a positive number of seconds, got {timeout!r}")
    signature = read_signature(function, name)
    definition = Function(
        name=name,
        description=description or signature.documentation.description or None,
        parameters=signature.schema,
    )
    return CallableTool(function, definition, signature, confirm, timeout, thread)


def _name_of(function: Any) -> str:
    while isinstance(function, partial):
        function = function.func
    return str(getattr(function, "__name__", type(function).__name__))
