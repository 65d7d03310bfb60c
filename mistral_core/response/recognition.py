"""Distinguishing responses of a schema from errors with a successful status."""

import re
from collections.abc import Callable, Mapping
from functools import cache
from typing import Any, final, get_args, get_origin

import attrs

from mistral_core.response.error_bodies import MESSAGE_KEYS
from mistral_core.schema import EXTRA, Unknown, key_of
from mistral_core.structuring.unions import is_union

STATUS_KEYS = ("raw_status_code", "status_code", "status", "code")
"""Keys of an error object that contain an HTTP status, in order of preference."""

STATUS = re.compile("[45][0-9]{2}")


@final
@attrs.frozen(eq=False, repr=False)
class Shape:
    """The fields by which a response of a schema is recognized.

    Attributes:
        names: All fields of the schema. Empty if it accepts any object.
        payload: The fields with the content of the response: the required ones, or else its lists.
        takes_any: Whether the schema accepts any object.
        may_be_empty: Whether an object without the fields is a response if it has no message.
        normalize: Functions that convert other shapes to the specified one.
    """

    names: dict[str, None]
    payload: tuple[str, ...]
    takes_any: bool
    may_be_empty: bool
    normalize: tuple[Callable[[Any], Any], ...]

    def recognizes(self, value: Any) -> bool:
        """Return whether a structured JSON value is a response of the schema."""
        return self.has_field(value) or any(self.has_field(each(value)) for each in self.normalize)

    def has_field(self, value: Any) -> bool:
        """Return whether a JSON value has one of the fields, or is not an object."""
        names = self.names
        if value.__class__ is not dict or not names:
            return True
        has_other_field = False
        for name, each in value.items():
            if each is not None:
                if name in names:
                    return True
                has_other_field = True
        if self.may_be_empty:
            return value.keys().isdisjoint(MESSAGE_KEYS)
        return not has_other_field and not names.keys().isdisjoint(value)

    def is_error(self, value: Any, *, alone: bool) -> bool:
        """Return whether a JSON value reports an error.

        Args:
            value: The JSON value.
            alone: Whether an error counts only if the payload is missing.
        """
        if value.__class__ is not dict:
            return False
        if value.get("object") == "error":
            return True
        if not value.get("error") or "error" in self.names or self.takes_any:
            return False
        return not (alone and any(value.get(name) for name in self.payload))


@cache
def shape_of(schema: Any) -> Shape:
    """Return the shape of a schema: an attrs class, or a type composed of attrs classes."""
    members = get_args(schema) if is_union(schema) else (schema,)
    classes = [each for each in members if attrs.has(each) and each is not Unknown]
    fields = [
        field
        for each in classes
        for field in attrs.fields(attrs.resolve_types(each))
        if field.name != EXTRA
    ]
    required = [key_of(field) for field in fields if field.default is attrs.NOTHING]
    lists = [key_of(field) for field in fields if get_origin(field.type) is list]
    normalize = [getattr(each, "_normalize", None) for each in classes]
    takes_any = any(map(_takes_any, members))
    return Shape(
        names=dict.fromkeys(() if takes_any else map(key_of, fields)),
        payload=tuple(dict.fromkeys(required or lists)),
        takes_any=takes_any,
        may_be_empty=any(getattr(each, "_may_be_empty", False) for each in classes),
        normalize=tuple(each for each in normalize if each is not None),
    )


def _takes_any(kind: Any) -> bool:
    origin: Any = get_origin(kind) or kind
    return kind is Any or (isinstance(origin, type) and issubclass(origin, Mapping))


def status_of(value: Any) -> int | None:
    """Return the HTTP status in an error object or in the error nested in it."""
    if value.__class__ is not dict:
        return None
    for layer in (value, value.get("error"), value.get("detail"), value.get("message")):
        if layer.__class__ is not dict:
            continue
        for key in STATUS_KEYS:
            number = layer.get(key)
            if number.__class__ is str and STATUS.fullmatch(number):
                return int(number)
            if number.__class__ is int and 400 <= number < 600:
                return number
    return None
