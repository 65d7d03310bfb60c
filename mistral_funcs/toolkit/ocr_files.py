"""OCR responses as Markdown files."""

import asyncio
import errno
import os
import re
from base64 import b64decode
from collections.abc import Iterable, Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import quote

from mistral_core import Err, Failure, InvalidRequestError, Ok, Result
from mistral_core.request.media_types import MEDIA_TYPES
from mistral_core.runtime.deadline import current_task
from mistral_funcs.schemas.ocr import OCRPageObject, OCRResponse
from mistral_funcs.toolkit.file_signatures import type_by_content

__all__ = ["save_ocr"]

SUFFIXES = {"image/jpeg": ".jpeg", "image/tiff": ".tiff"} | {
    kind: suffix
    for suffix, kind in MEDIA_TYPES.items()
    if kind.startswith("image/") and kind not in {"image/jpeg", "image/tiff"}
}
"""File name suffixes of images."""

UNSAFE = re.compile(r'[\x00-\x1f\x7f<>:"/\\|?*]+')
"""Characters that some file systems do not accept in names."""

LINK = re.compile(r"(!?)\[([^][]*)\]\(([^()\s]+)\)")
"""A link or an image, whose target has neither spaces nor parentheses."""


MAX_STEM = 200
"""Maximum length of a file name without its number and suffix, in bytes."""


async def save_ocr(
    response: OCRResponse,
    folder: str | os.PathLike[str],
    *,
    name: str = "document",
    overwrite: bool = True,
) -> Result[Path, Failure]:
    """Write an OCR response to a folder: one Markdown file, with its images beside it.

    The images are those of `include_image_base64=True`, named after the document and numbered:
    `report.md` has `report-1.jpeg`. Tables of `table_format` are written in their places. The
    Markdown file is written last, so it appears only when all of its images are in place.

    Args:
        response: The response of `ocr_process`.
        folder: The folder. It is created if it does not exist.
        name: File name of the document. Its last suffix is dropped.
        overwrite: Whether to replace files of the same names. If false, they are an error.

    Returns:
        The path of the Markdown file. `InvalidRequestError` if an image is not base64 or a file
        cannot be written.
    """
    try:
        current_task()
        files = _files(response, _stem(name))
        return Ok(await asyncio.to_thread(_write, files, Path(folder), overwrite=overwrite))
    except InvalidRequestError as error:
        return Err(error.with_traceback(None))
    except (OSError, ValueError) as error:
        return Err(cannot_save(folder, error))


def cannot_save(folder: str | os.PathLike[str], error: Exception) -> InvalidRequestError:
    """Return the error for a folder that cannot be written to."""
    reason = getattr(error, "strerror", None) or error
    failure = InvalidRequestError(f"Cannot write to `{os.fspath(folder)}`: {reason}", "folder")
    failure.__cause__ = error
    return failure


def check_folder(folder: Path, name: str, *, overwrite: bool) -> None:
    """Check that files can be written, before a request whose response would be lost.

    Args:
        folder: The folder to write to, which need not exist.
        name: File name of the document.
        overwrite: Whether existing files may be replaced.

    Raises:
        OSError: The folder is a file, files cannot be created there, or the Markdown file exists.
    """
    nearest = next(each for each in (folder, *folder.absolute().parents) if each.exists())
    for code, wrong in (
        (errno.ENOTDIR, not nearest.is_dir()),
        (errno.EACCES, not os.access(nearest, os.W_OK)),
    ):
        if wrong:
            raise OSError(code, os.strerror(code))
    if not overwrite:
        _check_new(folder, [f"{_stem(name)}.md"])


def _check_new(folder: Path, names: Iterable[str]) -> None:
    """Check that no file has one of the names.

    Raises:
        FileExistsError: A file has one.
    """
    for name in names:
        if os.path.lexists(folder / name):
            raise FileExistsError(errno.EEXIST, f"`{name}` exists")


def _stem(name: str) -> str:
    """Return a file name without its suffix and without characters that are not safe."""
    safe = UNSAFE.sub("_", name).strip(". ")
    stem = Path(safe).stem.encode(errors="replace")[:MAX_STEM]
    return stem.decode(errors="ignore").strip(". ") or "document"


def _files(response: OCRResponse, stem: str) -> dict[str, bytes]:
    """Return the files by name, with the Markdown file as the last one.

    Raises:
        ValueError: An image is not base64.
    """
    files: dict[str, bytes] = {}
    texts: list[str] = []
    for page in response.pages:
        names: dict[str, str] = {}
        for image in page.images:
            if image.image_base64 is not None:
                content, suffix = _decode(image.id, image.image_base64)
                names[image.id] = f"{stem}-{len(files) + 1}{suffix}"
                files[names[image.id]] = content
        texts.append(_text(page, names))
    files[f"{stem}.md"] = ("\n\n".join(texts) + "\n").encode(errors="replace")
    return files


def _text(page: OCRPageObject, names: Mapping[str, str]) -> str:
    """Return the text of a page, with links to the files of its images, and with its tables."""
    tables = {table.id: table.content for table in page.tables if table.content is not None}

    def replaced(match: re.Match[str]) -> str:
        mark, label, target = match.groups()
        if target in names:
            return f"{mark}[{label}]({quote(names[target])})"
        return match[0] if mark else tables.get(target, match[0])

    return LINK.sub(replaced, page.markdown).strip("\n")


def _decode(image_id: str, text: str) -> tuple[bytes, str]:
    """Return the bytes of an image and the suffix of its file.

    Raises:
        ValueError: It is not base64.
    """
    header, _, encoded = text.partition(",") if text.startswith("data:") else ("", "", text)
    try:
        content = b64decode("".join(encoded.split()), validate=True)
    except ValueError as error:
        raise ValueError(f"the image {image_id!r} is not valid base64") from error
    kind = header.removeprefix("data:").partition(";")[0] or type_by_content(content) or ""
    return content, SUFFIXES.get(kind, ".bin")


def _write(files: Mapping[str, bytes], folder: Path, *, overwrite: bool) -> Path:
    """Write all files to a hidden folder, then move them to their places."""
    folder.mkdir(parents=True, exist_ok=True)
    if not overwrite:
        _check_new(folder, files)
    path = folder
    with TemporaryDirectory(prefix=".", suffix=".part", dir=folder) as temporary:
        for name, content in files.items():
            Path(temporary, name).write_bytes(content)
        for name in files:
            path = Path(temporary, name).replace(folder / name)
    return path
