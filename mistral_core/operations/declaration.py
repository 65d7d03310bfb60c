"""An operation of the API as data: method, path template, response kind, places of its fields."""

import re
from collections.abc import Callable, Collection, Mapping, Set as AbstractSet
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Generic, Literal, TypeAlias, TypeVar, final

import attrs

from mistral_core.http.messages import is_idempotent
from mistral_core.operations.kinds import Returns
from mistral_core.schema import UNSET

if TYPE_CHECKING:
    from mistral_core.operations.inspection import Parameter

T = TypeVar("T")

Method: TypeAlias = Literal["GET", "POST", "PUT", "PATCH", "DELETE"]
Place: TypeAlias = Literal["path", "query", "header", "json", "form", "file", "body"]

NOTHING: Mapping[str, Any] = MappingProxyType({})
PATH_PARAMETER = re.compile(r"\{(\w+)\}")


@final
@attrs.frozen(eq=False)
class Operation(Generic[T]):
    """One operation of the API, as data.

    Attributes:
        method: The HTTP method.
        path: The path template: `/v1/models/{model_id}`.
        returns: How a successful response is read.
        nullable: The fields of the body that may be `null`. In all others `None` is left out.
        idempotent: Whether a request can be sent twice. By default the method decides.
        function: The function that declares the operation; `None` if it was written by hand.
        fields: The place of each parameter of the function that is not in the path.
        required: Those of them that have no default.
        keys: The names of parameters on the wire, where they differ from those in Python.
        constants: Fields of the body with a fixed value, such as `stream`.
        audio: Whether the files that it uploads are recordings, and have audio types.
        additional: The parameter whose items are further fields of the body.
    """

    method: Method
    path: str
    returns: Returns[T] = attrs.field(kw_only=True)
    nullable: Collection[str] = attrs.field(default=(), kw_only=True)
    idempotent: bool = attrs.field(
        default=attrs.Factory(is_idempotent, takes_self=True), kw_only=True
    )
    function: Callable[..., Any] | None = attrs.field(default=None, kw_only=True, repr=False)
    fields: Mapping[str, Place] = attrs.field(default=NOTHING, kw_only=True, repr=False)
    required: AbstractSet[str] = attrs.field(default=frozenset[str](), kw_only=True, repr=False)
    keys: Mapping[str, str] = attrs.field(default=NOTHING, kw_only=True, repr=False)
    constants: Mapping[str, object] = attrs.field(default=NOTHING, kw_only=True, repr=False)
    audio: bool = attrs.field(default=False, kw_only=True, repr=False)
    additional: str | None = attrs.field(default=None, kw_only=True, repr=False)

    @property
    def path_parameters(self) -> tuple[str, ...]:
        """Return the names of the parameters in the path template, in their order."""
        return tuple(PATH_PARAMETER.findall(self.path))

    @property
    def query(self) -> tuple[str, ...]:
        """Return the names on the wire of the parameters in the query."""
        return tuple(
            self.keys.get(name, name) for name, place in self.fields.items() if place == "query"
        )

    @property
    def name(self) -> str:
        """Return the name of the function, such as `models_list`; empty without a function."""
        return "" if self.function is None else self.function.__name__

    @property
    def summary(self) -> str:
        """Return the first line of the function's docstring."""
        return ((self.function and self.function.__doc__) or "").partition("\n")[0]

    @property
    def parameters(self) -> "tuple[Parameter, ...]":
        """Return the function's parameters but the client and the options, in their order."""
        from mistral_core.operations.inspection import parameters_of  # noqa: PLC0415 - few ask

        return parameters_of(self)


def operation_of(function: Callable[..., object]) -> Operation[Any]:
    """Return the operation that a function calls, as data.

    Args:
        function: An operation of `mistral_funcs`, such as `models_list`.

    Raises:
        TypeError: The function is not an operation.
    """
    declared: Operation[Any] | None = getattr(function, "__operation__", None)
    if declared is None:
        raise TypeError(f"{function!r} is not an operation")
    return declared


@final
@attrs.define
class Arguments:
    """The arguments of a call, by their places.

    Attributes:
        path: The parameters of the path template.
        query: The query.
        headers: Headers that are parameters of the operation.
        json: The fields of a JSON body.
        form: The fields of a form.
        body: The whole value of a JSON body.
    """

    path: Mapping[str, object] = NOTHING
    query: Mapping[str, object] = NOTHING
    headers: Mapping[str, object] = NOTHING
    json: Mapping[str, object] | None = None
    form: Mapping[str, object] | None = None
    body: object = UNSET
