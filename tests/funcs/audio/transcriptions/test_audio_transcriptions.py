"""The transcription functions: uploads, responses and streams."""

from pathlib import Path
from typing import Any

import pytest

from mistral_core import (
    APIConnectionError,
    Err,
    Failure,
    MistralCore,
    Ok,
    Result,
)
from mistral_core.testing import ScriptedTransport, stream_response
from mistral_funcs import audio_transcriptions_complete, audio_transcriptions_stream
from mistral_funcs.schemas import (
    TranscriptionStreamDone,
    TranscriptionStreamEventsData,
    TranscriptionStreamLanguage,
    TranscriptionStreamSegmentDelta,
    TranscriptionStreamTextDelta,
    UsageInfo,
)
from tests.funcs.wire import form

MODEL = "voxtral-mini-latest"
HEARD: dict[str, Any] = {"text": "Hello."}


def file(name: str, kind: str, text: str) -> str:
    """Return the part of a form that contains a file."""
    head = f'Content-Disposition: form-data; name="file"; filename="{name}"\nContent-Type: {kind}'
    return f"--\n{head}\n\n{text}\n"


@pytest.mark.parametrize("name", ["talk.webm", "talk.mp4", "TALK.OGG", "talk.mpeg", "talk.3gp"])
@pytest.mark.parametrize("function", [audio_transcriptions_complete, audio_transcriptions_stream])
async def test_a_recording_in_a_container_is_sent_as_audio(
    name: str, function: Any, tmp_path: Path
) -> None:
    """The API refuses video."""
    path = tmp_path / name
    path.write_bytes(b"sound")
    sent_form = await form(lambda client: function(client, model=MODEL, file=path), HEARD)
    assert f'filename="{name}"\nContent-Type: audio/' in sent_form


USAGE = UsageInfo(prompt_audio_seconds=2, prompt_tokens=4, total_tokens=6)


# ------------------------------------------------------------------------------------------ streams


async def streamed(*events: str) -> list[Result[TranscriptionStreamEventsData, Failure]]:
    """Return the items of a stream with these events."""
    chunks = [f"{event}\n\n".encode() for event in events]
    client = MistralCore(transport=ScriptedTransport(stream_response(*chunks)))
    async with (
        await audio_transcriptions_stream(client, model=MODEL, file_id="f")
    ).unwrap() as items:
        return [item async for item in items]


PIECES = [
    TranscriptionStreamLanguage(audio_language="en"),
    TranscriptionStreamTextDelta(text="Hello."),
    TranscriptionStreamSegmentDelta(text="Hello.", start=0.0, end=1.5, speaker_id="speaker_1"),
    TranscriptionStreamDone(model=MODEL, text="Hello.", language="en", usage=USAGE),
]
NAMED = {
    "transcription.language": '"audio_language":"en"',
    "transcription.text.delta": '"text":"Hello."',
    "transcription.segment": '"text":"Hello.","start":0,"end":1.5,"speaker_id":"speaker_1"',
    "transcription.done": (
        f'"model":"{MODEL}","text":"Hello.","language":"en",'
        '"usage":{"prompt_audio_seconds":2,"prompt_tokens":4,"total_tokens":6}'
    ),
}
"""The events of a stream by name, as they are sent."""


async def test_type_of_an_event_is_in_its_data_or_its_name() -> None:
    """Servers send either."""
    by_type = [f'data: {{"type":"{name}",{fields}}}' for name, fields in NAMED.items()]
    by_name = [f"event: {name}\ndata: {{{fields}}}" for name, fields in NAMED.items()]
    assert await streamed(*by_type) == await streamed(*by_name) == [Ok(piece) for piece in PIECES]


async def test_type_in_the_data_precedes_the_name_of_the_event() -> None:
    """Some servers use another name."""
    items = await streamed(
        'event: message\ndata: {"type":"transcription.text.delta","text":"a"}', "data: [DONE]"
    )
    assert items == [Ok(TranscriptionStreamTextDelta(text="a"))]


async def test_truncated_stream_ends_with_an_err() -> None:
    """It is the last item."""
    items = await streamed('data: {"type":"transcription.text.delta","text":"Hel"}')
    assert items[0] == Ok(TranscriptionStreamTextDelta(text="Hel"))
    assert isinstance(items[1], Err)
    assert isinstance(items[1].error, APIConnectionError)
