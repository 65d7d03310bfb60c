"""Decorators that declare operations from the signatures of functions."""

from collections.abc import Callable, Collection, Coroutine, Mapping
from functools import wraps
from inspect import cleandoc, signature
from types import FunctionType
from typing import TYPE_CHECKING, Any, ParamSpec, TypeAlias, TypeVar, cast

import attrs

from mistral_core.operations.declaration import NOTHING, Method, Operation, Place, operation_of
from mistral_core.operations.kinds import Events, Returns
from mistral_core.schema import UNSET

if TYPE_CHECKING:
    from mistral_core.errors import Failure
    from mistral_core.response.event_stream import EventStream
    from mistral_core.result import Result

P = ParamSpec("P")
T = TypeVar("T")

Function: TypeAlias = "Callable[P, Coroutine[Any, Any, Result[T, Failure]]]"

STREAM: Mapping[str, object] = {"stream": True}


def operation(
    method: Method,
    path: str,
    *,
    returns: Returns[T],
    query: Collection[str] = (),
    json: Collection[str] = (),
    headers: Collection[str] = (),
    form: bool = False,
    files: Collection[str] = (),
    body: str | None = None,
    keys: Mapping[str, str] = NOTHING,
    audio: bool = False,
    additional: str | None = None,
    json_text: Collection[str] = (),
    idempotent: bool | None = None,
) -> "Callable[[Function[P, T]], Function[P, T]]":
    """Declare an operation from the signature of a function, whose body is `...`.

    The client comes first, then the path parameters. All other parameters are keyword-only: they
    are sent in the query of a GET or DELETE and in the body of other methods. `options` is last.
    A field is nullable if it is required or defaults to `UNSET`; otherwise `None` is omitted.

    Args:
        method: The HTTP method.
        path: The path template, such as `/v1/models/{model_id}`.
        returns: The kind of a successful response.
        query: Parameters of a request with a body that are sent in the query.
        json: Parameters of a DELETE that are sent in a JSON body.
        headers: Parameters that are sent as headers: `last_event_id` as `last-event-id`.
        form: Whether the body is a form.
        files: Fields of the form that are uploaded.
        body: The parameter that is the complete body rather than a field of it.
        keys: Names on the wire that differ from those in Python. `from_` is always `from`.
        audio: Whether uploaded files are audio recordings, and so have audio types.
        additional: The parameter whose items are further fields of the body.
        json_text: Parameters of the query that are sent as JSON.
        idempotent: Whether a request can safely be sent twice. Defaults to what the method implies.
    """
    default: Place = "form" if form else "query" if method in {"GET", "DELETE"} else "json"
    places: dict[str, Place] = {
        **dict.fromkeys(query, "query"),
        **dict.fromkeys(json, "json"),
        **dict.fromkeys(headers, "header"),
        **dict.fromkeys(files, "file"),
        **dict.fromkeys([body] if body else (), "body"),
    }

    def declare(function: "Function[P, T]") -> "Function[P, T]":
        names, defaults = _keywords(cast("FunctionType", function))
        wire = {name: name.rstrip("_") for name in names if name.endswith("_")}
        wire |= {name: name.replace("_", "-") for name in headers} | dict(keys)
        declared = Operation(
            method,
            path,
            returns=returns,
            nullable=frozenset(
                wire.get(name, name) for name in names if defaults.get(name, UNSET) is UNSET
            ),
            function=function,
            fields={name: places.get(name, default) for name in names},
            required=frozenset(names) - defaults.keys(),
            keys=wire,
            audio=audio,
            additional=additional,
            json_text=frozenset(json_text),
        )
        if idempotent is not None:
            declared = attrs.evolve(declared, idempotent=idempotent)
        return cast("Function[P, T]", _callable(declared))

    return declare


def streamed(
    plain: "Function[P, Any]", returns: Events[T]
) -> "Callable[[Function[..., EventStream[T]]], Function[P, EventStream[T]]]":
    """Declare the streaming variant of an operation: same parameters, different response.

    Args:
        plain: The operation that provides the parameters and their documentation.
        returns: The kind of event stream that the variant returns.
    """
    original = operation_of(plain)
    source: Any = original.function

    def declare(function: "Function[..., EventStream[T]]") -> "Function[P, EventStream[T]]":
        variant: Any = function
        variant.__signature__ = signature(source).replace(
            return_annotation=signature(variant).return_annotation
        )
        variant.__doc__ = _with_arguments(variant.__doc__ or "", source.__doc__ or "")
        declared: Operation[Any] = attrs.evolve(
            original, returns=returns, function=variant, constants=STREAM
        )
        return cast("Function[P, EventStream[T]]", _callable(declared))

    return declare


