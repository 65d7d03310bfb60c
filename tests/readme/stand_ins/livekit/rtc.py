"""A stand-in for `livekit.rtc`: the names that the guide uses, with an agent in place of a server.

`tests.readme.livekit_names` compares names, parameters and values with those of the package.
"""

import asyncio
import inspect
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine, Mapping
from dataclasses import dataclass
from typing import Any, ClassVar, Literal

EventTypes = Literal["data_received", "disconnected", "participant_connected", "track_subscribed"]
RpcHandler = Callable[["RpcInvocationData"], Awaitable[str]]


class ParticipantKind:
    """Kinds of participants."""

    PARTICIPANT_KIND_STANDARD = 0
    PARTICIPANT_KIND_AGENT = 4


class TrackKind:
    """Kinds of tracks."""

    KIND_AUDIO = 1
    KIND_VIDEO = 2


class TrackSource:
    """Sources of tracks."""

    SOURCE_MICROPHONE = 2


class TrackPublishOptions:
    """Options of a published track."""

    def __init__(self, *, source: int | None = None) -> None:
        """Set the source."""
        self.source = source


class ConnectError(Exception):
    """The room cannot be joined."""

    def __init__(self, message: str) -> None:
        """Set the message."""
        super().__init__(message)
        self.message = message


class RpcError(Exception):
    """An error that the caller of a method receives."""

    def __init__(self, code: int, message: str, data: str | None = None) -> None:
        """Set the code and the message."""
        super().__init__(message)
        self._code, self._message, self._data = code, message, data

    @property
    def code(self) -> int:
        """The code."""
        return self._code

    @property
    def message(self) -> str:
        """The message."""
        return self._message


@dataclass
class RpcInvocationData:
    """A call of a method."""

    request_id: str
    caller_identity: str
    payload: str
    response_timeout: float
    method: str = ""
    cancel_reason: int | None = None


class AudioFrame:
    """A frame of 16-bit audio."""

    def __init__(
        self,
        data: bytes | bytearray | memoryview,
        sample_rate: int,
        num_channels: int,
        samples_per_channel: int,
        *,
        userdata: dict[str, Any] | None = None,
    ) -> None:
        """Check and hold the samples."""
        if len(data) < num_channels * samples_per_channel * 2 or len(data) % 2:
            raise ValueError("data length must be >= num_channels * samples_per_channel * 2")
        self._data = bytes(data)
        self._sample_rate = sample_rate
        del userdata

    @property
    def data(self) -> memoryview:
        """The samples, as integers."""
        return memoryview(self._data).cast("h")

    @property
    def sample_rate(self) -> int:
        """The sample rate."""
        return self._sample_rate


@dataclass
class AudioFrameEvent:
    """A frame that was received."""

    frame: AudioFrame


class AudioSource:
    """The audio of a local track."""

    def __init__(
        self,
        sample_rate: int,
        num_channels: int,
        queue_size_ms: int = 1000,
        loop: asyncio.AbstractEventLoop | None = None,
    ) -> None:
        """Start without frames."""
        self._format = sample_rate, num_channels
        self._frames: list[AudioFrame] = []
        del queue_size_ms, loop

    async def capture_frame(self, frame: AudioFrame) -> None:
        """Send a frame."""
        self._frames.append(frame)
        await asyncio.sleep(0)

    async def aclose(self) -> None:
        """Free resources."""
        self._frames.append(AudioFrame(b"", 1, 1, 0))


class Track:
    """A track."""

    def __init__(self, name: str, kind: int) -> None:
        """Set the name and the kind."""
        self._name, self._kind = name, kind

    @property
    def name(self) -> str:
        """The name."""
        return self._name

    @property
    def kind(self) -> int:
        """The kind."""
        return self._kind


class LocalAudioTrack(Track):
    """A track of this participant."""

    _source: AudioSource

    @staticmethod
    def create_audio_track(name: str, source: AudioSource) -> "LocalAudioTrack":
        """Return a track for a source."""
        track = LocalAudioTrack(name, TrackKind.KIND_AUDIO)
        track._source = source
        return track


class RemoteAudioTrack(Track):
    """A track of another participant, with its frames."""

    _frames: tuple[bytes, ...] = ()


