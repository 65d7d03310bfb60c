"""Forms with files: `multipart/form-data`, streamed, and rebuilt for each attempt."""

import os
from collections.abc import AsyncGenerator, AsyncIterator, Mapping
from contextlib import aclosing, asynccontextmanager
from typing import Any, Self, cast, final

import attrs

from mistral_core.errors import InvalidRequestError
from mistral_core.instrumentation.notifications import report_progress
from mistral_core.request.encode import encode_json
from mistral_core.request.files import File, Source
from mistral_core.request.media_types import media_type
from mistral_core.request.parameters import text_pairs
from mistral_core.request.sources import find_source

NO_NAME = "file"
ESCAPES = str.maketrans({'"': "%22", "\r": "%0D", "\n": "%0A"})
"""What may not stand in a quoted name, as browsers write it."""


@final
@attrs.frozen
class _Part:
    """Hold one field of a form: its head, and after it a text or a file."""

    name: str
    head: bytes
    file: File | None = None
    source: Source | None = None

    @property
    def size(self) -> int | None:
        """Return its length, head and line end included."""
        if self.source is None:
            return len(self.head)
        return None if self.source.size is None else len(self.head) + self.source.size + 2


@final
@attrs.define(eq=False)
class Multipart:
    """Hold a form, and make its body as often as it is sent.

    Attributes:
        boundary: What stands between the fields.
        spent: Whether a file in it was begun that cannot be read again.
        fault: What is wrong with a file that was being read.
    """

    boundary: str
    spent: bool = False
    fault: Exception | None = None
    _parts: list[_Part] = attrs.field(factory=list[_Part])
    _most: dict[str, int] = attrs.field(factory=dict[str, int])

    @classmethod
    async def of(cls, fields: Mapping[str, object], *, audio: bool = False) -> Self:
        """Return the form of these fields.

        A field is a `File`, a string, a number, a boolean, a date, a list of such values, which is
        repeated, or a mapping, which is sent as JSON.

        Args:
            fields: The fields by name.
            audio: Whether its files are recordings.

        Raises:
            InvalidRequestError: A field cannot be sent, or a file cannot be read.
        """
        form = cls(boundary=os.urandom(16).hex())
        for name, value in fields.items():
            if not isinstance(cast("object", name), str):
                raise InvalidRequestError(f"The name of a form field must be a string: {name!r}")
            if isinstance(value, File):
                form._parts.append(await form._file_part(name, value, audio=audio))
            else:
                if isinstance(value, Mapping):
                    value = encode_json(cast("object", value)).decode()  # noqa: PLW2901
                form._parts.extend(
                    _Part(name, form._head(name) + _encoded(name, text) + b"\r\n")
                    for name, text in text_pairs(name, value)
                )
        return form

    @property
    def content_type(self) -> str:
        """Return the media type of the body."""
        return f"multipart/form-data; boundary={self.boundary}"

    @property
    def size(self) -> int | None:
        """Return the length of the body in bytes; `None` where a file's is not known."""
        sizes = [part.size for part in self._parts]
        known = [size for size in sizes if size is not None]
        return sum(known) + len(self._end) if len(known) == len(sizes) else None

    async def __aiter__(self) -> AsyncIterator[bytes]:
        """Make the body, bit by bit."""
        self.fault = None
        try:
            for part in self._parts:
                yield part.head
                if part.source is not None:
                    async with aclosing(self._read(part.name, part.source, part.file)) as chunks:
                        async for chunk in chunks:
                            yield chunk
                    yield b"\r\n"
            yield self._end
        except InvalidRequestError as error:
            self.fault = error
            raise
        except Exception as error:
            self.fault = InvalidRequestError(f"A file could not be read to its end: {error!r}")
            self.fault.__cause__ = error
            raise

    async def _read(
        self, name: str, source: Source, file: File | None
    ) -> AsyncGenerator[bytes, None]:
        self.spent = self.spent or not source.replayable
        sent = 0
        progress = None if file is None else file.progress
        async with _closing(source.read()) as chunks:
            async for chunk in chunks:
                given: Any = chunk
                if not isinstance(given, bytes | bytearray | memoryview):
                    kind = type(given).__name__
                    raise InvalidRequestError(f"`{name}` gave {kind} in place of bytes", name)
                data = bytes(chunk)
                sent += len(data)
                if source.size is not None and sent > source.size:
                    break
                self._most[name] = max(sent, self._most.get(name, 0))
                yield data
                await report_progress(progress, sent, source.size)
        if source.size not in (None, sent) or sent < self._most.get(name, 0):
            raise InvalidRequestError(f"`{name}` has changed while it was read", name)
        if not sent and not source.replayable:
            raise InvalidRequestError(
                f"`{name}` yielded no bytes: it is empty, or was read before", name
            )

    async def _file_part(self, name: str, file: File, *, audio: bool) -> _Part:
        source = await find_source(file.content, name)
        given: Any = file.file_name or source.name or NO_NAME
        if not isinstance(given, str):
            raise InvalidRequestError("`file_name` must be text", name)
        kind: Any = file.content_type or media_type(given, audio=audio)
        if not (isinstance(kind, str) and kind.isascii() and kind.isprintable()):
            raise InvalidRequestError("`content_type` must be a media type", name)
        file_name = given.encode("utf-8", "replace").decode().translate(ESCAPES)
        return _Part(
            name,
            self._head(name, f'; filename="{file_name}"\r\nContent-Type: {kind}'),
            file,
            source,
        )

    def _head(self, name: str, more: str = "") -> bytes:
        disposition = f'Content-Disposition: form-data; name="{name.translate(ESCAPES)}"{more}'
        return _encoded(name, f"--{self.boundary}\r\n{disposition}\r\n\r\n")

    @property
    def _end(self) -> bytes:
        return f"--{self.boundary}--\r\n".encode()


@asynccontextmanager
async def _closing(chunks: AsyncIterator[bytes]) -> AsyncGenerator[AsyncIterator[bytes], None]:
    """Close a source that was left early, if it is one that can be closed."""
    try:
        yield chunks
    finally:
        if isinstance(chunks, AsyncGenerator):
            await chunks.aclose()


def _encoded(name: str, text: str) -> bytes:
    try:
        return text.encode()
    except UnicodeEncodeError as error:
        raise InvalidRequestError(f"`{name}` is not valid Unicode", name) from error