def _keywords(function: FunctionType) -> tuple[tuple[str, ...], Mapping[str, object]]:
    """Return the names of the keyword-only parameters except `options`, and their defaults."""
    code = function.__code__
    names = code.co_varnames[code.co_argcount : code.co_argcount + code.co_kwonlyargcount]
    return tuple(name for name in names if name != "options"), function.__kwdefaults__ or {}


def _with_arguments(own: str, plain: str) -> str:
    """Return a docstring with the arguments of the plain operation after its summary."""
    summary, _, rest = cleandoc(own).partition("\n\n")
    arguments = cleandoc(plain).partition("\nArgs:\n")[2].partition("\n\n")[0]
    return "\n\n".join(filter(None, (summary, f"Args:\n{arguments}", rest)))


def _callable(declared: Operation[Any]) -> Callable[..., Coroutine[Any, Any, Any]]:
    """Return the coroutine function that calls a declared operation."""
    function = cast("FunctionType", declared.function)
    ids, required, allowed = declared.path_parameters, declared.required, declared.fields.keys()
    arity = 1 + len(ids)
    arrange = _arrangement(declared)
    has_body = not {"json", "form", "file"}.isdisjoint(declared.fields.values())

    async def call(*args: Any, options: Any = None, **fields: Any) -> Any:
        is_bound = required <= fields.keys() <= allowed if fields else not required
        if len(args) != arity or not is_bound:
            args, fields = _bound(function, arity, args, {"options": options, **fields})
        execute = args[0].execute
        path = dict(zip(ids, args[1:], strict=True)) if ids else NOTHING
        if not (fields or has_body):
            return await execute(declared, path=path, options=options)
        return await execute(declared, path=path, options=options, **arrange(fields))

    # Tracebacks and profilers show the name of the operation.
    call.__code__ = call.__code__.replace(
        co_name=function.__name__, co_qualname=function.__qualname__
    )
    vars(call)["__operation__"] = declared
    return wraps(function)(call)


def _bound(
    function: FunctionType, arity: int, args: tuple[Any, ...], named: Mapping[str, Any]
) -> tuple[tuple[Any, ...], dict[str, Any]]:
    """Bind arguments to the signature. Return the client and path parameters, and the fields.

    Raises:
        TypeError: The arguments do not match the signature.
    """
    try:
        bound = signature(function).bind(*args, **named)
    except TypeError as error:
        raise TypeError(f"{function.__name__}(): {error}") from None
    arguments = list(bound.arguments.items())
    fields = {name: value for name, value in arguments[arity:] if name != "options"}
    return tuple(value for _, value in arguments[:arity]), fields


def _arrangement(declared: Operation[Any]) -> Callable[[dict[str, Any]], dict[str, Any]]:
    """Return a function that arranges fields into the arguments of `MistralCore.execute`."""
    places, keys, constants = declared.fields, declared.keys, declared.constants
    targets = {
        name: "form" if place in {"form", "file"} else "headers" if place == "header" else place
        for name, place in places.items()
    }
    # Files are last in a form, so that a server has all other fields before it reads one.
    targets = dict(sorted(targets.items(), key=lambda each: places[each[0]] == "file"))
    used = {*targets.values()}
    if used == {"json"} and not keys:
        return lambda fields: {"json": {**constants, **fields} if constants else fields}

    def arrange(fields: dict[str, Any]) -> dict[str, Any]:
        arranged: dict[str, Any] = {each: {} for each in used if each != "body"}
        for body in ("json", "form"):
            if body in arranged:
                arranged[body].update(constants)
        for name, target in targets.items():
            if name not in fields:
                continue
            if target == "body":
                arranged["body"] = fields[name]
            else:
                arranged[target][keys.get(name, name)] = fields[name]
        return arranged

    return arrange
