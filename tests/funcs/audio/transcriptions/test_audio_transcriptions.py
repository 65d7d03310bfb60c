"""What the functions for transcripts send, and what they make of an answer."""

import io
from pathlib import Path
from typing import Any

import pytest

from mistral_core import (
    APIConnectionError,
    Err,
    Failure,
    File,
    InvalidRequestError,
    MistralCore,
    Ok,
    Result,
    Unknown,
)
from mistral_core.testing import ScriptedTransport, stream_response
from mistral_funcs import audio_transcriptions_complete, audio_transcriptions_stream
from mistral_funcs.schemas import (
    TranscriptionResponse,
    TranscriptionStreamDone,
    TranscriptionStreamEventsData,
    TranscriptionStreamLanguage,
    TranscriptionStreamSegmentDelta,
    TranscriptionStreamTextDelta,
    UsageInfo,
)
from tests.funcs.wire import form, read

MODEL = "voxtral-mini-latest"
HEARD: dict[str, Any] = {"text": "Hello."}


def field(name: str, text: str) -> str:
    """Return a field of a form, as it is sent."""
    return f'--\nContent-Disposition: form-data; name="{name}"\n\n{text}\n'


def file(name: str, kind: str, text: str) -> str:
    """Return a file in a form, as it is sent."""
    head = f'Content-Disposition: form-data; name="file"; filename="{name}"\nContent-Type: {kind}'
    return f"--\n{head}\n\n{text}\n"


FORMS: dict[str, tuple[dict[str, Any], str]] = {
    "bytes": ({"file": b"sound"}, file("file", "application/octet-stream", "sound")),
    "a file with a name": (
        {"file": File(b"sound", file_name="a.mp3")},
        file("a.mp3", "audio/mpeg", "sound"),
    ),
    "an open file": (
        {"file": io.BytesIO(b"sound")},
        file("file", "application/octet-stream", "sound"),
    ),
    "a URL": ({"file_url": "https://a/b.mp3?c=d"}, field("file_url", "https://a/b.mp3?c=d")),
    "an uploaded file": ({"file_id": "f"}, field("file_id", "f")),
    "every argument": (
        {
            "file": File(b"sound", file_name="a.wav", content_type="audio/wav"),
            "file_url": "https://a",
            "file_id": "f",
            "language": "fr",
            "temperature": 0.5,
            "diarize": True,
            "context_bias": ["Zoë", "Mistral"],
            "speaker_references": {"Zoë": "AA==", 'the "other"': "AQ=="},
            "timestamp_granularities": ("segment", "word"),
        },
        field("file_url", "https://a")
        + field("file_id", "f")
        + field("language", "fr")
        + field("temperature", "0.5")
        + field("diarize", "true")
        + field("context_bias", "Zoë")
        + field("context_bias", "Mistral")
        + field("speaker_references", '{"Zoë":"AA==","the \\"other\\"":"AQ=="}')
        + field("timestamp_granularities", "segment")
        + field("timestamp_granularities", "word")
        + file("a.wav", "audio/wav", "sound"),
    ),
    "nothing": (
        {
            "file": None,
            "file_url": None,
            "file_id": None,
            "language": None,
            "temperature": None,
            "diarize": None,
            "context_bias": None,
            "speaker_references": None,
            "timestamp_granularities": None,
        },
        "",
    ),
    "no items, zero and false": (
        {"context_bias": [], "timestamp_granularities": (), "temperature": 0, "diarize": False},
        field("temperature", "0") + field("diarize", "false"),
    ),
    "no speakers": ({"speaker_references": {}}, field("speaker_references", "{}")),
    "a video that is a recording": (
        {"file": File(b"sound", file_name="talk.webm")},
        file("talk.webm", "audio/webm", "sound"),
    ),
    "values that are not yet known": (
        {"timestamp_granularities": ["phoneme"]},
        field("timestamp_granularities", "phoneme"),
    ),
}
"""Arguments, and the form that they make after the model."""


@pytest.mark.parametrize("name", FORMS)
async def test_form_is_exactly_this(name: str) -> None:
    """With or without a file; a list is repeated. Both functions send the same but `stream`."""
    arguments, expected = FORMS[name]
    whole = await form(
        lambda client: audio_transcriptions_complete(client, model=MODEL, **arguments), HEARD
    )
    for each in arguments.values():
        if isinstance(each, io.BytesIO):
            each.seek(0)
    stream = await form(
        lambda client: audio_transcriptions_stream(client, model=MODEL, **arguments), HEARD
    )
    assert whole == f"{field('model', MODEL)}{expected}----\n"
    assert stream == f"{field('stream', 'true')}{field('model', MODEL)}{expected}----\n"


async def test_a_path_is_a_file(tmp_path: Path) -> None:
    """It tells its name and its type."""
    path = tmp_path / "talk.flac"
    path.write_bytes(b"fLaC")
    told = await form(
        lambda client: audio_transcriptions_complete(client, model=MODEL, file=path), HEARD
    )
    assert 'filename="talk.flac"\nContent-Type: audio/' in told


