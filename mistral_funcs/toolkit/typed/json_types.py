"""The JSON types of the values of a type."""

from datetime import date, datetime, time, timedelta
from decimal import Decimal
from enum import Enum
from typing import Any, get_args
from uuid import UUID

from mistral_funcs.toolkit.typed.annotations import (
    aliased,
    is_alias,
    is_literal,
    is_union,
    members_of,
    split_annotated,
)
from mistral_funcs.toolkit.typed.containers import is_array, is_mapping
from mistral_funcs.toolkit.typed.objects import fields_of, is_object, is_pydantic

EVERYTHING: frozenset[type] = frozenset({dict, list, str, int, float, bool, type(None)})

SCALAR_TYPES: dict[Any, set[type]] = {
    int: {int},
    float: {float, int},
    Decimal: {float, int},
    datetime: {str},
    date: {str},
    time: {str},
    timedelta: {str},
    UUID: {str},
}
"""The JSON types of scalars, if they differ from the type itself."""


def json_types(annotated: Any) -> frozenset[type]:  # noqa: PLR0911 - one for each kind
    """Return the JSON types that the values of a type have, as classes of Python."""
    kind, _ = split_annotated(annotated)
    if kind is Any or kind is object:
        return EVERYTHING
    if is_alias(kind):
        return json_types(aliased(kind))
    if is_union(kind):
        return frozenset(each for member in members_of(kind) for each in json_types(member))
    if is_literal(kind):
        return frozenset(class_of(json_value(each)) for each in get_args(kind))
    if is_enum(kind):
        return frozenset(class_of(each.value) for each in kind)
    if is_object(kind) or is_pydantic(kind) or is_mapping(kind):
        return frozenset({dict})
    if is_array(kind):
        return frozenset({list})
    return frozenset(SCALAR_TYPES.get(kind, {kind}))


def class_of(value: Any) -> type[Any]:
    """Return the class of a value."""
    cls: type[Any] = value.__class__
    return cls


def is_enum(kind: Any) -> bool:
    """Return whether a type is an enum."""
    return isinstance(kind, type) and issubclass(kind, Enum)


def json_value(value: Any) -> Any:
    """Return the JSON value of a member of an enum or of a `Literal`."""
    return value.value if isinstance(value, Enum) else value


def names_of(annotated: Any) -> frozenset[str] | None:
    """Return the names of the fields of a class, or `None` if a type has no fields."""
    kind, _ = split_annotated(annotated)
    if is_object(kind):
        return frozenset(field.name for field in fields_of(kind))
    if is_pydantic(kind):
        fields: Any = getattr(kind, "__pydantic_fields__", {})
        return frozenset(
            name for key, field in fields.items() for name in (key, field.alias) if name
        )
    return None
