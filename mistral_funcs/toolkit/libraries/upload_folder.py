"""Uploads of whole folders into a library."""

import asyncio
import os
from collections.abc import AsyncIterator, Iterable
from itertools import groupby
from pathlib import Path
from typing import Final, TypeAlias, cast, final

import attrs

from mistral_core import (
    Err,
    Failure,
    File,
    HTTPValidationError,
    InvalidRequestError,
    MistralCore,
    MistralError,
    Ok,
    RequestOptions,
    Result,
    SDKError,
)
from mistral_core.runtime.deadline import current_task
from mistral_funcs.schemas.beta.libraries import Document
from mistral_funcs.toolkit.libraries.journal import Entry, Journal
from mistral_funcs.toolkit.libraries.local_files import LocalFile, files_in
from mistral_funcs.toolkit.libraries.target_library import TargetLibrary

__all__ = ["DocumentUpload", "upload_folder"]

Ended: TypeAlias = "asyncio.Queue[DocumentUpload | Failure | None]"

REQUEST_TIMEOUT: Final = 408
"""The status of a server that waited too long, but may have received everything."""


@final
@attrs.frozen
class DocumentUpload:
    """The result for one file of a folder.

    Attributes:
        path: The file.
        result: The document as it was after its upload, or the reason why there is none.
        replaced_id: ID of the document of an earlier state of the file, which is still there.
    """

    path: Path
    result: Result[Document, Failure]
    replaced_id: str | None = None


async def upload_folder(
    client: MistralCore,
    library_id: str,
    folder: str | os.PathLike[str],
    *,
    journal: str | os.PathLike[str],
    max_uploads: int = 4,
    options: RequestOptions | None = None,
) -> AsyncIterator[Result[DocumentUpload, Failure]]:
    """Upload all files of a folder and its subfolders to a library, and yield a result for each.

    To resume after a crash or an `Err`, call it again with the same journal: no file is sent twice.
    An upload whose response was lost is not repeated until the server has reported that the
    document did not arrive; the next run checks this. The name of a document is that of its file,
    without the folder.

    | file | what happens |
    |---|---|
    | hidden: its name or that of its folder begins with `.` | it is left out |
    | a link to something in the folder | it is left out: its target is uploaded |
    | another link, an empty file, a pipe or a device | an `Err` |
    | a name that is not UTF-8 | an `Err` |
    | a name in another Unicode normal form than NFC | its document has the name in NFC |
    | two names that differ in their normal form only | an `Err` for the second |
    | changed while it is uploaded | an `Err`; its document is deleted |
    | changed since an earlier run | it is uploaded again; see `replaced_id` |

    Args:
        client: The client to use.
        library_id: ID of the library.
        folder: The folder.
        journal: File that records the progress of this upload, outside of the folder or hidden.
        max_uploads: Maximum number of concurrent uploads.
        options: Overrides for each request: headers, timeout, retries, server URL.

    Yields:
        The result for each file as `Ok`, in the order in which they end, including those of
        earlier runs. An `Err` is the last item, with the reason why the upload stopped.
    """
    if max_uploads < 1:
        yield Err(InvalidRequestError("`max_uploads` must be at least 1", "max_uploads"))
        return
    try:
        current_task()
        opened = await asyncio.to_thread(Journal, journal, library_id)
    except Exception as error:  # noqa: BLE001
        yield Err(_as_failure(error, "The upload cannot start"))
        return
    library = TargetLibrary(client, library_id, options)
    run = _Run(library, opened, asyncio.Semaphore(max_uploads))
    running = asyncio.create_task(run.upload(Path(folder), Path(journal)))
    try:
        while (ended := await run.ended.get()) is not None:
            if not isinstance(ended, DocumentUpload):
                yield Err(ended)
                return
            yield Ok(ended)
    finally:
        running.cancel()
        await asyncio.gather(running, return_exceptions=True)
        opened.close()


