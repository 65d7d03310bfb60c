"""An operation: a call of the API as data, and what it makes of a caller's arguments."""

import json
import math
from collections.abc import Collection, Iterable, Mapping
from datetime import datetime
from typing import Any, Generic, Literal, TypeVar, cast, final
from urllib.parse import quote, urlencode

import attrs

from mistral_core.converter import converter
from mistral_core.errors import InvalidRequestError
from mistral_core.returns import Returns
from mistral_core.unset import UNSET

T = TypeVar("T")

LARGEST_INTEGER = 10**100

PCHAR = ":@!$&'()*+,;="
"""What RFC 3986 lets stand in a path segment beside letters, digits and `-._~`."""


@final
@attrs.frozen(eq=False)
class Operation(Generic[T]):
    """Describe one call of the API.

    Attributes:
        method: The HTTP method.
        path: The path template: `/v1/models/{model_id}`.
        returns: How a successful answer is read.
        nullable: The body's fields that may be `null`. In all others `None` is left out.
    """

    method: Literal["GET", "POST", "PUT", "PATCH", "DELETE"]
    path: str
    returns: Returns[T] = attrs.field(kw_only=True)
    nullable: Collection[str] = attrs.field(default=(), kw_only=True)

    def target(self, path: Mapping[str, object], query: Mapping[str, object]) -> str:
        """Return the path and query, percent-encoded.

        Raises:
            InvalidRequestError: A parameter cannot be sent.
        """
        target = self.path
        for name, value in path.items():
            target = target.replace(f"{{{name}}}", _segment(name, value))
        pairs = [pair for name, value in query.items() for pair in _query_pairs(name, value)]
        return f"{target}?{_encoded(pairs)}" if pairs else target

    def json_body(self, fields: Mapping[str, object]) -> bytes:
        """Return the body that an object of these fields makes.

        Raises:
            InvalidRequestError: A field cannot be written as JSON.
        """
        told = {
            name: value
            for name, value in fields.items()
            if value is not UNSET and (value is not None or name in self.nullable)
        }
        try:
            return _encoder.encode(converter.unstructure(told)).encode()
        except Exception as error:
            raise InvalidRequestError(f"The body cannot be written as JSON: {error}") from error


_encoder = json.JSONEncoder(allow_nan=False, ensure_ascii=False, separators=(",", ":"))


def _segment(name: str, value: object) -> str:
    """Encode a path parameter so that it stays one segment, whoever decodes it on the way."""
    if not isinstance(value, str):
        kind = type(value).__name__
        raise InvalidRequestError(f"`{name}` is a text, and got {kind}", name)
    if not value:
        raise InvalidRequestError(f"`{name}` is empty", name)
    if not value.isprintable() and any(ord(char) < 32 or ord(char) == 127 for char in value):
        raise InvalidRequestError(f"`{name}` has a control character: {value!r}", name)
    if not {".", ".."}.isdisjoint(value.replace("\\", "/").split("/")):
        raise InvalidRequestError(f"`{name}` would lead to another path: {value!r}", name)
    try:
        return quote(value, safe=PCHAR)
    except UnicodeEncodeError as error:
        raise InvalidRequestError(f"`{name}` is not valid Unicode: {value!r}", name) from error


def _query_pairs(name: str, value: object) -> list[tuple[str, str]]:
    """Return what one query parameter becomes: a list is repeated, `None` is absent."""
    if value is None or value is UNSET:
        return []
    if isinstance(value, list | tuple):
        items = cast("Iterable[object]", value)
        return [(name, _query_text(name, item)) for item in items if item is not None]
    return [(name, _query_text(name, value))]


def _query_text(name: str, value: object) -> str:
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int) and abs(value) < LARGEST_INTEGER:
        return str(value)
    if isinstance(value, float) and math.isfinite(value):
        return str(value)
    if isinstance(value, datetime) and value.tzinfo is not None:
        return value.isoformat()
    if isinstance(value, datetime):
        raise InvalidRequestError(f"`{name}` has no time zone; give it one, such as UTC", name)
    kind = type(value).__name__
    raise InvalidRequestError(f"`{name}` is of a kind or size that no query holds: {kind}", name)


def _encoded(pairs: list[tuple[str, Any]]) -> str:
    try:
        return urlencode(pairs, quote_via=quote, safe="")
    except UnicodeEncodeError as error:
        raise InvalidRequestError(f"The query is not valid Unicode: {error}") from error
