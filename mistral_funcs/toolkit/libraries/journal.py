"""The journal of an upload: the state of each file, so that another process can resume it.

It has a line of JSON for each step, which is written to disk before the next step begins. An
incomplete last line, after a crash, is ignored.
"""

import json
import os
from collections.abc import Mapping
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import Any, Final, Literal, TypeAlias, final

import attrs

from mistral_core import InvalidRequestError
from mistral_core.response.output_files import sync_folder
from mistral_core.structuring.converter import converter, faults
from mistral_funcs.schemas.beta.libraries import Document
from mistral_funcs.toolkit.batching.folder import lock_file, uninterrupted
from mistral_funcs.toolkit.libraries.local_files import LocalFile

VERSION: Final = 1
ADVICE: Final = "Restore it from a backup, or use another one. A new journal uploads all files."

State: TypeAlias = Literal["sending", "sent", "refused"]
"""State of the upload of a file: it may have arrived, it has arrived, or it was refused."""


@final
@attrs.frozen(kw_only=True)
class Header:
    """The first line.

    Attributes:
        version: Version of the format.
        library_id: ID of the library.
        newest: ID of the newest document of the library before the first upload, if any.
        newest_at: When the newest document was created, by the server's clock.
    """

    version: int
    library_id: str
    newest: str | None = None
    newest_at: datetime | None = None


@final
@attrs.frozen(kw_only=True)
class Entry:
    """A step of the upload of a file.

    Attributes:
        name: Name of the file.
        state: State of the upload.
        size: Size of the file in bytes.
        modified: Time of the file's last change, in nanoseconds since the Unix epoch.
        document: The document, once it is uploaded.
        replaced_id: ID of the document of an earlier state of the file.
    """

    name: str
    state: State
    size: int
    modified: int
    document: Document | None = None
    replaced_id: str | None = None

    def is_of(self, file: LocalFile) -> bool:
        """Return whether a file is unchanged since this step."""
        return (self.size, self.modified) == (file.size, file.modified)


@final
class Journal:
    """The journal of the upload of a folder into a library.

    Attributes:
        header: The first line. `None` in a new journal.
        entries: The last step of each file, by name.
        document_ids: IDs of all documents that were uploaded, even of earlier states of files.
    """

    def __init__(self, path: str | os.PathLike[str], library_id: str) -> None:
        """Open a journal, and create it if necessary.

        Raises:
            InvalidRequestError: It belongs to another upload, is in use, or is invalid.
            OSError: It cannot be opened.
        """
        self._path = Path(path)
        self._file = self._path.open("a+b")
        self.header: Header | None = None
        self.entries: dict[str, Entry] = {}
        self.document_ids = set[str]()
        try:
            lock_file(self._file)
            self._read(library_id)
        except BlockingIOError:
            self.close()
            raise InvalidRequestError(f"`{path}` is in use by another process", "journal") from None
        except BaseException:
            self.close()
            raise

    def close(self) -> None:
        """Unlock the journal."""
        with suppress(OSError):  # On a full disk, closing fails as the write did.
            self._file.close()

    async def begin(self, header: Header) -> None:
        """Write the first line."""
        await self._append(converter.unstructure(header))
        await uninterrupted(sync_folder, self._path.absolute().parent)
        self.header = header

    async def record(self, entry: Entry) -> None:
        """Record a step."""
        self._keep(entry)
        await self._append(converter.unstructure(entry))

    def _keep(self, entry: Entry) -> None:
        self.entries[entry.name] = entry
        if entry.document is not None:
            self.document_ids.add(entry.document.id)

    async def _append(self, line: Mapping[str, Any]) -> None:
        await uninterrupted(self._write, json.dumps(line).encode() + b"\n")

    def _write(self, line: bytes) -> None:
        self._file.write(line)
        self._file.flush()
        os.fsync(self._file.fileno())

    def _read(self, library_id: str) -> None:
        self._file.seek(0)
        content = self._file.read()
        end = content.rfind(b"\n") + 1
        number = 0
        try:
            for number, line in enumerate(content[:end].splitlines(), 1):
                self._take(json.loads(line), is_first=number == 1)
        except Exception as error:
            reasons = "; ".join(map(str, faults(error)))
            message = f"`{self._path}` cannot be used, line {number}: {reasons}. {ADVICE}"
            raise InvalidRequestError(message, "journal") from error
        if self.header is None and content:
            message = f"`{self._path}` is not a journal. Delete it, or use another one."
            raise InvalidRequestError(message, "journal")
        if self.header is not None and self.header.library_id != library_id:
            message = f"`{self._path}` is the journal of library {self.header.library_id}"
            raise InvalidRequestError(message, "journal")
        if end < len(content):
            self._file.truncate(end)

    def _take(self, line: Any, *, is_first: bool) -> None:
        if not is_first:
            self._keep(converter.structure(line, Entry))
            return
        self.header = converter.structure(line, Header)
        if self.header.version != VERSION:
            raise ValueError(f"version {self.header.version} is not supported")
