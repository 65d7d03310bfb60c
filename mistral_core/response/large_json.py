"""Large JSON bodies, decoded and structured item by item.

The lists of a response are its largest part. At any time, only a batch of their items exists as
JSON values, and only a window of the body as text. So reading takes little more memory than the
result, and no step of it occupies the interpreter for long.
"""

import re
from codecs import BOM_UTF8 as BOM, getincrementaldecoder
from collections.abc import Iterator, Mapping
from json import JSONDecodeError
from typing import Any, final, get_args, get_origin

import attrs

from mistral_core.response.json_text import scan_json
from mistral_core.schema import EXTRA, Unknown, key_of
from mistral_core.structuring.compiled import Structured
from mistral_core.structuring.converter import converter
from mistral_core.structuring.detailed import MAX_FAULTS

WINDOW = 2**18
"""Number of bytes of a body that are decoded at a time. Doubled until a large value fits."""

BATCH = 16
"""Number of items that are structured at once."""

SPACE = re.compile(r"[ \t\n\r]*")


def decode_by_item(body: bytes, schema: Any) -> Any:
    """Parse the body of a response, and structure the items of its lists.

    Args:
        body: The body, UTF-8 with or without a byte order mark.
        schema: The type of the body.

    Raises:
        Exception: The body is not valid. `read_json` reports the reason.
    """
    text = _Text(body, len(BOM) if body.startswith(BOM) else 0)
    lists = _lists_of(schema)
    value = dict(text.fields(lists)) if text.peek() == "{" else text.value(lists.get(""))
    if text.peek():
        raise text.error("Extra data")
    return value


def _lists_of(schema: Any) -> Mapping[str, Any]:
    """Return the types of the lists in a type by key. The key of a type that is a list is empty."""
    if get_origin(schema) is list:
        return {"": schema}
    if not attrs.has(schema):
        return {}
    fields = [field for field in attrs.fields(attrs.resolve_types(schema)) if field.name != EXTRA]
    lists = {key_of(field): field.type for field in fields if get_origin(field.type) is list}
    normalize = getattr(schema, "_normalize", None)
    if normalize is not None:
        empty: dict[str, Any] = {key: [] for key in lists}
        if normalize(empty) is not empty:  # It may change items.
            return {}
    return lists


@final
class _Text:
    """The text of a body, of which a window is in memory."""

    def __init__(self, body: bytes, start: int) -> None:
        self._body = body
        self._next = start
        self._window = WINDOW
        self._decode = getincrementaldecoder("utf-8")().decode
        self._text = ""
        self._position = 0

    def peek(self) -> str:
        """Return the next character that is not whitespace, or an empty string at the end."""
        while True:
            space: Any = SPACE.match(self._text, self._position)
            self._position = space.end()
            if self._position < len(self._text):
                return self._text[self._position]
            if not self._move():
                return ""

    def fields(self, lists: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
        """Iterate over the keys and values of an object. The values of `lists` are structured."""
        self._take("{")
        if self.peek() == "}":
            self._take("}")
            return
        while True:
            if self.peek() != '"':
                raise self.error("Expecting property name enclosed in double quotes")
            key = self._scan()
            self._take(":")
            yield key, self.value(lists.get(key))
            if self._take(",}") == "}":
                return

    def value(self, list_type: Any) -> Any:
        """Return a value. If a type is given and it is an array, its items are structured."""
        if self.peek() != "[" or list_type is None:
            return self._scan()
        structure = converter.get_structure_hook(list_type)
        items, batch = Structured(), list[Any]()
        self._take("[")
        is_last = self.peek() == "]"
        if is_last:
            self._take("]")
        while not is_last:
            batch.append(self._scan())
            is_last = self._take(",]") == "]"
            if is_last or len(batch) == BATCH:
                items += structure(batch, list_type)
                batch = []
        (item_type,) = get_args(list_type)
        if Unknown in get_args(item_type) and [*map(type, items)].count(Unknown) > MAX_FAULTS:
            raise self.error("Too many unknown items")  # Not all of them are explained.
        return items

    def error(self, message: str) -> JSONDecodeError:
        """Return an error at the current position."""
        return JSONDecodeError(message, self._text, self._position)

    def _take(self, expected: str) -> str:
        char = self.peek()
        if not char or char not in expected:
            raise self.error(f"Expecting one of {expected}")
        self._position += 1
        return char

    def _scan(self) -> Any:
        """Return the next value, which may have any size."""
        self.peek()
        while True:
            try:
                value, end = scan_json(self._text, self._position)
            except (StopIteration, JSONDecodeError) as error:
                if not self._move():
                    raise self.error("Expecting value") from error
            else:
                # A value that ends with the window may be incomplete, such as a number.
                if end < len(self._text) or not self._move():
                    self._position, self._window = end, WINDOW
                    return value
            self._window *= 2

    def _move(self) -> bool:
        """Advance the window, and return whether the body had more bytes."""
        start, self._next = self._next, min(self._next + self._window, len(self._body))
        part = self._decode(self._body[start : self._next], self._next == len(self._body))
        self._text = self._text[self._position :] + part
        self._position = 0
        return self._next > start
