"""Forms that the sandbox receives as `multipart/form-data`. Only the file is copied."""

from collections.abc import Iterator
from email.message import Message
from email.parser import HeaderParser
from typing import final

import attrs

from mistral_funcs.sandbox.error_responses import RefusalError, refuse_body
from mistral_funcs.sandbox.request_bodies import UNREADABLE
from mistral_funcs.sandbox.routing import Incoming

MOST_PARTS = 1000


@final
@attrs.define
class Form:
    """A form.

    Attributes:
        fields: The last value of each field.
        lists: All values of each field.
        file: The content of its file, or `None` if it has none.
        file_name: The name of the file.
    """

    fields: dict[str, str] = attrs.field(factory=dict[str, str])
    lists: dict[str, list[str]] = attrs.field(factory=dict[str, list[str]])
    file: bytes | None = None
    file_name: str = ""


def read_form(request: Incoming) -> Form:
    """Return the form in a body, or respond with 422 (media type) or 400 (invalid form)."""
    try:
        boundary = _header(f"Content-Type: {request.content_type}").get_param("boundary")
        if not (boundary and isinstance(boundary, str)):
            refuse_body("missing", ["body", "file"], "Field required", None)
        return _parse(request.body, b"--" + boundary.encode())
    except (ValueError, LookupError):  # An unknown charset raises a `LookupError`.
        raise RefusalError(400, UNREADABLE) from None


def _parse(body: bytes | bytearray, delimiter: bytes) -> Form:
    form = Form()
    for number, (head, content) in enumerate(_parts(body, delimiter)):
        if number == MOST_PARTS:
            raise ValueError("too many parts")
        about = _header(head.decode())
        file_name = about.get_filename()
        if file_name is not None:
            file_name.encode()  # A part with its own charset may hide a lone surrogate.
            form.file, form.file_name = bytes(content), file_name
        else:
            name = str(about.get_param("name", header="content-disposition"))
            form.fields[name] = str(content, "utf-8")
            form.lists.setdefault(name, []).append(form.fields[name])
    return form


def _parts(
    body: bytes | bytearray, delimiter: bytes
) -> Iterator[tuple[bytes | bytearray, memoryview]]:
    """Yield the head and the content of each part.

    Raises:
        ValueError: A part has no end, or no blank line after its head.
    """
    view = memoryview(body)
    start = 0 if body.startswith(delimiter) else body.index(b"\r\n" + delimiter) + 2
    while not body.startswith(b"--", start + len(delimiter)):
        end = body.index(b"\r\n" + delimiter, start + len(delimiter))
        blank = body.index(b"\r\n\r\n", start + len(delimiter), end)
        yield body[start + len(delimiter) + 2 : blank], view[blank + 4 : end]
        start = end + 2


def _header(text: str) -> Message:
    return HeaderParser().parsestr(f"{text}\r\n\r\n")
