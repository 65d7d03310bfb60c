"""Strict JSON schemas of attrs classes, for structured output."""

import inspect
from collections.abc import Mapping
from datetime import datetime
from enum import Enum
from types import NoneType, UnionType
from typing import Any, Literal, Union, get_args, get_origin

import attrs

from mistral_core.schema import EXTRA, key_of

PLAIN: dict[Any, dict[str, Any]] = {
    str: {"type": "string"},
    int: {"type": "integer"},
    float: {"type": "number"},
    bool: {"type": "boolean"},
    NoneType: {"type": "null"},
    datetime: {"type": "string", "format": "date-time"},
    Any: {},
}


def json_schema_of(kind: Any) -> dict[str, Any]:
    """Return the JSON schema of a type, with nested classes in `$defs`.

    Raises:
        TypeError: The type has no JSON schema.
    """
    definitions: dict[str, tuple[type, dict[str, Any]]] = {}
    schema = _object(kind, definitions) if _is_attrs(kind) else _schema(kind, definitions)
    schemas = {name: definition for name, (_, definition) in definitions.items()}
    return {**schema, "$defs": schemas} if schemas else schema


def _is_attrs(kind: Any) -> bool:
    return isinstance(kind, type) and attrs.has(kind)


def _schema(kind: Any, definitions: dict[str, tuple[type, dict[str, Any]]]) -> dict[str, Any]:  # noqa: PLR0911
    if kind in PLAIN:
        return dict(PLAIN[kind])
    if _is_attrs(kind):
        return _reference(kind, definitions)
    if isinstance(kind, type) and issubclass(kind, Enum):
        return {"enum": [member.value for member in kind]}
    origin: Any = get_origin(kind)
    arguments = get_args(kind)
    if origin is Literal:
        return {"enum": list(arguments)}
    if origin in (Union, UnionType):
        return {"anyOf": [_schema(member, definitions) for member in arguments]}
    if kind is list or origin is list:
        return {"type": "array", "items": _schema(arguments[0], definitions) if arguments else {}}
    if kind is dict or (origin in (dict, Mapping) and arguments[0] is str):
        values = _schema(arguments[1], definitions) if arguments else {}
        return {"type": "object", "additionalProperties": values or True}
    raise TypeError(
        f"No JSON schema for {kind!r}. Use attrs classes, str, int, float, bool, None, datetime, "
        "Enum, Literal, list[...], dict[str, ...] and unions of these."
    )


def _reference(cls: type, definitions: dict[str, tuple[type, dict[str, Any]]]) -> dict[str, Any]:
    name = cls.__name__
    if name not in definitions:
        definition: dict[str, Any] = {}
        definitions[name] = (
            cls,
            definition,
        )  # Before its fields, which may refer to the class itself.
        definition.update(_object(cls, definitions))
    if definitions[name][0] is not cls:
        raise TypeError(f"No JSON schema for two classes with the same name: {name!r}")
    return {"$ref": f"#/$defs/{name}"}


def _object(cls: Any, definitions: dict[str, tuple[type, dict[str, Any]]]) -> dict[str, Any]:
    fields = [field for field in attrs.fields(attrs.resolve_types(cls)) if field.init]
    named = [field for field in fields if field.name != EXTRA]
    schema: dict[str, Any] = {"type": "object", "title": cls.__name__}
    if cls.__doc__:
        schema["description"] = inspect.cleandoc(cls.__doc__)
    schema["properties"] = {key_of(field): _property(field, definitions) for field in named}
    schema["required"] = [key_of(field) for field in named if field.default is attrs.NOTHING]
    schema["additionalProperties"] = False
    return schema


def _property(
    field: "attrs.Attribute[Any]", definitions: dict[str, tuple[type, dict[str, Any]]]
) -> dict[str, Any]:
    schema = _schema(field.type, definitions)
    described: Any = field.metadata.get("description")
    return {**schema, "description": described} if described else schema