@pytest.mark.parametrize("name", ["talk.webm", "talk.mp4", "TALK.OGG", "talk.mpeg", "talk.3gp"])
@pytest.mark.parametrize("function", [audio_transcriptions_complete, audio_transcriptions_stream])
async def test_a_recording_in_a_container_is_audio(
    name: str, function: Any, tmp_path: Path
) -> None:
    """The API refuses video."""
    path = tmp_path / name
    path.write_bytes(b"sound")
    told = await form(lambda client: function(client, model=MODEL, file=path), HEARD)
    assert f'filename="{name}"\nContent-Type: audio/' in told


@pytest.mark.parametrize("value", [{"a": object()}, {"a": float("nan")}, {"\ud800": "AA=="}])
async def test_speakers_that_are_no_json_are_refused(value: Any) -> None:
    """Before anything is sent."""
    transport = ScriptedTransport()
    result = await audio_transcriptions_complete(
        MistralCore("key", transport=transport), model=MODEL, speaker_references=value
    )
    assert isinstance(result, Err)
    assert isinstance(result.error, InvalidRequestError)
    assert transport.requests == []


async def test_a_file_that_cannot_be_read_is_told() -> None:
    """Before anything is sent."""
    transport = ScriptedTransport()
    client = MistralCore(transport=transport)
    for result in (
        await audio_transcriptions_complete(client, model=MODEL, file="no/such.mp3"),
        await audio_transcriptions_stream(client, model=MODEL, file="no/such.mp3"),
    ):
        assert isinstance(result, Err)
        assert isinstance(result.error, InvalidRequestError)
        assert result.error.param == "file"
    assert transport.requests == []


# --------------------------------------------------------------------------------------- answers

USAGE = UsageInfo(prompt_audio_seconds=2, prompt_tokens=4, total_tokens=6)


async def answered(value: object) -> Result[TranscriptionResponse, Failure]:
    """Return what `audio_transcriptions_complete` makes of an answer."""
    return await read(
        lambda client: audio_transcriptions_complete(client, model=MODEL, file_id="f"), value
    )


async def test_segment_of_another_kind_is_read() -> None:
    """There is one kind today, and its name is no reason to lose a transcript."""
    (segment,) = (
        (await answered({"text": "", "segments": [{"type": "word", "p": 1}]})).unwrap().segments
    )
    assert (segment.type, segment.additional_properties) == ("word", {"p": 1})


# ---------------------------------------------------------------------------------------- streams


async def streamed(*events: str) -> list[Result[TranscriptionStreamEventsData, Failure]]:
    """Return the items of a stream of these events."""
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
"""The pieces of a transcript, and the same as they are sent, by their names."""


async def test_stream_is_read_to_its_done_event() -> None:
    """Each piece is what its type says; the last one has the whole transcript."""
    events = [f'event: {name}\ndata: {{"type":"{name}",{told}}}' for name, told in NAMED.items()]
    assert await streamed(*events, "data: never read") == [Ok(piece) for piece in PIECES]


async def test_kind_of_an_event_may_be_told_by_its_type_or_its_name_alone() -> None:
    """Servers send either."""
    by_type = [f'data: {{"type":"{name}",{told}}}' for name, told in NAMED.items()]
    by_name = [f"event: {name}\ndata: {{{told}}}" for name, told in NAMED.items()]
    assert await streamed(*by_type) == await streamed(*by_name) == [Ok(piece) for piece in PIECES]


async def test_data_knows_its_type_better_than_the_name_of_the_event() -> None:
    """Where they differ, the data is right."""
    items = await streamed(
        'event: message\ndata: {"type":"transcription.text.delta","text":"a"}', "data: [DONE]"
    )
    assert items == [Ok(TranscriptionStreamTextDelta(text="a"))]


async def test_pieces_without_their_content_are_read() -> None:
    """They add nothing, and fail nothing; one of an unknown kind is `Unknown`."""
    items = await streamed(
        *(f'data: {{"type":"{name}"}}' for name in NAMED if name != "transcription.done"),
        'data: {"type":"transcription.noise"}',
        'data: {"type":"transcription.done","text":null}',
    )
    assert items == [
        Ok(TranscriptionStreamLanguage()),
        Ok(TranscriptionStreamTextDelta(text="")),
        Ok(TranscriptionStreamSegmentDelta()),
        Ok(Unknown({"type": "transcription.noise"})),
        Ok(TranscriptionStreamDone(text="", segments=[])),
    ]


async def test_stream_that_is_cut_short_says_so() -> None:
    """With an `Err`, the last item."""
    items = await streamed('data: {"type":"transcription.text.delta","text":"Hel"}')
    assert items[0] == Ok(TranscriptionStreamTextDelta(text="Hel"))
    assert isinstance(items[1], Err)
    assert isinstance(items[1].error, APIConnectionError)
