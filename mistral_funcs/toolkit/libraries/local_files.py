"""The files of a folder that are uploaded, and the reasons why others are not."""

import os
import stat
from collections.abc import Iterator
from pathlib import Path
from typing import final
from unicodedata import normalize

import attrs

from mistral_core import InvalidRequestError


@final
@attrs.frozen
class LocalFile:
    """A file in a folder.

    Attributes:
        name: Its path below the folder, with `/` between the parts, in the normal form NFC.
        path: Its path on disk.
        size: Size in bytes.
        modified: Time of the last change, in nanoseconds since the Unix epoch.
        refusal: Why it is not uploaded. `None` for a file that is.
    """

    name: str
    path: Path
    size: int = 0
    modified: int = 0
    refusal: InvalidRequestError | None = None

    @property
    def base_name(self) -> str:
        """The name of the document."""
        return self.name.rpartition("/")[2]

    def has_changed(self) -> bool:
        """Return whether the file on disk is no longer the one that was listed."""
        try:
            status = self.path.stat()
        except OSError:
            return True
        return (status.st_size, status.st_mtime_ns) != (self.size, self.modified)


def files_in(folder: Path) -> list[LocalFile]:
    """Return the files below a folder, sorted by name, with those that cannot be uploaded.

    Hidden files and folders are left out. So are links to what is in the folder anyway.

    Raises:
        OSError: The folder cannot be read.
    """
    root = folder.resolve(strict=True)
    files: list[LocalFile] = []
    names = set[str]()
    for each in _walk(root, root):
        file = each
        if file.refusal is None and file.name in names:
            file = _refused(file.path, root, "has the name of another file, in other code points")
        names.add(file.name)
        files.append(file)
    return files


def _walk(folder: Path, root: Path) -> Iterator[LocalFile]:
    with os.scandir(folder) as entries:
        names = sorted(entry.name for entry in entries if not entry.name.startswith("."))
    for name in names:
        yield from _entry(folder / name, root)


def _entry(path: Path, root: Path) -> Iterator[LocalFile]:
    try:
        status = path.lstat()
        if stat.S_ISLNK(status.st_mode):
            if not path.resolve(strict=True).is_relative_to(root):
                yield _refused(path, root, "is a link out of the folder")
        elif stat.S_ISDIR(status.st_mode):
            yield from _walk(path, root)
        else:
            yield _file(path, root, status)
    except (OSError, RuntimeError) as error:  # Before Python 3.13, a loop of links is the latter.
        yield _refused(path, root, getattr(error, "strerror", None) or str(error))


def _file(path: Path, root: Path, status: os.stat_result) -> LocalFile:
    if not stat.S_ISREG(status.st_mode):
        return _refused(path, root, "is not a regular file")
    if status.st_size == 0:
        return _refused(path, root, "is empty")
    try:
        str(path.relative_to(root)).encode()
    except UnicodeEncodeError:
        return _refused(path, root, "has a name that is not UTF-8")
    return LocalFile(_name(path, root), path, status.st_size, status.st_mtime_ns)


def _refused(path: Path, root: Path, reason: str) -> LocalFile:
    name = _name(path, root)
    return LocalFile(name, path, refusal=InvalidRequestError(f"`{name}` {reason}", "folder"))


def _name(path: Path, root: Path) -> str:
    text = normalize("NFC", path.relative_to(root).as_posix())
    return text.encode("utf-8", "backslashreplace").decode()
