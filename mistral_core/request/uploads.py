"""Files to upload, and the sources of their bytes."""

import os
from collections.abc import AsyncIterable, AsyncIterator, Callable
from typing import IO, Any, TypeAlias, final

import attrs

from mistral_core.instrumentation.notifications import Progress

FileContent: TypeAlias = (
    bytes | bytearray | memoryview | str | os.PathLike[str] | IO[bytes] | AsyncIterable[bytes]
)
"""Bytes, a path (a `str` is a path), an open binary file, or an asynchronous iterable of bytes."""

CHUNK = 2**19
"""Maximum number of bytes to read at once."""


@final
@attrs.frozen
class File:
    """A file to upload, with its name, media type and a progress function.

    Attributes:
        content: Bytes, a path, an open binary file, or an asynchronous iterable of bytes. An open
            file is read from its current position, which must not be its end, and is not closed. A
            pipe or a generator must yield at least one byte. It cannot be read twice, so the upload
            is not retried.
        file_name: The file name. Defaults to the name of the path or the open file.
        content_type: The media type. Defaults to a guess from the file name.
        progress: Called with the number of bytes sent and the total, if known.
    """

    content: FileContent = attrs.field(repr=False)
    file_name: str | None = attrs.field(default=None, kw_only=True)
    content_type: str | None = attrs.field(default=None, kw_only=True)
    progress: Progress | None = attrs.field(default=None, kw_only=True, repr=False)


def as_file(content: Any) -> File:
    """Return a `File` unchanged, or wrap the content in one. It is checked when it is opened."""
    return content if isinstance(content, File) else File(content)


@final
@attrs.frozen(eq=False, repr=False)
class Source:
    """The source of the bytes of a file.

    Attributes:
        read: Iterates over the bytes from the beginning.
        name: The file name, if any.
        size: Number of bytes. `None` if unknown.
        replayable: Whether `read` can be called again.
    """

    read: Callable[[], AsyncIterator[bytes]]
    name: str | None
    size: int | None
    replayable: bool
