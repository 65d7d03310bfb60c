"""The JSON schema of an attrs class, as models are asked for it: strict, with nothing beside it."""

import inspect
from collections.abc import Mapping
from datetime import datetime
from enum import Enum
from types import NoneType, UnionType
from typing import Any, Literal, Union, get_args, get_origin

import attrs

from mistral_core.schema import EXTRA

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
    """Return the JSON schema of a type; the classes within it are defined in `$defs`.

    Raises:
        TypeError: There is none.
    """
    known: dict[str, tuple[type, dict[str, Any]]] = {}
    schema = _object(kind, known) if _is_attrs(kind) else _schema(kind, known)
    definitions = {name: definition for name, (_, definition) in known.items()}
    return {**schema, "$defs": definitions} if definitions else schema


def _is_attrs(kind: Any) -> bool:
    return isinstance(kind, type) and attrs.has(kind)


def _schema(kind: Any, known: dict[str, tuple[type, dict[str, Any]]]) -> dict[str, Any]:  # noqa: PLR0911
    if kind in PLAIN:
        return dict(PLAIN[kind])
    if _is_attrs(kind):
        return _reference(kind, known)
    if isinstance(kind, type) and issubclass(kind, Enum):
        return {"enum": [member.value for member in kind]}
    origin: Any = get_origin(kind)
    arguments = get_args(kind)
    if origin is Literal:
        return {"enum": list(arguments)}
    if origin in (Union, UnionType):
        return {"anyOf": [_schema(member, known) for member in arguments]}
    if kind is list or origin is list:
        return {"type": "array", "items": _schema(arguments[0], known) if arguments else {}}
    if kind is dict or (origin in (dict, Mapping) and arguments[0] is str):
        values = _schema(arguments[1], known) if arguments else {}
        return {"type": "object", "additionalProperties": values or True}
    raise TypeError(
        f"There is no JSON schema for {kind!r}: make it of attrs classes, str, int, float, bool, "
        "None, datetime, Enum, Literal, list[...], dict[str, ...] and unions of these"
    )


def _reference(cls: type, known: dict[str, tuple[type, dict[str, Any]]]) -> dict[str, Any]:
    name = cls.__name__
    if name not in known:
        definition: dict[str, Any] = {}
        known[name] = cls, definition  # Before its fields, one of which may be of the class itself.
        definition.update(_object(cls, known))
    if known[name][0] is not cls:
        raise TypeError(f"There is no JSON schema for two classes that are named {name!r}")
    return {"$ref": f"#/$defs/{name}"}


def _object(cls: Any, known: dict[str, tuple[type, dict[str, Any]]]) -> dict[str, Any]:
    fields = [field for field in attrs.fields(attrs.resolve_types(cls)) if field.init]
    named = [field for field in fields if field.name != EXTRA]
    schema: dict[str, Any] = {"type": "object", "title": cls.__name__}
    if cls.__doc__:
        schema["description"] = inspect.cleandoc(cls.__doc__)
    schema["properties"] = {field.name: _property(field, known) for field in named}
    schema["required"] = [field.name for field in named if field.default is attrs.NOTHING]
    schema["additionalProperties"] = False
    return schema


def _property(
    field: "attrs.Attribute[Any]", known: dict[str, tuple[type, dict[str, Any]]]
) -> dict[str, Any]:
    schema = _schema(field.type, known)
    described: Any = field.metadata.get("description")
    return {**schema, "description": described} if described else schema
