"""Files to upload, and how their bytes are read."""

import os
from collections.abc import AsyncIterable, AsyncIterator, Callable
from typing import IO, TypeAlias, final

import attrs

from mistral_core.instrumentation.notifications import Progress

FileContent: TypeAlias = (
    bytes | bytearray | memoryview | str | os.PathLike[str] | IO[bytes] | AsyncIterable[bytes]
)
"""Bytes, a path (a `str` is one too), an open binary file, or an asynchronous iterable of bytes."""

CHUNK = 2**19
"""The most bytes that are read at once."""


@final
@attrs.frozen
class File:
    """Hold a file to upload, with more to say of it than its content.

    Attributes:
        content: Where its bytes come from: bytes, a path, an open binary file, or an asynchronous
            iterable. An open file is read from its position, and not closed; one that is at its
            end is refused, and so is a pipe or a generator that yields nothing. What cannot be read
            twice, such as a pipe or a generator, is sent once and not again.
        file_name: Its name; by default that of the path or of the open file.
        content_type: Its media type; by default what the name tells.
        progress: Told of the bytes that were sent, and of all, if they are known.
    """

    content: FileContent = attrs.field(repr=False)
    file_name: str | None = attrs.field(default=None, kw_only=True)
    content_type: str | None = attrs.field(default=None, kw_only=True)
    progress: Progress | None = attrs.field(default=None, kw_only=True, repr=False)


@final
@attrs.frozen
class Source:
    """Read a file's bytes, once or more often.

    Attributes:
        read: Goes through the bytes, from the first on.
        name: The name of the file, where it has one.
        size: How many bytes there are; `None` where that is not known.
        replayable: Whether the bytes can be read again.
    """

    read: Callable[[], AsyncIterator[bytes]]
    name: str | None
    size: int | None
    replayable: bool
