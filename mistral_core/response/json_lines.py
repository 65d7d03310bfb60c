"""Parsing of JSON lines, without I/O."""

from typing import final

from mistral_core.http.messages import MAX_RESPONSE_BYTES
from mistral_core.response.sse import ServerSentEvent

BYTE_ORDER_MARK = b"\xef\xbb\xbf"


@final
class LineParser:
    """An incremental parser of JSON lines. Blank lines are skipped."""

    def __init__(self, max_line_bytes: int = MAX_RESPONSE_BYTES) -> None:
        """Start a stream.

        Args:
            max_line_bytes: Size limit of a line.
        """
        self._max_line_bytes = max_line_bytes
        self._line = bytearray()

    def feed(self, chunk: bytes) -> list[ServerSentEvent]:
        """Parse the next bytes, and return the lines that they complete.

        Raises:
            ValueError: A line has more than `max_line_bytes`, or is not UTF-8.
        """
        *lines, rest = chunk.split(b"\n")
        events: list[ServerSentEvent] = []
        for line in lines:
            self._line += line
            events += self._event()
        self._line += rest
        if len(self._line) > self._max_line_bytes:
            raise ValueError(f"a line has more than {self._max_line_bytes} bytes")
        return events

    def finish(self) -> ServerSentEvent | None:
        """End the stream, and return the last line if it has no line end.

        Raises:
            ValueError: As for `feed`.
        """
        return next(iter(self._event()), None)

    def _event(self) -> list[ServerSentEvent]:
        line = bytes(self._line.removeprefix(BYTE_ORDER_MARK).strip())
        self._line.clear()
        if len(line) > self._max_line_bytes:
            raise ValueError(f"a line has more than {self._max_line_bytes} bytes")
        return [ServerSentEvent(line.decode())] if line else []
