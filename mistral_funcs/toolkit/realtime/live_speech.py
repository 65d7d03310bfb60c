"""Realtime speech: text is sent while it is written, and audio arrives meanwhile.

    opened = await audio_speech_realtime(client, model="voxtral-mini-tts-latest", voice="en_paul")
    async with opened.unwrap().speak(words) as audio:
        async for chunk in audio:
            ...

Enter the session itself to send and receive at your own pace. A session does not end by
itself: without `flush` or `end`, the last words are not spoken.
"""

import asyncio
from collections.abc import AsyncGenerator, AsyncIterable, AsyncIterator, Mapping
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
from mistral_funcs.schemas.audio.realtime import StreamingMode
from mistral_funcs.schemas.audio.realtime_speech import (
    RealtimeSpeechEvent,
    RealtimeSpeechSession,
    RealtimeSpeechSessionCreated,
    RealtimeSpeechSessionUpdated,
)
from mistral_funcs.schemas.audio.speech import (
    SpeechOutputFormat,
    SpeechStreamAudioDelta,
    SpeechStreamDone,
)
from mistral_funcs.toolkit.realtime.feeding import feed
from mistral_funcs.toolkit.realtime.opening import enter, open_stream, update, without_unset

__all__ = ["RealtimeSpeech", "SpeechSession", "audio_speech_realtime"]

SPEECH: Operation[MessageStream[RealtimeSpeechEvent]] = Operation(
    "GET",
    "/v1/audio/speech/realtime",
    returns=Messages(
        RealtimeSpeechEvent, first=RealtimeSpeechSessionCreated, last=SpeechStreamDone
    ),
)


async def audio_speech_realtime(
    client: MistralCore,
    *,
    model: str,
    voice: str | None | Unset = UNSET,
    ref_audio: str | None | Unset = UNSET,
    streaming_mode: StreamingMode | None | Unset = UNSET,
    response_format: SpeechOutputFormat | None | Unset = UNSET,
    expressiveness: float | None | Unset = UNSET,
    path: str | None = None,
    options: RequestOptions | None = None,
) -> Result["RealtimeSpeech", Failure]:
    """Open a session that speaks text while it is written.

    Args:
        client: The client to use.
        model: ID of the model.
        voice: ID of a preset or custom voice. An unknown one ends the session with an
            `APIConnectionError` that contains the server's reason.
        ref_audio: Reference recording of a voice in base64, instead of `voice`.
        streaming_mode: When speech is generated: early (`"responsive"`) or from long passages
            (`"long_form"`).
        response_format: Audio format. Defaults to what the server reports in `session`.
        expressiveness: Expressiveness of the speech. At least 1.
        path: Path of the endpoint on another server.
        options: Per-call overrides: headers, timeout, retries, server URL.

    Returns:
        The open session. Enter it, or its `speak(text)`, with `async with`.
    """
    settings = without_unset(
        voice=voice,
        ref_audio=ref_audio,
        streaming_mode=streaming_mode,
        response_format=response_format,
        expressiveness=expressiveness,
    )
    opened = await open_stream(client, SPEECH, model, settings, path, options)
    return opened.map(lambda stream: RealtimeSpeech(stream, settings))


vars(audio_speech_realtime)["__operation__"] = SPEECH  # For `operation_of`, as in `Sandbox.fail`.


@final
class RealtimeSpeech:
    """An open speech session, to be entered once."""

    def __init__(
        self, stream: MessageStream[RealtimeSpeechEvent], settings: Mapping[str, object]
    ) -> None:
        """Create a session from an open stream and the settings to send first."""
        self._stream = stream
        self._settings = settings

    async def __aenter__(self) -> "SpeechSession":
        """Return the session, to send text and to iterate over events."""
        await enter(self._stream, self._settings)
        return SpeechSession(self._stream)

    async def __aexit__(self, *_: object) -> None:
        """Close the connection."""
        await self._stream.__aexit__()

    @asynccontextmanager
    async def speak(
        self, text: AsyncIterable[str]
    ) -> AsyncGenerator[AsyncIterator[Result[bytes, Failure]], None]:
        """Send text in the background, and return an iterator over the audio.

        Each chunk is an `Ok`; an `Err` is the last item. An error that `text` raises is an `Err`
        too: a failure, such as that of an agent's stream, is reported unchanged.

        Args:
            text: Parts of the text, as they are written. A generator is closed.
        """
        async with self as session:
            self._stream.attach(asyncio.create_task(feed(text, session, self._stream)))
            yield _Audio(session)


@final
class SpeechSession:
    """An entered speech session: send text, and iterate over events at the same time.

    Each event is an `Ok`; an `Err` is the last item. The iteration ends with the
    `speech.audio.done` that follows `end`. Waiting is safe to cancel.

    Attributes:
        session: The session, as the server last described it.
    """

    session: RealtimeSpeechSession

    def __init__(self, stream: MessageStream[RealtimeSpeechEvent]) -> None:
        """Create a session over an entered stream."""
        self._stream = stream
        first: Any = stream.first
        self.session = first.session

    async def update(
        self,
        *,
        voice: str | None | Unset = UNSET,
        ref_audio: str | None | Unset = UNSET,
        streaming_mode: StreamingMode | None | Unset = UNSET,
        response_format: SpeechOutputFormat | None | Unset = UNSET,
        expressiveness: float | None | Unset = UNSET,
    ) -> Result[None, Failure]:
        """Change settings. They are those of the function that opens the session."""
        settings = without_unset(
            voice=voice,
            ref_audio=ref_audio,
            streaming_mode=streaming_mode,
            response_format=response_format,
            expressiveness=expressiveness,
        )
        return await update(self._stream, settings)

    async def append(self, text: str) -> Result[None, Failure]:
        """Send text. Wait while the server is behind."""
        untyped: Any = text
        if not isinstance(untyped, str):
            message = f"Text must be a string, got {type(untyped).__name__}"
            return Err(InvalidRequestError(message, "text"))
        return await self._stream.send({"type": "input_text.append", "text": text})

    async def flush(self, text: str | None = None) -> Result[None, Failure]:
        """Request the speech of the text that has been sent, and of this text."""
        return await self._stream.send({"type": "input_text.flush", "text": text})

    async def end(self) -> Result[None, Failure]:
        """End the text. The rest of the audio follows, and `speech.audio.done`."""
        return await self._stream.send({"type": "input_text.end"}, last=True)

    def __aiter__(self) -> Self:
        """Iterate over the events."""
        return self

    async def __anext__(self) -> Result[RealtimeSpeechEvent, Failure]:
        """Return the next event, or the error that ended the session."""
        event = await anext(self._stream)
        if isinstance(event, Ok) and isinstance(event.value, RealtimeSpeechSessionUpdated):
            self.session = event.value.session
        return event


@final
class _Audio:
    """The audio of a session's events."""

    def __init__(self, session: SpeechSession) -> None:
        self._session = session

    def __aiter__(self) -> Self:
        return self

    async def __anext__(self) -> Result[bytes, Failure]:
        while True:
            event = await anext(self._session)
            if isinstance(event, Err):
                return event
            if isinstance(event.value, SpeechStreamAudioDelta):
                return Ok(event.value.audio)
