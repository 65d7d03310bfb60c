"""Realtime transcription: audio is sent while it is recorded, and events arrive meanwhile.

    opened = await audio_transcriptions_realtime(client, model="voxtral-mini-latest")
    async with opened.unwrap().transcribe(microphone) as events:
        async for event in events:
            ...

Enter the session itself to send and receive at your own pace. A session does not end by
itself: without `flush` or `end`, the final text is missing.
"""

import asyncio
from base64 import b64encode
from collections.abc import AsyncGenerator, AsyncIterable, AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from typing import Any, Self, final

from mistral_core import (
    UNSET,
    Err,
    Failure,
    InvalidRequestError,
    MistralCore,
    Ok,
    Operation,
    RequestOptions,
    Result,
    Unset,
)
from mistral_core.operations.kinds import Messages
from mistral_core.response.message_stream import MessageStream
from mistral_funcs.schemas.audio.realtime import AudioFormat
from mistral_funcs.schemas.audio.realtime_transcription import (
    RealtimeTranscriptionEvent,
    RealtimeTranscriptionSession,
    RealtimeTranscriptionSessionCreated,
    RealtimeTranscriptionSessionUpdated,
    TurnDetectionConfig,
)
from mistral_funcs.schemas.audio.transcriptions import TranscriptionStreamDone
from mistral_funcs.toolkit.realtime.feeding import feed
from mistral_funcs.toolkit.realtime.opening import enter, open_stream, update, without_unset

__all__ = ["RealtimeTranscription", "TranscriptionSession", "audio_transcriptions_realtime"]

CHUNK = 2**16
"""Bytes of audio in a message. The API accepts up to 262,144."""

TRANSCRIPTION: Operation[MessageStream[RealtimeTranscriptionEvent]] = Operation(
    "GET",
    "/v1/audio/transcriptions/realtime",
    returns=Messages(
        RealtimeTranscriptionEvent,
        first=RealtimeTranscriptionSessionCreated,
        last=TranscriptionStreamDone,
    ),
)


async def audio_transcriptions_realtime(
    client: MistralCore,
    *,
    model: str,
    audio_format: AudioFormat | Mapping[str, Any] | None | Unset = UNSET,
    target_streaming_delay_ms: int | None | Unset = UNSET,
    diarize: bool | None | Unset = UNSET,
    context_bias: Sequence[str] | None | Unset = UNSET,
    language: str | None | Unset = UNSET,
    speaker_references: Mapping[str, str] | None | Unset = UNSET,
    turn_detection: TurnDetectionConfig | Mapping[str, Any] | None | Unset = UNSET,
    path: str | None = None,
    options: RequestOptions | None = None,
) -> Result["RealtimeTranscription", Failure]:
    """Open a session that transcribes audio while it is recorded.

    Args:
        client: The client to use.
        model: ID of the model.
        audio_format: Format of the audio. Defaults to what the server reports in `session`.
        target_streaming_delay_ms: Delay of the transcript in milliseconds. A longer one makes it
            more accurate.
        diarize: Whether to identify speakers.
        context_bias: Words to expect in the audio.
        language: Two-letter code of the spoken language. Detected by default.
        speaker_references: Base64 recordings of speakers to recognize, keyed by speaker name.
            Requires `diarize`.
        turn_detection: Detection of turns, which sends events when a speaker starts and ends.
        path: Path of the endpoint on another server.
        options: Per-call overrides: headers, timeout, retries, server URL.

    Returns:
        The open session. Enter it, or its `transcribe(audio)`, with `async with`.
    """
    settings = without_unset(
        audio_format=audio_format,
        target_streaming_delay_ms=target_streaming_delay_ms,
        diarize=diarize,
        context_bias=context_bias,
        language=language,
        speaker_references=speaker_references,
        turn_detection=turn_detection,
    )
    opened = await open_stream(client, TRANSCRIPTION, model, settings, path, options)
    return opened.map(lambda stream: RealtimeTranscription(stream, settings))


vars(audio_transcriptions_realtime)["__operation__"] = (
    TRANSCRIPTION  # For `operation_of`, as in `Sandbox.fail`.
)