@final
@attrs.define
class _Run:
    """An upload of a folder.

    Attributes:
        library: The library.
        journal: Records each step.
        slots: Limits the number of concurrent uploads.
        ended: The results. A failure, or `None`, is the last item.
    """

    library: TargetLibrary
    journal: Journal
    slots: asyncio.Semaphore
    ended: Ended = attrs.field(factory=asyncio.Queue["DocumentUpload | Failure | None"])

    async def upload(self, folder: Path, journal: Path) -> None:
        """Upload the files of a folder, and report each when it has ended."""
        try:
            listed = await asyncio.to_thread(files_in, folder)
            own = await asyncio.to_thread(journal.resolve)
            if self.journal.header is None:
                await self.journal.begin(await self.library.header())
            await self.library.resolve(self.journal, [*self.journal.entries.values()])
            files = sorted((each for each in listed if each.path != own), key=_identity)
            async with asyncio.TaskGroup() as tasks:
                for _, group in groupby(files, key=_identity):
                    await self.slots.acquire()
                    tasks.create_task(self._upload_group([*group]))
            await self.ended.put(None)
        except Exception as error:  # noqa: BLE001
            await self.ended.put(_as_failure(error, "The upload cannot continue"))

    async def _upload_group(self, files: Iterable[LocalFile]) -> None:
        """Upload files with the same name and size one after the other."""
        names: list[str] = []
        try:
            for file in files:
                upload = await self._upload(file, names)
                await self.ended.put(upload)
                names.append(file.name)
        finally:
            self.slots.release()

    async def _upload(self, file: LocalFile, alike: Iterable[str]) -> DocumentUpload:
        """Upload a file, after the uploads of those with the same name and size are resolved."""
        if file.refusal is not None:
            return DocumentUpload(file.path, Err(file.refusal))
        entry = self.journal.entries.get(file.name)
        if entry is None:
            entry = Entry(name=file.name, state="sending", size=file.size, modified=file.modified)
        elif entry.document is not None and not entry.is_of(file):
            entry = attrs.evolve(entry, document=None, replaced_id=entry.document.id)
        if entry.document is not None:
            return DocumentUpload(file.path, Ok(entry.document), entry.replaced_id)
        entries = filter(None, map(self.journal.entries.get, alike))
        try:
            await self.library.resolve(self.journal, entries)
        except MistralError as error:
            return DocumentUpload(file.path, Err(cast("Failure", error)), entry.replaced_id)
        entry = attrs.evolve(entry, size=file.size, modified=file.modified)
        return DocumentUpload(file.path, await self._send(file, entry), entry.replaced_id)

    async def _send(self, file: LocalFile, entry: Entry) -> Result[Document, Failure]:
        await self.journal.record(attrs.evolve(entry, state="sending"))
        result = await self.library.upload(File(file.path, file_name=file.base_name))
        if isinstance(result, Err):
            if _has_not_arrived(result.error):
                await self.journal.record(attrs.evolve(entry, state="refused"))
            return result
        if await asyncio.to_thread(file.has_changed):
            return await self._discard(entry, result.value)
        await self.journal.record(attrs.evolve(entry, state="sent", document=result.value))
        return result

    async def _discard(self, entry: Entry, document: Document) -> Result[Document, Failure]:
        """Delete the document of a file that changed during its upload."""
        deleted = await self.library.delete(document)
        if isinstance(deleted, Err):
            return deleted
        await self.journal.record(attrs.evolve(entry, state="refused"))
        message = f"`{entry.name}` changed while it was uploaded. Upload it again."
        return Err(InvalidRequestError(message, "folder"))


def _identity(file: LocalFile) -> tuple[str, int]:
    """Return the name and size by which the server's documents are matched."""
    return file.base_name, file.size


def _has_not_arrived(error: Failure) -> bool:
    """Return whether the server certainly has no document of a failed upload."""
    if isinstance(error, SDKError):
        return 400 <= error.status < 500 and error.status != REQUEST_TIMEOUT
    return isinstance(error, HTTPValidationError | InvalidRequestError)


def _as_failure(error: Exception, summary: str) -> Failure:
    cause: Exception = error
    while isinstance(cause, ExceptionGroup):
        cause = cast("Exception", cause.exceptions[0])
    if isinstance(cause, MistralError):
        return cast("Failure", cause)
    failure = InvalidRequestError(f"{summary}: {cause}", "folder")
    failure.__cause__ = cause
    return failure
