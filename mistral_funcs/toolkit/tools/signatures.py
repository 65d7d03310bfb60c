"""The parameters of a function as the fields of an object."""

import inspect
import sys
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from inspect import Parameter, Signature
from types import CellType, CodeType, MethodType
from typing import Any, final

import attrs

from mistral_funcs.toolkit.json_schema import SchemaBuilder
from mistral_funcs.toolkit.tools.docstrings import Documentation, read_docstring
from mistral_funcs.toolkit.typed.annotations import (
    description_of,
    evaluate,
    names_around,
    split_annotated,
)
from mistral_funcs.toolkit.typed.objects import ObjectField


@final
@attrs.frozen
class FunctionSignature:
    """A function as a tool: the parameters as data, and their descriptions.

    Attributes:
        fields: The parameters.
        schema: JSON schema of the arguments.
        documentation: The descriptions in the docstring.
        needs_instance: Whether the function is a method that is not bound to an instance.
    """

    fields: tuple[ObjectField, ...]
    schema: dict[str, Any]
    documentation: Documentation
    needs_instance: bool


def read_signature(function: Callable[..., Any], name: str) -> FunctionSignature:
    """Return the signature of a function.

    Args:
        function: The function.
        name: Its name, for errors.

    Raises:
        TypeError: The function cannot be a tool. The message contains the parameter.
    """
    if not callable(function):
        raise TypeError(
            f"`{name}` cannot be a tool: it is not callable. Pass a class method of its class: "
            "`tool(Class.method)`."
        )
    try:
        parameters = [*inspect.signature(function).parameters.values()]
    except ValueError as error:
        raise TypeError(f"`{name}` cannot be a tool: {error}") from None
    inner = innermost(function)
    if inspect.isgeneratorfunction(inner) or inspect.isasyncgenfunction(inner):
        raise TypeError(f"`{name}` cannot be a tool: it is a generator. Return a list instead.")
    needs_instance = bool(parameters) and _is_self(parameters[0], inner)
    documentation = read_docstring(_docstring(function, inner))
    builder = SchemaBuilder({**names_around(_module_names(inner)), **_closure(inner)})
    bound = _keywords_of_partials(function)
    fields: list[ObjectField] = []
    properties: dict[str, Any] = {}
    for parameter in parameters[needs_instance:]:
        if parameter.name not in bound:
            try:
                field = _field(parameter, documentation, builder)
                properties[field.name] = builder.field(field)
            except (TypeError, NameError) as error:
                message = f"`{name}` cannot be a tool: parameter `{parameter.name}`: {error}"
                raise TypeError(message) from None
            fields.append(field)
    schema = {
        "type": "object",
        "properties": properties,
        "required": [field.name for field in fields if field.required],
        "additionalProperties": False,
    }
    return FunctionSignature(
        tuple(fields), builder.with_definitions(schema), documentation, needs_instance
    )


def _field(
    parameter: Parameter, documentation: Documentation, builder: SchemaBuilder
) -> ObjectField:
    if parameter.kind in (Parameter.VAR_POSITIONAL, Parameter.VAR_KEYWORD):
        raise TypeError("a model cannot pass a variable number of arguments")
    if parameter.kind is Parameter.POSITIONAL_ONLY:
        raise TypeError("it is positional-only, and a model passes arguments by name")
    if parameter.annotation is Signature.empty:
        raise TypeError("it has no type annotation")
    kind = evaluate(parameter.annotation, builder.names)
    return ObjectField(
        parameter.name,
        kind,
        required=parameter.default is Signature.empty,
        default=parameter.default,
        description=description_of(split_annotated(kind)[1])
        or documentation.parameters.get(parameter.name),
        validators=(),
    )


def innermost(function: Any) -> Any:
    """Return the function below partials, methods, `functools.wraps` and `__call__`."""
    if isinstance(function, partial):
        return innermost(function.func)
    if isinstance(function, MethodType):
        return innermost(function.__func__)
    if hasattr(function, "__wrapped__"):
        return innermost(function.__wrapped__)
    if inspect.isroutine(function) or isinstance(function, type):
        return function
    return innermost(type(function).__call__)


def _closure(inner: Any) -> dict[str, Any]:
    """Return the local names of the enclosing functions that a function uses."""
    code: CodeType | None = getattr(inner, "__code__", None)
    cells: tuple[CellType, ...] = getattr(inner, "__closure__", None) or ()
    names: dict[str, Any] = {}
    for name, cell in zip(code.co_freevars if code else (), cells, strict=True):
        with suppress(ValueError):  # The name is not defined yet, such as that of the function.
            names[name] = cell.cell_contents
    return names


def _module_names(inner: Any) -> dict[str, Any]:
    names: dict[str, Any] | None = getattr(inner, "__globals__", None)
    module = sys.modules.get(getattr(inner, "__module__", None) or "")
    return vars(module) if names is None and module else names or {}


def _is_self(parameter: Parameter, inner: Any) -> bool:
    """Return whether a parameter is the instance of a method that is defined in a class body."""
    scope = inner.__qualname__.rpartition(".")[0]
    is_method = bool(scope) and not scope.endswith("<locals>")
    return is_method and parameter.name == "self" and parameter.annotation is Signature.empty


def _keywords_of_partials(function: Any) -> set[str]:
    """Return the names of arguments that partials bind by keyword."""
    if not isinstance(function, partial):
        return set()
    return {*function.keywords} | _keywords_of_partials(function.func)


def _docstring(function: Any, inner: Any) -> str | None:
    """Return the docstring of a function. A callable object may have that of its class."""
    while isinstance(function, partial):
        function = function.func
    is_function = inspect.isroutine(function) or isinstance(function, type)
    return function.__doc__ if is_function else inner.__doc__ or type(function).__doc__
