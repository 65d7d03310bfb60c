"""The file of a recording: a line of JSON for each event, with large binary content beside it.

The first line contains the number of lines after it, so that a truncated file is not replayed.
"""

import base64
import hashlib
import json
import os
from collections import Counter
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from typing import Any, final

import attrs

from mistral_core.cassettes.contents import SPACED, Content, bytes_of, content_of, encode
from mistral_core.cassettes.exchange import Event, Exchange

VERSION = 1
CONTENT = ("json", "spaced", "text", "base64", "file")
MAX_INLINE = 1024
"""Maximum number of bytes of binary content in the file itself, in base64."""


def folder_of(path: Path) -> Path:
    """Return the folder with the binary content of a recording."""
    return path.with_name(f"{path.stem}.files")


def load(path: Path) -> list[Exchange]:
    """Read a recording.

    Raises:
        ValueError: The file is not a complete recording.
        OSError: The file cannot be read.
    """
    position = 0
    try:
        head, *lines = path.read_bytes().removesuffix(b"\n").split(b"\n")
        expected = {"cassette": VERSION, "lines": len(lines)}
        if json.loads(head) != expected:
            raise ValueError(f"expected {encode(expected)}")  # noqa: TRY301
        reader = _Reader(folder_of(path))
        for position, line in enumerate(lines, 1):  # noqa: B007 - for the error
            reader.read(json.loads(line))
    except (ValueError, KeyError, TypeError, IndexError, AttributeError) as error:
        raise ValueError(f"{path}, line {position + 1}: not a recording: {error!r}") from None
    return reader.exchanges


@final
@attrs.frozen
class _Reader:
    """A reader of the lines of a recording.

    Attributes:
        folder: The folder with binary content.
        exchanges: The exchanges so far.
        offsets: Number of bytes read so far, by exchange and file.
    """

    folder: Path
    exchanges: list[Exchange] = attrs.field(factory=list[Exchange])
    offsets: Counter[tuple[int, str]] = attrs.field(factory=Counter[tuple[int, str]])

    def read(self, line: dict[str, Any]) -> None:
        number: int = line.pop("exchange")
        if line["event"] == "request":
            del line["event"]
            body: Any = line.get("body", {})
            for content in (body, *body.get("parts", ())):
                self._restore(content)
            self.exchanges.append(Exchange(line))
            return
        content = {name: line.pop(name) for name in CONTENT if name in line}
        if content:
            key = number, content.get("file", "")
            self._restore(content)
            line["data"] = data = bytes_of(content)
            if "size" in line:
                start = self.offsets[key]
                self.offsets[key] += line["size"]
                line["data"] = data[start : start + line.pop("size")]
        exchange: Exchange = self.exchanges[number - 1]
        exchange.events.append(line)

    def _restore(self, content: Content) -> None:
        """Replace a reference to binary content with the content."""
        if "base64" in content:
            content["binary"] = base64.b64decode(content.pop("base64"), validate=True)
        if "file" in content:
            name: str = content.pop("file")
            content["binary"] = data = (self.folder / Path(name).name).read_bytes()
            if name != _file_name(data):
                raise ValueError(f"{self.folder / name} has changed")


def _file_name(data: bytes) -> str:
    return f"{hashlib.sha256(data).hexdigest()[:16]}.bin"


@final
class Writer:
    """A writer of a recording. The file is replaced once all of its content has been written."""

    def __init__(self, path: Path) -> None:
        """Create a writer for a file. Writing creates missing folders."""
        self._path = path
        self._files: dict[str, bytes] = {}

    def write(self, exchanges: Iterable[Exchange]) -> None:
        """Write a recording, replacing the previous one.

        Raises:
            OSError: The file cannot be written.
        """
        lines = [
            line for number, each in enumerate(exchanges, 1) for line in self._lines(number, each)
        ]
        head = {"cassette": VERSION, "lines": len(lines)}
        folder = folder_of(self._path)
        before = {*folder.glob("*.bin")}
        self._path.parent.mkdir(parents=True, exist_ok=True)
        for name, data in self._files.items():
            folder.mkdir(exist_ok=True)
            _write(folder / name, data)
        _write(self._path, b"".join(_encoded(line) + b"\n" for line in (head, *lines)))
        for file in before - {folder / name for name in self._files}:
            file.unlink(missing_ok=True)
        if before and not self._files:
            with suppress(OSError):  # The folder contains other files.
                folder.rmdir()

    def _lines(self, number: int, exchange: Exchange) -> list[dict[str, Any]]:
        request = {**exchange.request}
        if "body" in request:
            body = self._stored(request["body"])
            if "parts" in body:
                body["parts"] = [*map(self._stored, body["parts"])]
            request["body"] = body
        joined = b"".join(each["data"] for each in exchange.events if each["event"] == "chunk")
        stream = self._stored(content_of(joined))
        file = stream if "file" in stream else None
        lines = [{"event": "request", **request}]
        lines += [self._line(event, file) for event in exchange.events]
        return [{"exchange": number, **line} for line in lines]

    def _line(self, event: Event, file: Content | None) -> dict[str, Any]:
        """Return the line of an event. The chunks of a binary stream share a file."""
        line = {**event}
        if "data" in line:
            data = line.pop("data")
            if file is not None and event["event"] == "chunk":
                line |= {**file, "size": len(data)}
            else:
                line |= self._stored(content_of(data))
        return line

    def _stored(self, content: Content) -> Content:
        """Return content with its binary part in base64 or in a file."""
        stored = {**content}
        if "binary" in stored:
            data: bytes = stored.pop("binary")
            if len(data) <= MAX_INLINE:
                stored["base64"] = base64.b64encode(data).decode()
            else:
                stored["file"] = name = _file_name(data)
                self._files[name] = data
        return stored


def _encoded(line: dict[str, Any]) -> bytes:
    try:
        return encode(line, SPACED).encode()
    except UnicodeEncodeError:  # A lone surrogate, which JSON can escape.
        return json.dumps(line, separators=SPACED).encode()


def _write(path: Path, data: bytes) -> None:
    """Write a file atomically."""
    temporary = path.with_name(f".{path.name}.{os.urandom(4).hex()}.tmp")
    try:
        temporary.write_bytes(data)
        temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)
