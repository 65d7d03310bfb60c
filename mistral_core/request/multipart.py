"""Encoding of forms as `multipart/form-data`, streamed and rebuilt for each attempt."""

import os
from collections.abc import AsyncGenerator, AsyncIterator, Mapping
from contextlib import aclosing, asynccontextmanager
from typing import Any, Self, cast, final

import attrs

from mistral_core.errors import InvalidRequestError
from mistral_core.instrumentation.notifications import report_progress
from mistral_core.request.encode import encode_json
from mistral_core.request.media_types import media_type
from mistral_core.request.parameters import text_pairs
from mistral_core.request.sources import find_source
from mistral_core.request.uploads import File, Source

DEFAULT_NAME = "file"
ESCAPES = str.maketrans({'"': "%22", "\r": "%0D", "\n": "%0A"})
"""Escapes for a quoted name, as browsers write them."""


@final
@attrs.frozen(eq=False, repr=False)
class _Part:
    """A part of a form: its head, with the value unless it is a file, and the source of a file."""

    name: str
    head: bytes
    file: File | None = None
    source: Source | None = None

    @property
    def size(self) -> int | None:
        """Length in bytes, including head and line end. `None` if unknown."""
        if self.source is None:
            return len(self.head)
        return None if self.source.size is None else len(self.head) + self.source.size + 2


@final
@attrs.define(eq=False, repr=False)
class Multipart:
    """A form. Iterating over it yields the body.

    Attributes:
        boundary: The delimiter between the parts.
        spent: Whether a file that is not replayable has been consumed.
        fault: The error raised while a file was being read, if any.
    """

    boundary: str
    spent: bool = False
    fault: Exception | None = None
    _parts: list[_Part] = attrs.field(factory=list[_Part])
    _largest: dict[str, int] = attrs.field(factory=dict[str, int])

    @classmethod
    async def of(cls, fields: Mapping[str, object], *, audio: bool = False) -> Self:
        """Create a form.

        A field is a `File`, a string, a number, a boolean, a date, a list of these, which repeats
        the field, or a mapping, which is sent as JSON.

        Args:
            fields: The fields by name.
            audio: Whether files are audio recordings.

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
        """The media type of the body."""
        return f"multipart/form-data; boundary={self.boundary}"

    @property
    def size(self) -> int | None:
        """Length of the body in bytes. `None` if the size of a file is unknown."""
        sizes = [part.size for part in self._parts]
        known_sizes = [size for size in sizes if size is not None]
        return sum(known_sizes) + len(self._end) if len(known_sizes) == len(sizes) else None

    async def __aiter__(self) -> AsyncIterator[bytes]:
        """Iterate over the body in chunks."""
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
            self.fault = InvalidRequestError(f"A file could not be read completely: {error!r}")
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
                untyped: Any = chunk
                if not isinstance(untyped, bytes | bytearray | memoryview):
                    kind = type(untyped).__name__
                    raise InvalidRequestError(f"`{name}` yielded {kind} instead of bytes", name)
                data = bytes(chunk)
                sent += len(data)
                if source.size is not None and sent > source.size:
                    break
                self._largest[name] = max(sent, self._largest.get(name, 0))
                yield data
                await report_progress(progress, sent, source.size)
        if source.size not in (None, sent) or sent < self._largest.get(name, 0):
            raise InvalidRequestError(f"`{name}` changed while it was being read", name)
        if not sent and not source.replayable:
            raise InvalidRequestError(
                f"`{name}` yielded no bytes: it is empty or has already been read", name
            )

    async def _file_part(self, name: str, file: File, *, audio: bool) -> _Part:
        source = await find_source(file.content, name)
        file_name: Any = file.file_name or source.name or DEFAULT_NAME
        if not isinstance(file_name, str):
            raise InvalidRequestError("`file_name` must be a string", name)
        kind: Any = file.content_type or media_type(file_name, audio=audio)
        if not (isinstance(kind, str) and kind.isascii() and kind.isprintable()):
            raise InvalidRequestError("`content_type` must be a media type", name)
        escaped = file_name.encode("utf-8", "replace").decode().translate(ESCAPES)
        return _Part(
            name,
            self._head(name, f'; filename="{escaped}"\r\nContent-Type: {kind}'),
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
    """Close a generator when the block is left."""
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
