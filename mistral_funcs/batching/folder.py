"""What a batch has on disk: its requests in parts, how far each of them is, and their results."""

import asyncio
import hashlib
import json
import os
import secrets
import sys
from collections.abc import AsyncIterator, Callable, Mapping
from itertools import islice
from pathlib import Path
from typing import IO, Any, final

import attrs

from mistral_core import InvalidRequestError
from mistral_core.converter import converter

LINES = 200
"""How many lines of results are read at once."""


@final
@attrs.define
class Part:
    """Tell of the requests of one job.

    Attributes:
        number: Its place among the parts.
        requests: How many requests it sends.
        refused: How many requests could not be written, and are not sent.
        digest: What tells its requests from all others.
        uploading: Whether an upload was begun.
        file_id: The id of the file with its requests, once it is uploaded.
        uploaded_at: When that was, by the server's clock, in seconds since 1970.
        submitting: Whether the making of a job was begun.
        job_id: The id of its job, once there is one.
        status: How the job ended, once it has.
        downloaded: Whether its results are here.
    """

    number: int
    requests: int
    refused: int
    digest: str
    uploading: bool = False
    file_id: str | None = None
    uploaded_at: int | None = None
    submitting: bool = False
    job_id: str | None = None
    status: str | None = None
    downloaded: bool = False


@final
@attrs.define
class Manifest:
    """Tell how far a batch is.

    Attributes:
        batch_id: The id by which its files are found again.
        settings: What the jobs are made with.
        written: Whether all requests have been written into parts.
        parts: The parts, in their order.
    """

    batch_id: str
    settings: dict[str, Any]
    written: bool = False
    parts: list[Part] = attrs.field(factory=list[Part])


@final
class BatchFolder:
    """Hold a batch on disk, so that a process that died can be followed by one that goes on.

    Attributes:
        manifest: How far it is.
    """

    def __init__(self, path: str | os.PathLike[str], settings: Mapping[str, Any]) -> None:
        """Open a folder, which is made if it is not there.

        Raises:
            InvalidRequestError: It belongs to another batch, or another process is at it.
            OSError: It cannot be read or written.
        """
        self._path = Path(path)
        self._path.mkdir(parents=True, exist_ok=True)
        self._lock = (self._path / "lock").open("wb")
        self._saving = asyncio.Lock()
        try:
            _lock(self._lock)
            self.manifest = self._read_manifest(dict(settings))
        except BlockingIOError:
            self.close()
            raise InvalidRequestError(f"Another process works in {path}", "folder") from None
        except BaseException:
            self.close()
            raise

    def _read_manifest(self, settings: dict[str, Any]) -> Manifest:
        path = self._path / "manifest.json"
        if not path.exists():
            return Manifest(secrets.token_hex(8), settings)
        manifest = converter.structure(json.loads(path.read_bytes()), Manifest)
        if manifest.settings != settings:
            known, here = manifest.settings, self._path
            message = f"{here} holds a batch with other settings: {known}, and not {settings}"
            raise InvalidRequestError(message, "folder")
        return manifest

    def close(self) -> None:
        """Let others work in the folder."""
        self._lock.close()

    async def save(self) -> None:
        """Write down how far the batch is, wholly or not at all."""
        async with self._saving:
            text = json.dumps(converter.unstructure(self.manifest), indent=1)
            await _to_its_end(self._replace, self._path / "manifest.json", text.encode())

    def _replace(self, path: Path, content: bytes) -> None:
        beside = path.with_suffix(".tmp")
        with beside.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        beside.replace(path)

    def file_of(self, part: Part | int, kind: str) -> Path:
        """Return the path of a part's `requests`, `refused`, `output` or `errors`."""
        number = part if isinstance(part, int) else part.number
        return self._path / f"part-{number:05d}.{kind}.jsonl"

    def name_of(self, part: Part) -> str:
        """Return the name under which a part's requests are uploaded, which no other file has."""
        return f"batch-{self.manifest.batch_id}-{part.number:05d}.jsonl"

    async def lines(self, part: Part, kind: str) -> AsyncIterator[bytes]:
        """Go through the lines of one of a part's files, which may be missing."""
        path = self.file_of(part, kind)
        if not path.exists():
            return
        with path.open("rb") as file:
            while some := await asyncio.to_thread(lambda: [*islice(file, LINES)]):
                for line in some:
                    yield line


async def _to_its_end(function: Callable[..., object], *args: object) -> None:
    """Call a function in a thread, and leave it when it is done: cancellation waits for it."""
    task = asyncio.ensure_future(asyncio.to_thread(function, *args))
    try:
        await asyncio.shield(task)
    except asyncio.CancelledError:
        await asyncio.wait([task])
        raise


def _lock(file: IO[bytes]) -> None:
    """Let no other process have the file while this one has it open, where locks are to be had."""
    if sys.platform != "win32":  # pragma: no branch
        import fcntl  # noqa: PLC0415 - Windows has none

        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)


@final
class PartWriter:
    """Write requests into the files of a part, which come to be when it is sealed.

    Attributes:
        requests: How many were written.
        size: How many bytes they have.
        custom_ids: Their ids.
    """

    def __init__(self, folder: BatchFolder, number: int) -> None:
        """Begin a part."""
        self.requests = 0
        self.size = 0
        self.custom_ids: set[str] = set()
        self._folder = folder
        self._number = number
        self._refused: list[dict[str, str]] = []
        self._digest = hashlib.sha256()
        self._waiting: list[bytes] = []
        self._path = folder.file_of(number, "requests").with_suffix(".tmp")
        self._file: IO[bytes] = self._path.open("wb")

    @property
    def count(self) -> int:
        """How many requests it holds, those that were refused too."""
        return self.requests + len(self._refused)

    def add(self, custom_id: str, line: bytes | InvalidRequestError) -> None:
        """Add a request, or say why it cannot be sent."""
        self.custom_ids.add(custom_id)
        digest_request(self._digest, custom_id, line)
        if isinstance(line, bytes):
            self.requests += 1
            self.size += len(line)
            self._waiting.append(line)
        else:
            self._refused.append({"custom_id": custom_id, "message": line.message})

    async def flush(self) -> None:
        """Write what is waiting."""
        waiting, self._waiting = self._waiting, []
        await _to_its_end(self._file.write, b"".join(waiting))

    async def seal(self) -> Part:
        """End the part: from now on it is one of the batch's."""
        await self.flush()
        await _to_its_end(self._seal)
        part = Part(self._number, self.requests, len(self._refused), self._digest.hexdigest())
        self._folder.manifest.parts.append(part)
        await self._folder.save()
        return part

    def _seal(self) -> None:
        self._file.flush()
        os.fsync(self._file.fileno())
        self._file.close()
        refused = b"".join(json.dumps(each).encode() + b"\n" for each in self._refused)
        self._folder.file_of(self._number, "refused").write_bytes(refused)
        self._path.replace(self._folder.file_of(self._number, "requests"))

    def abandon(self) -> None:
        """Leave a part that is not sealed."""
        self._file.close()
        self._path.unlink(missing_ok=True)


def digest_request(digest: Any, custom_id: str, line: bytes | Exception) -> None:
    """Let a request count in what tells a part from all others."""
    digest.update(custom_id.encode("utf-8", "surrogatepass"))
    digest.update(line if isinstance(line, bytes) else b"refused")
