"""Bodies as JSON values that are readable in a recording: JSON, text, forms, binary content."""

import json
import re
from collections.abc import Iterable
from typing import Any, TypeAlias

Content: TypeAlias = dict[str, Any]
"""A body, under the key `json`, `text`, `parts` or `binary`. Only `binary` contains bytes."""

COMPACT = (",", ":")
SPACED = (", ", ": ")
"""Separators of JSON: as most servers write it, and as `json.dumps` does."""

MAX_DEPTH = 100
"""Maximum depth of JSON that is recorded as JSON. Deeper JSON is recorded as text."""

BOUNDARY = re.compile(r"multipart/form-data;.*?boundary=\"?([^\";]+)", re.IGNORECASE)
PARAMETER = re.compile(r"\b(name|filename)=\"([^\"]*)\"")
TYPE = re.compile(r"^content-type:\s*(.*?)\s*$", re.IGNORECASE | re.MULTILINE)
CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")


def decode_shallow(text: str | bytes) -> Any:
    """Decode JSON that is not nested deeply.

    Raises:
        ValueError: The text is not JSON, or is nested too deeply.
    """
    try:
        value: Any = json.loads(text)
    except RecursionError as error:
        raise ValueError("nested too deeply") from error
    _check_depth(value, MAX_DEPTH)
    return value


def _check_depth(value: Any, depth: int) -> None:
    if not depth:
        raise ValueError("nested too deeply")
    children: Iterable[Any] = ()
    if value.__class__ is dict:
        children = value.values()
    elif value.__class__ is list:
        children = value
    for each in children:
        _check_depth(each, depth - 1)


def encode(value: Any, separators: tuple[str, str] = COMPACT) -> str:
    """Encode a JSON value without escaping non-ASCII characters."""
    return json.dumps(value, ensure_ascii=False, separators=separators)


def content_of(data: bytes) -> Content:
    """Return the content of a response. `bytes_of` converts it back to the same bytes."""
    if data[:1] in (b"{", b"["):
        try:
            value = decode_shallow(data)
            text = data.decode()
            if text == encode(value):
                return {"json": value}
            if text == encode(value, SPACED):
                return {"json": value, "spaced": True}
        except ValueError:
            pass
    return _plain(data)


def _plain(data: bytes) -> Content:
    try:
        text = data.decode()
    except UnicodeDecodeError:
        return {"binary": data}
    return {"binary": data} if CONTROLS.search(text) else {"text": text}


def bytes_of(content: Content) -> bytes:
    """Return the bytes of content without parts."""
    if "json" in content:
        separators = SPACED if content.get("spaced") else COMPACT
        return encode(content["json"], separators).encode()
    if "text" in content:
        text: str = content["text"]
        return text.encode()
    binary: bytes = content["binary"]
    return binary


def request_content(data: bytes, content_type: str) -> Content:
    """Return the content of a request, without boundaries and insignificant whitespace."""
    if boundary := BOUNDARY.match(content_type):
        return {"parts": [_part(each) for each in _split(data, boundary[1].encode())]}
    try:
        return {"json": decode_shallow(data)}
    except ValueError:
        return _plain(data)


def _split(data: bytes, boundary: bytes) -> list[bytes]:
    """Return the parts between the boundaries, without the line ends of the boundaries."""
    delimiter = b"\r\n--" + boundary
    parts = (b"\r\n" + data).split(delimiter)[1:]
    return [part[2:] for part in parts if part.startswith(b"\r\n")]


def _part(data: bytes) -> Content:
    head, _, body = data.partition(b"\r\n\r\n")
    text = head.decode(errors="replace")
    part: Content = {"name": "", **dict(PARAMETER.findall(text))}
    if "filename" in part and (content_type := TYPE.search(text)):
        part["type"] = content_type[1]
    return part | _plain(body)
