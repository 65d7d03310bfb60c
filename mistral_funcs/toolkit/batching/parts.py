"""Writing the requests of a batch to parts, and verifying those that earlier runs have written."""

import hashlib
import json
import os
from collections.abc import AsyncGenerator
from contextlib import suppress
from typing import IO, Any, final

import attrs

from mistral_core import InvalidRequestError
from mistral_funcs.toolkit.batching.folder import BatchFolder, uninterrupted, write_durably
from mistral_funcs.toolkit.batching.lines import LINES_AT_ONCE, NumberedLines
from mistral_funcs.toolkit.batching.manifest import Part

MAX_INLINE_BYTES = 1_000_000


@final
@attrs.frozen
class Limits:
    """The limits of a part.

    Attributes:
        max_requests: Maximum number of requests.
        max_bytes: Maximum file size.
        max_inline: Maximum number of requests that are part of the job rather than a file.
    """

    max_requests: int
    max_bytes: int
    max_inline: int

    def are_inline(self, requests: int, size: int) -> bool:
        """Return whether the requests of a part are part of its job."""
        return requests <= self.max_inline and size <= MAX_INLINE_BYTES


async def verify_resumed(folder: BatchFolder, requests: NumberedLines) -> None:
    """Consume the requests that earlier runs have written.

    Raises:
        InvalidRequestError: They differ from those in the folder.
    """
    for part in folder.manifest.parts:
        if part.retry_of is not None:
            continue
        digest = hashlib.sha256()
        left = part.requests + part.refused
        async for custom_id, line in requests:
            _digest_request(digest, custom_id, line)
            left -= 1
            if not left:
                break
        if digest.hexdigest() != part.digest:
            message = "The requests differ from those that the batch in the folder was started with"
            raise InvalidRequestError(message, "requests")


async def write_parts(
    folder: BatchFolder, requests: NumberedLines, limits: Limits
) -> AsyncGenerator[Part, None]:
    """Write requests to parts, and yield each part when it is complete."""
    writer: PartWriter | None = None
    try:
        async for custom_id, line in requests:
            if writer is not None and not writer.fits(custom_id, line, limits):
                sealed, writer = await writer.seal(limits), None
                yield sealed
            writer = writer or PartWriter(folder, len(folder.manifest.parts))
            writer.add(custom_id, line)
            if writer.count % LINES_AT_ONCE == 0:
                await writer.flush()
        last = None if writer is None else await writer.seal(limits)
        writer = None
    finally:
        if writer is not None:
            writer.abandon()
    folder.manifest.written = True
    await folder.save()
    if last is not None:
        yield last


@final
class PartWriter:
    """Writer for the files of a part, which appear when the part is sealed.

    Attributes:
        requests: Number of requests written.
        size: Size of the requests in bytes.
        custom_ids: IDs of the requests.
    """

    def __init__(self, folder: BatchFolder, number: int) -> None:
        """Start a part."""
        self.requests = 0
        self.size = 0
        self.custom_ids: set[str] = set()
        self._folder = folder
        self._number = number
        self._refused: list[dict[str, str]] = []
        self._digest = hashlib.sha256()
        self._content = hashlib.sha256()
        self._buffer: list[bytes] = []
        self._path = folder.file_of(number, "requests").with_suffix(".tmp")
        self._file: IO[bytes] = self._path.open("wb")

    def fits(self, custom_id: str, line: bytes | Exception, limits: "Limits") -> bool:
        """Return whether a request can be added to the part."""
        size = len(line) if isinstance(line, bytes) else 0
        return (
            self.count < limits.max_requests
            and self.size + size <= limits.max_bytes
            and custom_id not in self.custom_ids
        )

    @property
    def count(self) -> int:
        """Number of requests, including rejected ones."""
        return self.requests + len(self._refused)

    def add(self, custom_id: str, line: bytes | InvalidRequestError) -> None:
        """Add a request, or the error that prevents it from being sent."""
        self.custom_ids.add(custom_id)
        _digest_request(self._digest, custom_id, line)
        if isinstance(line, bytes):
            self.requests += 1
            self.size += len(line)
            self._buffer.append(line)
            self._content.update(line)
        else:
            self._refused.append({"custom_id": custom_id, "message": line.message})

    async def flush(self) -> None:
        """Write buffered requests to disk."""
        buffer, self._buffer = self._buffer, []
        await uninterrupted(self._file.write, b"".join(buffer))

    async def seal(self, limits: Limits, *, retry_of: int | None = None) -> Part:
        """Finish the part and add it to the manifest."""
        if not self._folder.manifest.parts:  # Requests without a manifest mean a lost manifest.
            await self._folder.save()
        await self.flush()
        refused = b"".join(json.dumps(each).encode() + b"\n" for each in self._refused)
        await uninterrupted(self._seal, refused)
        part = Part(self._number, self.requests, len(self._refused), self._digest.hexdigest())
        part.inline = limits.are_inline(self.requests, self.size)
        part.retry_of = retry_of
        part.digests["requests"] = self._content.hexdigest()
        part.digests["refused"] = hashlib.sha256(refused).hexdigest()
        self._folder.manifest.parts.append(part)
        await self._folder.save()
        return part

    def _seal(self, refused: bytes) -> None:
        self._file.flush()
        os.fsync(self._file.fileno())
        self._file.close()
        write_durably(self._folder.file_of(self._number, "refused"), refused)
        self._path.replace(self._folder.file_of(self._number, "requests"))

    def abandon(self) -> None:
        """Discard the part."""
        with suppress(OSError):  # On a full disk, closing fails as the write did.
            self._file.close()
        self._path.unlink(missing_ok=True)


def _digest_request(digest: Any, custom_id: str, line: bytes | Exception) -> None:
    """Add a request to the digest of a part."""
    digest.update(custom_id.encode("utf-8", "surrogatepass"))
    digest.update(line if isinstance(line, bytes) else b"refused")
