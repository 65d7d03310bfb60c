"""JSON schemas of schema classes, as components of an OpenAPI document.

They use the API's field names, and describe unknown fields, open sets of values, and unions with
their discriminators.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from inspect import cleandoc
from types import NoneType
from typing import Any, TypeAlias, get_args, get_origin

import attrs

from mistral_core.operations.inspection import documentation_of
from mistral_core.schema import EXTRA, UNSET, UnixTime, Unknown, key_of
from mistral_core.structuring.unions import field_types, is_literal, is_union, tags_of

Refer: TypeAlias = Callable[[type], dict[str, Any]]
"""Returns the schema that refers to the component of a class."""

PLAIN: dict[Any, dict[str, Any]] = {
    str: {"type": "string"},
    int: {"type": "integer"},
    UnixTime: {"type": "integer", "description": "Seconds since the Unix epoch."},
    float: {"type": "number"},
    bool: {"type": "boolean"},
    NoneType: {"type": "null"},
    datetime: {"type": "string", "format": "date-time"},
    Unknown: {"title": "Unknown", "description": "A value that is not described here."},
}

ARRAYS = (list, Sequence, tuple)
MAPPINGS = (dict, Mapping)

TYPES = {str: "string", int: "integer", float: "number", bool: "boolean"}


def class_schema(cls: type, refer: Refer) -> dict[str, Any]:
    """Return the schema of a class. It refers to other classes."""
    documented = _documentation_of(cls)
    fields = [each for each in attrs.fields(attrs.resolve_types(cls)) if each.name != EXTRA]
    schema: dict[str, Any] = {"type": "object", "title": cls.__name__}
    if cls.__doc__:
        schema["description"] = cleandoc(cls.__doc__).partition("\n\nAttributes:")[0]
    schema["properties"] = {
        key_of(field): _field_schema(field, documented.get(field.name), refer) for field in fields
    }
    if required := [key_of(field) for field in fields if field.default is attrs.NOTHING]:
        schema["required"] = required
    return schema


def _documentation_of(cls: type) -> dict[str, str]:
    """Return the description of each field, inherited ones included."""
    documented: dict[str, str] = {}
    for each in reversed(cls.__mro__):
        documented |= documentation_of(each.__doc__ or "", "Attributes")
    return documented


def _field_schema(field: Any, description: str | None, refer: Refer) -> dict[str, Any]:
    schema = dict(type_schema(field.type, refer))
    if description:
        schema["description"] = description
    if type(field.default) in TYPES:
        schema["default"] = field.default
    return schema


def type_schema(kind: Any, refer: Refer) -> dict[str, Any]:
    """Return the schema of a type. A type that has none accepts any JSON."""
    if is_literal(kind):
        return _choices(get_args(kind))
    if is_union(kind):
        return _union(get_args(kind), refer)
    if attrs.has(kind) and kind is not Unknown:
        return refer(kind)
    origin: Any = get_origin(kind) or kind
    if origin in ARRAYS:
        item, *_ = get_args(kind) or (Any,)
        return {"type": "array", "items": type_schema(item, refer)}
    if origin in MAPPINGS:
        *_, item = get_args(kind) or (Any,)
        return {"type": "object", "additionalProperties": type_schema(item, refer) or True}
    return dict(PLAIN.get(kind, {}))


def _choices(values: Sequence[Any]) -> dict[str, Any]:
    choices = {"const": values[0]} if len(values) == 1 else {"enum": [*values]}
    types = {TYPES.get(each.__class__) for each in values}
    return {"type": types.pop(), **choices} if len(types) == 1 else choices


def _union(members: Sequence[Any], refer: Refer) -> dict[str, Any]:
    """Return the schema of a union. `Unknown` accepts what the other members do not."""
    members = [each for each in members if get_args(each) != (UNSET,)]
    members.sort(key=lambda each: each is Unknown)
    schemas = [type_schema(each, refer) for each in members]
    if len(schemas) == 1:
        return schemas[0]
    union: dict[str, Any] = {"anyOf": schemas}
    classes = [each for each in members if attrs.has(each) and each is not Unknown]
    if len(classes) > 1:
        tag, by_value = tags_of(field_types(classes))
        if tag:
            mapping = {str(value): refer(each)["$ref"] for value, each in by_value.items()}
            union["discriminator"] = {"propertyName": tag, "mapping": mapping}
    return union


def classes_within(kind: Any) -> list[type]:
    """Return the classes that a type refers to, directly or through others, each once."""
    classes: list[type] = []

    def refer(cls: type) -> dict[str, Any]:
        if cls not in classes:
            classes.append(cls)
        return {"$ref": ""}

    type_schema(kind, refer)
    for each in classes:  # Grows in the loop.
        class_schema(each, refer)
    return classes
