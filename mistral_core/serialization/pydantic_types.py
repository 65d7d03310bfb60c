"""Schema classes as field types of pydantic models, and so in FastAPI.

Only pydantic calls this module, so pydantic is imported only where an application uses it.
"""

import re
from ast import literal_eval
from collections.abc import Callable
from contextlib import suppress
from functools import reduce
from operator import getitem
from typing import Any, get_args

import attrs

from mistral_core.schema import Unknown, key_of
from mistral_core.serialization.component_schemas import PLAIN, class_schema, classes_within
from mistral_core.serialization.wire_json import to_dict
from mistral_core.structuring.converter import converter, faults
from mistral_core.structuring.primitives import take_any
from mistral_core.structuring.unions import is_literal

STEP = re.compile(r"\.([^.\[]+)|\[('(?:[^'\\]|\\.)*'|\"(?:[^\"\\]|\\.)*\"|\d+)\]")
"""A step of a JSON path: a field, or an index or a key in brackets."""


def core_schema_of(cls: type) -> Any:
    """Return the schema by which pydantic validates, serializes and describes a class."""
    from pydantic_core import core_schema  # noqa: PLC0415 - see above

    if cls is Unknown:
        # `Any` yields to the other members of a union, whatever their order.
        return core_schema.no_info_after_validator_function(
            _unknown,
            core_schema.any_schema(),
            metadata={"pydantic_js_functions": [_describe_unknown]},
            serialization=_serialization(),
        )
    definitions = [_definition(each) for each in classes_within(cls)]
    return core_schema.definitions_schema(_reference(cls), definitions)


def _definition(cls: type) -> Any:
    """Return the schema of one class. Its JSON schema refers to those of other classes."""
    from pydantic_core import core_schema  # noqa: PLC0415

    fields = {
        key_of(field): core_schema.literal_schema([*get_args(field.type)])
        for field in attrs.fields(attrs.resolve_types(cls))
        if is_literal(field.type)
    }

    def refer(other: type) -> dict[str, Any]:
        fields[f"${len(fields)}"] = _reference(other)
        return {"$ref": ""}

    def describe(schema: Any, handler: Callable[[Any], dict[str, Any]]) -> dict[str, Any]:
        handler(schema)  # Describes the other classes.
        return class_schema(cls, lambda other: handler(_reference(other)))

    def validate(value: Any, _: object) -> Any:
        return _validate(cls, value)

    validate.__name__ = cls.__name__  # For the paths of errors within unions.
    class_schema(cls, refer)
    return core_schema.no_info_wrap_validator_function(
        validate,
        # Not used to validate. pydantic reads which classes are needed, and which fields can be
        # the discriminator of a union.
        core_schema.typed_dict_schema(
            {name: core_schema.typed_dict_field(each) for name, each in fields.items()}
        ),
        ref=_name(cls),
        metadata={"pydantic_js_functions": [describe]},
        serialization=_serialization(),
    )


def _reference(cls: type) -> Any:
    from pydantic_core import core_schema  # noqa: PLC0415

    return core_schema.definition_reference_schema(_name(cls))


def _name(cls: type) -> str:
    """Return the name of a definition, in the form of pydantic's own."""
    return f"{cls.__module__}.{cls.__qualname__}:{id(cls)}"


def _serialization() -> Any:
    from pydantic_core import core_schema  # noqa: PLC0415

    return core_schema.plain_serializer_function_ser_schema(to_dict)


def _describe_unknown(*_: object) -> dict[str, Any]:
    return PLAIN[Unknown]


def _unknown(value: Any) -> Unknown:
    """Return an `Unknown`.

    Raises:
        ValueError: The value is not an object.
    """
    if isinstance(value, Unknown):
        return value
    if value.__class__ is not dict:
        raise ValueError("must be an object")
    return Unknown(take_any(value))


def _validate(cls: type[Any], value: Any) -> Any:
    """Return an instance of a class.

    Raises:
        ValidationError: The value is invalid. pydantic adds the path of the value itself.
    """
    if isinstance(value, cls):
        return value
    try:
        return converter.structure(value, cls)
    except Exception as error:  # noqa: BLE001
        invalid = faults(error)
    from pydantic_core import InitErrorDetails, PydanticCustomError, ValidationError  # noqa: PLC0415

    raise ValidationError.from_exception_data(
        cls.__name__,
        [
            InitErrorDetails(
                type=PydanticCustomError("invalid_value", _sentence(each.problem)),
                loc=(loc := steps_of(each.path)),
                input=_value_at(value, loc),
            )
            for each in invalid
        ],
    )


def _sentence(problem: str) -> Any:
    """Return a problem with a capital letter. Typed as `Any`: pydantic expects a literal."""
    return problem[:1].upper() + problem[1:]


def steps_of(path: str) -> tuple[str | int, ...]:
    """Return the steps of a JSON path such as `$.messages[0].role`."""
    return tuple(name or literal_eval(key) for name, key in STEP.findall(path))


def _value_at(value: Any, steps: tuple[str | int, ...]) -> Any:
    """Return the value at a path, or the complete value if the path does not exist."""
    with suppress(LookupError, TypeError):
        return reduce(getitem, steps, value)
    return value
