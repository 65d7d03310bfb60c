"""References to files: URLs and ids of uploaded files, but not files on this machine."""

import re
import shlex
from collections.abc import Callable
from pathlib import Path
from typing import Any

URL = re.compile(r"(?!file:)[a-z][a-z0-9+.-]+:", re.IGNORECASE)
"""The scheme of a URL that a server can read. The drive of a Windows path is too short for one."""

ID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)


def document(text: str) -> dict[str, Any]:
    """Return the document for a URL or the id of an uploaded file.

    Raises:
        ValueError: The text is neither.
    """
    if URL.match(text):
        return {"type": "document_url", "document_url": text}
    if ID.fullmatch(text):
        return {"type": "file", "file_id": text}
    wrong = f"{text!r} is not a URL or the id of an uploaded file."
    raise ValueError(f"{wrong} {_upload(text, 'ocr')}")


def recording_url(text: str) -> str:
    """Return the URL of a recording.

    Raises:
        ValueError: The text is not a URL.
    """
    if URL.match(text):
        return text
    raise ValueError(f"{text!r} is not a URL. Give a file on this machine as FILE.")


def uploaded(purpose: str) -> Callable[[str], str]:
    """Return a function that checks the id of an uploaded file.

    It raises a `ValueError` for the path of a file on this machine.
    """

    def file_id(text: str) -> str:
        if _is_file(text):
            raise ValueError(f"{text!r} is a file on this machine. {_upload(text, purpose)}")
        return text

    return file_id


def _upload(path: str, purpose: str) -> str:
    command = f"mistral-funcs files upload {shlex.quote(path)} --purpose {purpose}"
    return f"Upload it with `{command}` and give its id."


def _is_file(text: str) -> bool:
    try:
        return Path(text).is_file()
    except OSError:  # Such as a name that is too long.
        return False