class AudioStream:
    """The frames of a track."""

    def __init__(  # noqa: PLR0917 - as in the package
        self,
        track: Track,
        loop: asyncio.AbstractEventLoop | None = None,
        capacity: int = 0,
        sample_rate: int = 48000,
        num_channels: int = 1,
        frame_size_ms: int | None = None,
        noise_cancellation: Any = None,
        auto_close_noise_cancellation: bool = True,  # noqa: FBT001, FBT002 - as in the package
        **kwargs: Any,
    ) -> None:
        """Start with all frames of the track."""
        frames: tuple[bytes, ...] = getattr(track, "_frames", ())
        self._left = [
            AudioFrame(each, sample_rate, num_channels, len(each) // 2) for each in frames
        ]
        del loop, capacity, frame_size_ms, noise_cancellation, auto_close_noise_cancellation, kwargs

    def __aiter__(self) -> AsyncIterator[AudioFrameEvent]:
        """Return the stream itself."""
        return self

    async def __anext__(self) -> AudioFrameEvent:
        """Return the next frame."""
        if not self._left:
            raise StopAsyncIteration
        return AudioFrameEvent(self._left.pop(0))

    async def aclose(self) -> None:
        """Free resources."""
        self._left.clear()


class Participant:
    """A participant."""

    def __init__(self, identity: str, kind: int) -> None:
        """Set the identity and the kind."""
        self._identity, self._kind = identity, kind

    @property
    def identity(self) -> str:
        """The identity."""
        return self._identity

    @property
    def kind(self) -> int:
        """The kind."""
        return self._kind


class RemoteParticipant(Participant):
    """Another participant, with what it does when it is called."""

    _handlers: Mapping[str, Callable[[str], str]] = {}


class LocalParticipant(Participant):
    """This participant."""

    def __init__(self, room: "Room") -> None:
        """Start without methods and tracks."""
        super().__init__("user", ParticipantKind.PARTICIPANT_KIND_STANDARD)
        self._room = room
        self._rpc_handlers: dict[str, RpcHandler] = {}
        self._tracks: list[tuple[LocalAudioTrack, TrackPublishOptions | None]] = []

    def register_rpc_method(self, method_name: str, handler: RpcHandler | None = None) -> Any:
        """Set what is called for a method."""
        assert handler is not None
        self._rpc_handlers[method_name] = handler

    async def perform_rpc(
        self,
        *,
        destination_identity: str,
        method: str,
        payload: str,
        response_timeout: float | None = None,
        max_round_trip_latency: float | None = None,
    ) -> str:
        """Call a method of another participant."""
        del response_timeout, max_round_trip_latency
        participant = self._room.remote_participants[destination_identity]
        return participant._handlers[method](payload)

    async def publish_track(
        self, track: LocalAudioTrack, options: TrackPublishOptions | None = None
    ) -> None:
        """Publish a track."""
        self._tracks.append((track, options))


@dataclass
class DataPacket:
    """Data from another participant."""

    data: bytes
    kind: int
    participant: RemoteParticipant | None
    topic: str | None = None


class Room:
    """A room. What others do in it is a coroutine function that a test sets."""

    _script: ClassVar[Callable[["Room"], Coroutine[Any, Any, None]]]

    def __init__(self, loop: asyncio.AbstractEventLoop | None = None) -> None:
        """Start outside of the room."""
        self._listeners: dict[str, list[Callable[..., Any]]] = {}
        self._local_participant: LocalParticipant | None = None
        self._remote_participants: dict[str, RemoteParticipant] = {}
        self._joined_with: tuple[str, str] = ("", "")
        self._others: asyncio.Task[None] | None = None
        del loop

    @property
    def local_participant(self) -> LocalParticipant:
        """This participant."""
        if self._local_participant is None:
            raise RuntimeError("cannot access local participant before connecting")
        return self._local_participant

    @property
    def remote_participants(self) -> Mapping[str, RemoteParticipant]:
        """The others, by identity."""
        return self._remote_participants

    def on(self, event: EventTypes, callback: Callable[..., Any] | None = None) -> Any:
        """Call a function at each event."""
        assert callback is not None
        self._listeners.setdefault(event, []).append(callback)

    async def connect(self, url: str, token: str, options: Any = None) -> None:
        """Join the room, in which the script starts."""
        del options
        self._joined_with = url, token
        self._local_participant = LocalParticipant(self)
        self._others = asyncio.create_task(type(self)._script(self))

    async def disconnect(self, *, reason: int = 1) -> None:
        """Leave the room."""
        if self._others is not None and not self._others.done():
            self._others.cancel()
            self._emit("disconnected", reason)

    def _emit(self, event: EventTypes, *args: Any) -> None:
        """Call what listens to an event, with as many arguments as each takes."""
        for callback in self._listeners.get(event, ()):
            callback(*args[: len(inspect.signature(callback).parameters)])
