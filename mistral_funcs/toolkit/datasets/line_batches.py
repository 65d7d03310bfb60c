"""Lines of a file in batches, with bounded memory."""

from typing import BinaryIO, TypeAlias

Line: TypeAlias = tuple[int, bytes | None]
"""A line with its number, from 1. Its text is `None` if it is too long."""

MAX_BYTES = 2**24
"""Maximum length of a line, and of a batch except for its last line."""


def open_at(path: str, line: int) -> BinaryIO:
    """Open a file at a line.

    Raises:
        OSError: The file cannot be opened or read.
        ValueError: The path is invalid.
    """
    file = open(path, "rb")  # noqa: SIM115, PTH123 - the caller closes it
    try:
        for _ in range(line - 1):
            _read_line(file)
    except BaseException:
        file.close()
        raise
    return file


def read_batch(file: BinaryIO, first: int, size: int) -> list[Line]:
    """Read the next lines, of which the first has this number. None are left if it is empty."""
    lines: list[Line] = []
    total = 0
    while len(lines) < size and total < MAX_BYTES:
        text = _read_line(file)
        if text == b"":
            break
        lines.append((first + len(lines), text))
        total += len(text or b"")
    return lines


def _read_line(file: BinaryIO) -> bytes | None:
    """Read a line. It is empty at the end of the file, and `None` if it is too long."""
    text = file.readline(MAX_BYTES)
    if len(text) < MAX_BYTES or text.endswith(b"\n"):
        return text
    while part := file.readline(MAX_BYTES):
        if part.endswith(b"\n"):
            break
    return None
