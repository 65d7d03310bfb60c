"""Lines of files, with bounded memory."""

from typing import BinaryIO


def read_line(file: BinaryIO, limit: int) -> tuple[bytes | None, int]:
    """Read a line and return it with its number of bytes, which is 0 at the end of the file.

    Args:
        file: The file.
        limit: Bytes to hold in memory. A longer line is skipped and returned as `None`.

    Raises:
        OSError: The file cannot be read.
    """
    line = file.readline(limit)
    size = len(line)
    if size < limit or line.endswith(b"\n"):
        return line, size
    while part := file.readline(limit):
        size += len(part)
        if part.endswith(b"\n"):
            break
    return None, size