@final
class RealtimeTranscription:
    """An open transcription session, to be entered once."""

    def __init__(
        self, stream: MessageStream[RealtimeTranscriptionEvent], settings: Mapping[str, object]
    ) -> None:
        """Create a session from an open stream and the settings to send first."""
        self._stream = stream
        self._settings = settings

    async def __aenter__(self) -> "TranscriptionSession":
        """Return the session, to send audio and to iterate over events."""
        await enter(self._stream, self._settings)
        return TranscriptionSession(self._stream)

    async def __aexit__(self, *_: object) -> None:
        """Close the connection."""
        await self._stream.__aexit__()

    @asynccontextmanager
    async def transcribe(
        self, audio: AsyncIterable[bytes]
    ) -> AsyncGenerator[AsyncIterator[Result[RealtimeTranscriptionEvent, Failure]], None]:
        """Send audio in the background, and return an iterator over the events.

        The last event is `transcription.done`, or an `Err`. An error that `audio` raises is an
        `Err` too.

        Args:
            audio: Chunks of audio of any size, such as an `AudioBuffer`. A generator is closed.
        """
        async with self as session:
            self._stream.attach(asyncio.create_task(feed(audio, session, self._stream)))
            yield session


@final
class TranscriptionSession:
    """An entered transcription session: send audio, and iterate over events at the same time.

    Each event is an `Ok`; an `Err` is the last item. The iteration ends with the
    `transcription.done` that follows `end`. Waiting is safe to cancel.

    Attributes:
        session: The session, as the server last described it.
    """

    session: RealtimeTranscriptionSession

    def __init__(self, stream: MessageStream[RealtimeTranscriptionEvent]) -> None:
        """Create a session over an entered stream."""
        self._stream = stream
        first: Any = stream.first
        self.session = first.session

    async def update(
        self,
        *,
        audio_format: AudioFormat | Mapping[str, Any] | None | Unset = UNSET,
        target_streaming_delay_ms: int | None | Unset = UNSET,
        diarize: bool | None | Unset = UNSET,
        context_bias: Sequence[str] | None | Unset = UNSET,
        language: str | None | Unset = UNSET,
        speaker_references: Mapping[str, str] | None | Unset = UNSET,
        turn_detection: TurnDetectionConfig | Mapping[str, Any] | None | Unset = UNSET,
    ) -> Result[None, Failure]:
        """Change settings, before audio is sent. They are those of the function that opens it."""
        settings = without_unset(
            audio_format=audio_format,
            target_streaming_delay_ms=target_streaming_delay_ms,
            diarize=diarize,
            context_bias=context_bias,
            language=language,
            speaker_references=speaker_references,
            turn_detection=turn_detection,
        )
        return await update(self._stream, settings)

    async def append(self, audio: bytes | bytearray | memoryview) -> Result[None, Failure]:
        """Send audio, in several messages if it is long. Wait while the server is behind."""
        untyped: Any = audio
        if not isinstance(untyped, bytes | bytearray | memoryview):
            message = f"Audio must be bytes, got {type(untyped).__name__}"
            return Err(InvalidRequestError(message, "audio"))
        data = bytes(audio)
        for start in range(0, len(data), CHUNK):
            text = b64encode(data[start : start + CHUNK]).decode()
            sent = await self._stream.send({"type": "input_audio.append", "audio": text})
            if isinstance(sent, Err):
                return sent
        return Ok(None)

    async def flush(self) -> Result[None, Failure]:
        """Request the text of the audio that has been sent."""
        return await self._stream.send({"type": "input_audio.flush"})

    async def end(self) -> Result[None, Failure]:
        """End the audio. The rest of the text follows, and `transcription.done`."""
        return await self._stream.send({"type": "input_audio.end"}, last=True)

    def __aiter__(self) -> Self:
        """Iterate over the events."""
        return self

    async def __anext__(self) -> Result[RealtimeTranscriptionEvent, Failure]:
        """Return the next event, or the error that ended the session."""
        event = await anext(self._stream)
        if isinstance(event, Ok) and isinstance(event.value, RealtimeTranscriptionSessionUpdated):
            self.session = event.value.session
        return event
