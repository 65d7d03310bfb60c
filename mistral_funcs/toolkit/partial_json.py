"""Incremental parsing of JSON that is still being written."""

import json
import re
from collections.abc import Callable
from itertools import islice
from typing import Any, TypeAlias, final

import attrs

from mistral_core.response.json_text import decode_json
from mistral_core.structuring.primitives import MAX_DEPTH

CHARACTERS = re.compile(r'(?:[^"\\\x00-\x1f]+|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*')
ESCAPE_START = re.compile(r"\\(?:u[0-9a-fA-F]{0,3})?")
SCALAR = re.compile(r"[-+.0-9a-zA-Z]+")
WHITESPACE = re.compile(r"[ \t\n\r]*")

MAX_SCALAR = 5_000
"""Maximum length of a number."""

Key: TypeAlias = str | int


@final
class GrowingText:
    """A string to which text is appended, without a copy for each part."""

    def __init__(self) -> None:
        """Create an empty string."""
        self.length = 0
        self._joined = ""
        self._parts: list[str] = []
        self._surrogate = ""

    def append(self, part: str) -> None:
        """Append text. The first half of a character is held back until the second follows."""
        if self._surrogate:
            pair = (self._surrogate + part[:1]).encode("utf-16-le", "surrogatepass")
            part = pair.decode("utf-16-le", "surrogatepass") + part[1:]
        self._surrogate = part[-1:] if "\ud800" <= part[-1:] <= "\udbff" else ""
        part = part.removesuffix(self._surrogate)
        self._parts.append(part)
        self.length += len(part)

    def close(self) -> str:
        """Return the complete string."""
        return self.start(self.length) + self._surrogate

    def start(self, length: int) -> str:
        """Return the first characters."""
        if self._parts:
            self._joined += "".join(self._parts)
            self._parts.clear()
        return self._joined[:length]


@final
@attrs.frozen
class Snapshot:
    """The value at one point of the text. It is copied only when it is read.

    Attributes:
        path: The path of the innermost incomplete value. Empty when all is complete.
        containers: The incomplete objects and arrays, each with its size.
        text: The incomplete string with its length, or `None`.
        root: The value, if it is complete.
    """

    path: tuple[Key, ...]
    containers: tuple[tuple[Any, int], ...]
    text: tuple[GrowingText, int] | None
    root: Any

    def value(self) -> Any:
        """Return the value. Its complete parts are shared with other snapshots."""
        child: Any = self.root
        keys: list[Key | None] = [*self.path]
        if self.text is not None:
            text, length = self.text
            child = text.start(length)
        elif self.containers:
            keys.append(None)
        for (container, size), key in zip(self.containers[::-1], keys[::-1], strict=True):
            copied: Any = _start(container, size)
            if key is not None:
                copied[key] = child
            child = copied
        return child


def _start(container: Any, size: int) -> Any:
    if container.__class__ is dict:
        return dict(islice(container.items(), size))
    return container[:size]


Step: TypeAlias = Callable[[str, int], int]
"""Reads a token at a position, and returns the position after it, or the same if it is incomplete.
"""


@final
class PartialJSON:
    """A parser of JSON text that arrives in parts. Each character is read once.

    It stops at the first invalid token, and keeps what it has read.
    """

    def __init__(self) -> None:
        """Create a parser that has read nothing."""
        self._rest = ""
        self._containers: list[Any] = []
        self._keys: list[Any] = []
        self._text: GrowingText | None = None
        self._is_key = False
        self._root: Any = None
        self._step: Step = self._value

    def feed(self, text: str) -> None:
        """Read the next part of the text."""
        text = self._rest + text
        position, end = -1, 0
        while position < end < len(text):
            position = end
            if self._text is None:
                position = WHITESPACE.match(text, position).end()  # type: ignore[union-attr]
            end = self._step(text, position) if position < len(text) else position
        self._rest = text[end:]

    def snapshot(self) -> Snapshot:
        """Return the value so far: strings up to their last character, and complete numbers."""
        text = None if self._is_key else self._text
        depth = len(self._containers) - (text is None)
        return Snapshot(
            tuple(self._keys[: max(depth, 0)]),
            tuple((each, len(each)) for each in self._containers),
            None if text is None else (text, text.length),
            self._root,
        )

    def _value(self, text: str, start: int) -> int:
        character = text[start]
        if character in "{[":
            if len(self._containers) == MAX_DEPTH:
                return self._fail(text, start)
            container: Any = {} if character == "{" else []
            self._place(container)
            self._containers.append(container)
            self._keys.append(None)
            self._step = self._first_key if character == "{" else self._first_item
            return start + 1
        if character == '"':
            self._place("")
            self._text, self._step = GrowingText(), self._string
            return start + 1
        return self._scalar(text, start)

    def _scalar(self, text: str, start: int) -> int:
        match = SCALAR.match(text, start)
        if match is None or match.end() - start > MAX_SCALAR:
            return self._fail(text, start)
        if match.end() == len(text):
            return start
        try:
            value = decode_json(match.group().encode())
        except ValueError:
            return self._fail(text, start)
        self._place(value)
        return self._complete(value, match.end())

    def _string(self, text: str, start: int) -> int:
        growing = self._text or GrowingText()
        end = CHARACTERS.match(text, start).end()  # type: ignore[union-attr]
        part = text[start:end]
        growing.append(json.loads(f'"{part}"') if "\\" in part else part)
        if text.startswith('"', end):
            self._text = None
            return self._end_string(growing.close(), text, end + 1)
        if end < len(text) and not ESCAPE_START.fullmatch(text, end):
            return self._fail(text, end)
        return end

    def _end_string(self, value: str, text: str, end: int) -> int:
        if not self._is_key:
            if self._containers:
                self._containers[-1][self._keys[-1]] = value
            return self._complete(value, end)
        self._is_key = False
        if value in self._containers[-1]:
            return self._fail(text, end)
        self._keys[-1] = value
        self._step = self._colon
        return end

    def _colon(self, text: str, start: int) -> int:
        self._step = self._value
        return start + 1 if text[start] == ":" else self._fail(text, start)

    def _first_key(self, text: str, start: int) -> int:
        return self._close(start + 1) if text[start] == "}" else self._key(text, start)

    def _key(self, text: str, start: int) -> int:
        if text[start] != '"':
            return self._fail(text, start)
        self._text, self._is_key, self._step = GrowingText(), True, self._string
        return start + 1

    def _first_item(self, text: str, start: int) -> int:
        return self._close(start + 1) if text[start] == "]" else self._value(text, start)

    def _after(self, text: str, start: int) -> int:
        is_object = self._containers[-1].__class__ is dict
        if text[start] == ",":
            self._step = self._key if is_object else self._value
            return start + 1
        is_end = text[start] == ("}" if is_object else "]")
        return self._close(start + 1) if is_end else self._fail(text, start)

    def _place(self, value: Any) -> None:
        """Add a value, which may be incomplete, to the innermost container."""
        if not self._containers:
            return
        container = self._containers[-1]
        if container.__class__ is list:
            self._keys[-1] = len(container)
            container.append(value)
        else:
            container[self._keys[-1]] = value

    def _complete(self, value: Any, end: int) -> int:
        if self._containers:
            self._step = self._after
        else:
            self._root, self._step = value, self._fail
        return end

    def _close(self, end: int) -> int:
        self._keys.pop()
        return self._complete(self._containers.pop(), end)

    def _fail(self, text: str, _: int) -> int:
        """Ignore the rest of the text."""
        self._step = self._fail
        return len(text)
