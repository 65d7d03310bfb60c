"""The parser of server-sent events, sans I/O: bytes go in, events come out.

It follows the WHATWG standard with four exceptions: invalid UTF-8 is an error and not replaced, the
last event counts without its blank line, an event that names no kind has "", and an event named
`error` counts without data: a failure is never skipped.
"""

from typing import NoReturn, final

import attrs

from mistral_core.http.messages import LARGEST_ANSWER

ERROR = "error"
"""The name of the events that report a failure."""

BYTE_ORDER_MARK = b"\xef\xbb\xbf"


@final
@attrs.define  # A frozen one takes twice as long to make.
class ServerSentEvent:
    r"""Hold one event.

    Attributes:
        data: Its lines of data, joined by "\n".
        event: The name of its kind; "" is none.
        id: The last id that the stream gave, be it with an earlier event; "" is none.
    """

    data: str
    event: str = ""
    id: str = ""


@final
class EventParser:
    """Parse one stream of events, cut into chunks anywhere, in time linear in its length.

    It keeps no more than one event. After an error it gives nothing but that error.
    """

    def __init__(self, max_event_bytes: int = LARGEST_ANSWER) -> None:
        """Begin a stream.

        Args:
            max_event_bytes: The largest event, counted as its lines without their ends. A comment
                counts until it ends.
        """
        self._max_event_bytes = max_event_bytes
        self._start: bytes | None = b""  # What may be a byte order mark.
        self._after_cr = False
        self._line = bytearray()  # What has come of a line that has not ended.
        self._data = bytearray()  # Each line of data, and a line feed after each.
        self._event = ""
        self._id = ""
        self._size = 0
        self._fault = ""

    def feed(self, chunk: bytes) -> list[ServerSentEvent]:
        """Take the next bytes; return the events that they complete.

        Raises:
            ValueError: An event has more than `max_event_bytes`, or is not UTF-8. Where others
                come before it in the same chunk, they are returned, and the next call raises.
        """
        events: list[ServerSentEvent] = []
        if not self._fault:
            try:
                self._take(self._whole_lines(chunk), events)
            except ValueError as error:
                self._fault = str(error)
        if self._fault and not events:
            raise ValueError(self._fault)
        return events

    def finish(self) -> ServerSentEvent | None:
        """Take the end of the stream; return the event that was left without its blank line.

        Raises:
            ValueError: As for `feed`.
        """
        return next(iter(self.feed(b"\n\n")), None)

    def _whole_lines(self, chunk: bytes) -> list[bytes]:
        """Return the lines that a chunk ends, without their ends; keep the begun one."""
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
        lines = chunk.splitlines()  # Of bytes: at CR, LF and CRLF alone.
        rest = b"" if chunk.endswith((b"\n", b"\r")) else lines.pop()
        if after_cr and chunk.startswith(b"\n"):
            del lines[0]
        if lines and self._line:
            self._line += lines[0]
            lines[0] = bytes(self._line)
            self._line.clear()
        self._line += rest
        return lines

    def _take(self, lines: list[bytes], events: list[ServerSentEvent]) -> None:  # noqa: C901
        """Add the events that lines complete, as far as they can be read."""
        data = self._data
        for line in lines:
            if not line:
                if data:
                    data.pop()  # The line feed after the last.
                    events.append(ServerSentEvent(data.decode(), self._event, self._id))
                    data.clear()
                elif self._event == ERROR:
                    events.append(ServerSentEvent("", ERROR, self._id))
                self._event = ""
                self._size = 0
                continue
            size = self._size + len(line)
            if size > self._max_event_bytes:
                self._refuse()
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
            self._refuse()

    def _refuse(self) -> NoReturn:
        raise ValueError(f"an event has more than {self._max_event_bytes} bytes")
