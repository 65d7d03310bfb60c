"""Parsing of server-sent events, without I/O.

The parser follows the WHATWG standard with four exceptions: invalid UTF-8 is an error rather than
replaced, the last event needs no blank line, the default event name is "" rather than "message",
and an event named `error` needs no data, so that a failure is never skipped.
"""

from typing import NoReturn, final

import attrs

from mistral_core.http.messages import MAX_RESPONSE_BYTES

ERROR = "error"
"""The name of events that report a failure."""

BYTE_ORDER_MARK = b"\xef\xbb\xbf"


@final
@attrs.define  # Creating a frozen instance takes twice as long.
class ServerSentEvent:
    r"""A server-sent event.

    Attributes:
        data: The lines of data, joined by "\n".
        event: The event name. Empty if there is none.
        id: The last event ID of the stream so far. Empty if there is none.
    """

    data: str
    event: str = ""
    id: str = ""


@final
class EventParser:
    """An incremental parser of an event stream. Its time is linear in the length of the stream.

    It buffers at most one event. After an error, it raises that error again.
    """

    def __init__(self, max_event_bytes: int = MAX_RESPONSE_BYTES) -> None:
        """Start a stream.

        Args:
            max_event_bytes: Size limit of an event: the sum of its lines without line ends. A
                comment counts until it ends.
        """
        self._max_event_bytes = max_event_bytes
        self._start: bytes | None = b""  # A possible part of a byte order mark.
        self._after_cr = False
        self._line = bytearray()  # The beginning of a line that has not ended.
        self._data = bytearray()  # The lines of data, each with a line feed.
        self._event = ""
        self._id = ""
        self._size = 0
        self._fault = ""

    def feed(self, chunk: bytes) -> list[ServerSentEvent]:
        """Parse the next bytes, and return the events that they complete.

        Raises:
            ValueError: An event has more than `max_event_bytes`, or is not UTF-8. If complete
                events precede it in the same chunk, they are returned, and the next call raises.
        """
        events: list[ServerSentEvent] = []
        if not self._fault:
            try:
                self._parse(self._complete_lines(chunk), events)
            except ValueError as error:
                self._fault = str(error)
        if self._fault and not events:
            raise ValueError(self._fault)
        return events

    def finish(self) -> ServerSentEvent | None:
        """End the stream, and return the last event if it has no blank line.

        Raises:
            ValueError: As for `feed`.
        """
        return next(iter(self.feed(b"\n\n")), None)

    def _complete_lines(self, chunk: bytes) -> list[bytes]:
        """Return the lines that a chunk completes, without line ends, and buffer the rest."""
        if self._start is not None:
            chunk = self._start + chunk
            if BYTE_ORDER_MARK.startswith(chunk):
                self._start = chunk
                return []
            self._start = None
            chunk = chunk.removeprefix(BYTE_ORDER_MARK)
        if not chunk:
            return []
        after_cr, self._after_cr = self._after_cr, chunk.endswith(b"\r")
        lines = chunk.splitlines()  # For bytes, only CR, LF and CRLF end a line.
        rest = b"" if chunk.endswith((b"\n", b"\r")) else lines.pop()
        if after_cr and chunk.startswith(b"\n"):
            del lines[0]
        if lines and self._line:
            self._line += lines[0]
            lines[0] = bytes(self._line)
            self._line.clear()
        self._line += rest
        return lines

    def _parse(self, lines: list[bytes], events: list[ServerSentEvent]) -> None:  # noqa: C901
        """Parse lines, and append the events that they complete until a line is invalid."""
        data = self._data
        for line in lines:
            if not line:
                if data:
                    data.pop()  # The line feed of the last line.
                    events.append(ServerSentEvent(data.decode(), self._event, self._id))
                    data.clear()
                elif self._event == ERROR:
                    events.append(ServerSentEvent("", ERROR, self._id))
                self._event = ""
                self._size = 0
                continue
            size = self._size + len(line)
            if size > self._max_event_bytes:
                self._raise_too_large()
            name, _, value = line.partition(b":")
            if name:
                self._size = size
            if name == b"data":
                data += value.removeprefix(b" ")
                data += b"\n"
            elif name == b"event":
                self._event = value.removeprefix(b" ").decode()
            elif name == b"id" and b"\0" not in value:
                self._id = value.removeprefix(b" ").decode()
        if self._size + len(self._line) > self._max_event_bytes:
            self._raise_too_large()

    def _raise_too_large(self) -> NoReturn:
        raise ValueError(f"an event has more than {self._max_event_bytes} bytes")
