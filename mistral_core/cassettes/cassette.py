"""The transport that records traffic to a file, and replays it."""

from collections.abc import Callable, Collection
from os import PathLike
from pathlib import Path
from threading import Lock
from typing import Any, Literal, Self, TypeAlias, final, get_args

from mistral_core.cassettes.cassette_file import Writer, load
from mistral_core.cassettes.comparing import Parts, parts_of
from mistral_core.cassettes.contents import request_content
from mistral_core.cassettes.exchange import Exchange, cleaned_request, sent_request
from mistral_core.cassettes.playback import Playback, Recorded, title
from mistral_core.cassettes.recorder import body_of, buffered, record_exchange
from mistral_core.cassettes.replayer import replay
from mistral_core.cassettes.scrubbing import Scrubber
from mistral_core.errors import APIConnectionError, InvalidRequestError
from mistral_core.http.messages import Request, Response, Transport

Record: TypeAlias = Literal["none", "once", "new", "all"]
"""When a cassette records: never, without a file, if a request is not in the file, or always."""


@final
class Cassette:
    """A transport that records traffic to a file, and replays it without network access.

    Enter it with `with`, and pass it to a client as `transport`. Leaving the block writes what was
    recorded, unless the block raises. A request that is not in the recording returns an `Err` that
    shows the nearest recorded request. Several clients can share a cassette.

    Attributes:
        path: The file. Large binary content is in the folder `<name>.files` beside it.
    """

    def __init__(
        self,
        path: str | PathLike[str],
        *,
        record: Record = "none",
        strict: bool = False,
        timed: bool = False,
        secrets: Collection[str] = (),
        ignore: Collection[str] = (),
        redact: Callable[[str], str] | None = None,
        transport: Transport | None = None,
    ) -> None:
        """Configure a cassette. Nothing is read or sent before it is entered.

        Args:
            path: The file.
            record: `"none"` only replays. `"once"` records if the file does not exist, and replays
                otherwise. `"new"` replays the requests in the file and records all others. `"all"`
                records all requests and replaces the file.
            strict: Whether requests must be made in the recorded order. Ignored with `"new"`.
            timed: Whether a replay takes the recorded time. Otherwise it is immediate, and
                `Retry-After` is zero.
            secrets: Additional names of headers, query parameters and fields whose value is hidden.
            ignore: Names of query parameters and fields to ignore when requests are compared.
            redact: A function to apply to all strings that are written, and to each line of a
                stream. Requests are compared in their redacted form.
            transport: The transport to record. Defaults to that of a client without `transport`.

        Raises:
            ValueError: `record` is not one of these values.
        """
        if record not in get_args(Record):
            raise ValueError(f"`record` must be one of {', '.join(get_args(Record))}: {record!r}")
        self.path = Path(path)
        self._record: Record = record
        self._strict = strict and record != "new"
        self._timed = timed
        self._ignore = frozenset(ignore)
        self._scrubber = Scrubber(secrets, redact)
        self._transport = transport
        self._lock = Lock()
        self._playback: Playback | None = None
        self._recorded: list[Exchange] = []
        self._entered = self._discarded = False

    def __enter__(self) -> Self:
        """Read the file, if it is replayed.

        Raises:
            ValueError: The file is not a complete recording.
            OSError: The file cannot be read.
        """
        self._playback, self._recorded, self._discarded = None, [], False
        if self._replays_only or self._record == "new":
            loaded = load(self.path) if self.path.exists() else []
            exchanges = [
                Recorded(number, each, self._parts(each.request))
                for number, each in enumerate(loaded, 1)
            ]
            self._playback = Playback(self.path, self._strict, exchanges)
        self._entered = True
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        """Write what was recorded, unless the block raised or `discard` was called.

        Raises:
            OSError: The file cannot be written.
        """
        self._entered = False
        if kind is None and self._recorded and not self._discarded:
            loaded = self._playback.exchanges if self._playback else ()
            exchanges = [
                each.complete() for each in (*(each.exchange for each in loaded), *self._recorded)
            ]
            for each in exchanges:  # Finds the secrets that also occur in earlier exchanges.
                each.cleaned(self._scrubber)
            Writer(self.path).write(each.cleaned(self._scrubber) for each in exchanges)

    def discard(self) -> None:
        """Discard what was recorded: nothing is written when the block ends."""
        self._discarded = True

    @property
    def unplayed(self) -> tuple[str, ...]:
        """The recorded requests that have not been replayed, such as `GET /v1/models`."""
        unplayed = self._playback.unplayed if self._playback else ()
        return tuple(title(each.parts).strip("`") for each in unplayed)

    @property
    def api_key(self) -> str | None:
        """The API key for clients without one. A replay needs no real key."""
        return "replay" if self._replays_only else getattr(self._transport, "api_key", None)

    @property
    def _replays_only(self) -> bool:
        return self._record == "none" or (self._record == "once" and self.path.exists())

    async def send(self, request: Request) -> Response:
        """Replay the response to a request, or send the request and record the exchange.

        Raises:
            APIConnectionError: The request is not in the recording, or this error was recorded.
            InvalidRequestError: The cassette has not been entered.
        """
        if not self._entered:
            message = "The cassette is not open. Enter it first: `with Cassette(...) as cassette:`"
            raise InvalidRequestError(message)
        self._scrubber.learn(request.authorization)
        if self._playback is not None:
            request = await buffered(request)
            parts = self._parts(sent_request(request, body_of(request)))
            with self._lock:
                exchange = self._playback.take(parts)
            if exchange is not None:
                return await replay(exchange, request, self._message, timed=self._timed)
            if self._record != "new":
                message = self._playback.describe_unknown(parts)
                raise APIConnectionError(message, sent=False, temporary=False)
        exchange = Exchange(sent_request(request, body_of(request)))
        with self._lock:
            self._recorded.append(exchange)
        return await record_exchange(exchange, request, self._inner())

    def _inner(self) -> Transport:
        if self._transport is None:
            from mistral_core.transports.aiohttp import AiohttpTransport  # noqa: PLC0415

            self._transport = AiohttpTransport()
        return self._transport

    async def aclose(self) -> None:
        """Close the connections, unless a request or a stream of another client is in progress."""
        if self._transport is not None and all(each.ended for each in self._recorded):
            await self._transport.aclose()

    def _parts(self, request: dict[str, Any]) -> Parts:
        """Return the values of a request to compare. Cleaning it twice removes repeated secrets."""
        cleaned_request(request, self._scrubber)
        return parts_of(cleaned_request(request, self._scrubber), self._ignore)

    def _message(self, data: bytes) -> Any:
        """Return a WebSocket message as JSON without secrets."""
        return self._scrubber.clean_content(request_content(data, ""))
