"""Examples: small, deterministic, valid JSON values of a schema that echo given fields."""

from collections.abc import Mapping
from datetime import UTC, date, datetime
from types import NoneType
from typing import Any, Literal, get_args, get_origin

import attrs

from mistral_core.schema import EXTRA, UnixTime, key_of
from mistral_core.structuring.converter import converter
from mistral_funcs.sandbox.argument_types import item_of, members_of

DEEPEST = 6
"""Depth to which optional parts are filled, since a schema may contain itself."""

TIMES = {"created", "created_at", "updated_at", "modified_at", "createdAt", "updatedAt"}
"""The fields for the time of creation or of the last change."""

ID = "00000000-0000-4000-8000-000000000000"
TEXTS = {"url": "https://sandbox.invalid/", "uri": "https://sandbox.invalid/", "id": ID}
"""Strings for fields whose names end in these words."""

IDENTIFYING = {"object", "type"}
"""Optional fields that identify the class of an object, and so are part of an example."""


def example(kind: Any, echo: Mapping[str, Any], *, now: int) -> Any:
    """Return an example of a type as JSON.

    Args:
        kind: The type: a schema, or a type that contains schemas.
        echo: Values for the fields of the example, by name. Values that do not fit are ignored.
        now: The time in seconds since the Unix epoch.
    """
    return _value(kind, "", echo, now, 0)


def echoed(kind: Any, value: Any) -> bool:
    """Return whether a JSON value matches a type."""
    try:
        converter.structure(value, kind)
    except Exception:  # noqa: BLE001 - hooks raise errors of many kinds
        return False
    return True


def fields_of(kind: Any) -> dict[str, Any]:
    """Return the fields of all classes of a type, with their types."""
    return {
        key_of(field): field.type
        for each in reversed([*members_of(kind)])
        if attrs.has(each)
        for field in attrs.fields(attrs.resolve_types(each))
        if field.name != EXTRA
    }


def moment(kind: Any, now: int) -> Any:
    """Return a time in the format of a field's type: a number or a string."""
    members = [*members_of(kind)]
    if UnixTime in members or int in members or float in members:
        return now
    return datetime.fromtimestamp(now, UTC).isoformat().replace("+00:00", "Z")


def _value(kind: Any, name: str, echo: Mapping[str, Any], now: int, depth: int) -> Any:
    members = [*members_of(kind)]
    if depth > DEEPEST and NoneType in members:
        return None
    classes = [each for each in members if attrs.has(each)]
    if classes:
        return _object(_best(classes, echo), echo, now, depth)
    chosen = next((each for each in members if each is not NoneType), None)
    return None if chosen is None else _plain(chosen, name, echo, now, depth)


def _best(classes: list[Any], echo: Mapping[str, Any]) -> Any:
    """Return the class with the most echoed fields."""

    def matches(schema: Any) -> int:
        fields = fields_of(schema)
        tags = [
            echo[name] in get_args(kind)
            for name, kind in fields.items()
            if get_origin(kind) is Literal and name in echo
        ]
        return -1 if False in tags else len(fields.keys() & echo.keys())

    return max(classes, key=matches)


def _object(schema: Any, echo: Mapping[str, Any], now: int, depth: int) -> dict[str, Any]:
    fields: dict[str, Any] = {}
    for field in attrs.fields(attrs.resolve_types(schema)):
        name, kind = key_of(field), field.type
        if field.name == EXTRA:
            continue
        if name in echo and echoed(kind, echo[name]):
            fields[name] = echo[name]
        elif field.default is attrs.NOTHING:
            fields[name] = _value(kind, name, _inner(schema, kind, echo), now, depth + 1)
        elif name in TIMES:
            fields[name] = moment(kind, now)
        elif isinstance(field.default, (str, bool, int, float)):
            fields[name] = field.default
        elif name in IDENTIFYING:
            fields[name] = _value(kind, name, {}, now, depth + 1)
    # A response needs at least one field to be recognized.
    for name, kind in fields_of(schema).items() if not fields and depth == 0 else ():
        fields[name] = _value(kind, name, _inner(schema, kind, echo), now, depth + 1)
    return fields


def _inner(schema: Any, kind: Any, echo: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return the values that a field echoes: all, if it wraps the object of the response."""
    wraps = "id" in echo and "id" not in fields_of(schema) and "id" in fields_of(kind)
    return echo if wraps else {}


def _plain(kind: Any, name: str, echo: Mapping[str, Any], now: int, depth: int) -> Any:
    """Return an example of a type that is neither a schema nor a union."""
    item = item_of(kind)
    origin: Any = get_origin(kind) or kind
    if item is not None:
        filled = depth <= 1 and bool(fields_of(item))
        return [_value(item, name, echo, now, depth + 1)] if filled else []
    if origin is Literal:
        return get_args(kind)[0]
    if kind == UnixTime or origin is datetime or name in TIMES:
        return moment(kind, now)
    return _constant(kind, origin, name)


def _constant(kind: Any, origin: Any, name: str) -> Any:
    if kind is Any or (isinstance(origin, type) and issubclass(origin, Mapping)):
        return {}
    plain: dict[Any, Any] = {bool: False, int: 1, float: 1.0, date: "2025-09-01"}
    return plain.get(kind, _text(name))


def _text(name: str) -> str:
    word = name.rpartition("_")[2].lower()
    return TEXTS.get(word, name or "text")
