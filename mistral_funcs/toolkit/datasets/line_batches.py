"""Lines of a file in batches, with bounded memory."""

from typing import BinaryIO, TypeAlias, final

import attrs

from mistral_funcs.toolkit.bounded_lines import read_line

Line: TypeAlias = tuple[int, bytes | None]
"""A line with its number, from 1. Its text is `None` if it is too long."""

MAX_BYTES = 2**24
"""Maximum length of a line, and of a batch except for its last line."""


@final
@attrs.define
class LineReader:
    """Reads lines.

    Attributes:
        file: The file, at its beginning.
        number: Number of the next line, from 1.
    """

    file: BinaryIO
    number: int = 1

    def read(self, first: int, size: int) -> list[Line]:
        """Read several lines. The result is empty at the end of the file.

        Args:
            first: Number of the first line to read.
            size: Maximum number of lines.

        Raises:
            OSError: The file cannot be read.
        """
        while self.number < first and self._next() != b"":
            pass
        lines: list[Line] = []
        total = 0
        while len(lines) < size and total < MAX_BYTES:
            number, text = self.number, self._next()
            if text == b"":
                break
            lines.append((number, text))
            total += len(text or b"")
        return lines

    def _next(self) -> bytes | None:
        """Read a line. It is empty at the end of the file, and `None` if it is too long."""
        self.number += 1
        text, _ = read_line(self.file, MAX_BYTES)
        return text
