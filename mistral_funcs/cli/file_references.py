"""References to files: URLs, IDs of uploaded files, and local paths."""

import re
import shlex
from collections.abc import Callable
from pathlib import Path
from typing import Any

from mistral_core.request.media_types import media_type

URL = re.compile(r"(?!file:)[a-z][a-z0-9+.-]+:", re.IGNORECASE)
"""The scheme of a URL that a server can read. A Windows drive letter is too short to match."""

ID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)


def document(text: str) -> dict[str, Any] | Path:
    """Return the document for a URL or the ID of an uploaded file, or the path of a local file.

    Raises:
        ValueError: The text is none of these.
    """
    if URL.match(text):
        kind = "image_url" if _is_image(text) else "document_url"
        return {"type": kind, kind: text}
    if ID.fullmatch(text):
        return {"type": "file", "file_id": text}
    if _is_file(text):
        return Path(text)
    raise ValueError(f"{text!r} is not a file, a URL or the ID of an uploaded file.")


def attachment(text: str) -> dict[str, Any] | Path:
    """Return the chunk for a URL or the ID of an uploaded file, or the path of a local file.

    Raises:
        ValueError: The text is none of these.
    """
    chunk = document(text)
    if isinstance(chunk, Path) or chunk["type"] == "file":
        return chunk
    is_audio = media_type(path_of_url(text)).startswith("audio/")
    return {"type": "input_audio", "input_audio": text} if is_audio else chunk


def _is_image(url: str) -> bool:
    """Return whether a URL refers to an image, by its media type or its path."""
    scheme, _, rest = url.partition(":")
    kind = rest if scheme.lower() == "data" else media_type(path_of_url(rest))
    return kind.lower().startswith("image/")


def path_of_url(url: str) -> str:
    """Return a URL without its query and fragment."""
    return re.split(r"[?#]", url, maxsplit=1)[0]


def recording_url(text: str) -> str:
    """Return the URL of a recording.

    Raises:
        ValueError: The text is not a URL.
    """
    if URL.match(text):
        return text
    raise ValueError(f"{text!r} is not a URL. Pass a local file as FILE.")


def uploaded(purpose: str) -> Callable[[str], str]:
    """Return a function that checks the ID of an uploaded file.

    It raises a `ValueError` for the path of a local file.
    """

    def file_id(text: str) -> str:
        if _is_file(text):
            raise ValueError(f"{text!r} is a local file. {_upload(text, purpose)}")
        return text

    return file_id


def _upload(path: str, purpose: str) -> str:
    command = f"mistral-funcs files upload {shlex.quote(path)} --purpose {purpose}"
    return f"Upload it with `{command}` and pass its ID."


def _is_file(text: str) -> bool:
    try:
        return Path(text).is_file()
    except OSError:  # For example, the name is too long.
        return False
