"""The speech functions: additional fields, responses and streams."""

from base64 import b64encode
from typing import Any

import pytest

from mistral_core import (
    Err,
    EventStream,
    Failure,
    InvalidRequestError,
    MistralCore,
    ResponseValidationError,
    Result,
)
from mistral_core.testing import ScriptedTransport, stream_response
from mistral_funcs import audio_speech_complete, audio_speech_stream
from mistral_funcs.schemas import (
    SpeechResponse,
    SpeechStreamAudioDelta,
    SpeechStreamDone,
    SpeechStreamEventsData,
)
from tests.funcs.wire import read, sent

SPEECH = {"audio_data": b64encode(b"\0sound").decode()}


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        (
            {"speed": 1.25, "seed": None, "mood": {"calm": 1}},
            b'"speed":1.25,"seed":null,"mood":{"calm":1}',
        ),
        ({}, b""),
        (None, b""),
    ],
)
async def test_additional_fields_are_sent_after_the_arguments(
    fields: dict[str, object] | None, expected: bytes
) -> None:
    """Unchanged: `None` is sent as `null`."""
    request = await sent(
        lambda client: audio_speech_complete(client, input="Hi", additional_fields=fields), SPEECH
    )
    assert request.body == b'{"input":"Hi"' + (expected and b"," + expected) + b"}"


REFUSED: dict[str, object] = {
    "an argument": {"model": "m"},
    "an omitted argument": {"response_format": "wav"},
    "a constant of the stream": {"stream": True},
    "itself": {"additional_fields": {}},
    "an invalid name": {7: "x"},
    "a list": [("speed", 1)],
    "a string": "speed",
}
"""Invalid additional fields."""


@pytest.mark.parametrize("function", [audio_speech_complete, audio_speech_stream])
@pytest.mark.parametrize("name", REFUSED)
async def test_an_invalid_additional_field_is_refused(name: str, function: Any) -> None:
    """The error names the parameter, and nothing is sent."""
    transport = ScriptedTransport()
    client = MistralCore("key", transport=transport)
    result: Result[Any, Failure] = await function(
        client, input="Hi", additional_fields=REFUSED[name]
    )
    assert isinstance(result, Err)
    assert isinstance(result.error, InvalidRequestError)
    assert result.error.param == "additional_fields"
    assert transport.requests == []


async def completed(value: object) -> Result[SpeechResponse, Failure]:
    """Call `audio_speech_complete` with a scripted response."""
    return await read(lambda client: audio_speech_complete(client, input="Hi"), value)


async def test_speech_is_read() -> None:
    """Both as the received base64 string and as bytes."""
    response = (await completed({**SPEECH, "seconds": 1})).unwrap()
    assert response.audio_data == SPEECH["audio_data"]
    assert response.audio == b"\0sound"
    assert response.additional_properties == {"seconds": 1}


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ({}, "`$.audio_data` is missing"),
        ({"audio_data": None}, "`$.audio_data` is missing"),
        ({"audio_data": 7}, "`$.audio_data` must be a string, got a number"),
        ({"audio_data": "no base64!"}, "`audio_data` is not base64"),
        ({"audio_data": "AAA"}, "`audio_data` is not base64"),
    ],
)
async def test_response_without_speech_is_an_error(value: object, text: str) -> None:
    """The call fails, rather than the code that plays the speech."""
    result = await completed(value)
    assert isinstance(result, Err)
    assert isinstance(result.error, ResponseValidationError)
    assert text in result.error.message


# ------------------------------------------------------------------------------------------ streams


async def streamed(*events: str) -> list[Result[SpeechStreamEventsData, Failure]]:
    """Return the items of a stream with these events."""
    chunks = [f"{event}\n\n".encode() for event in events]
    client = MistralCore(transport=ScriptedTransport(stream_response(*chunks)))
    stream = (await audio_speech_stream(client, input="Hi")).unwrap()
    assert isinstance(stream, EventStream)
    async with stream as items:
        return [item async for item in items]


DELTA = SpeechStreamAudioDelta(audio_data=SPEECH["audio_data"])
DELTA_JSON = f'"audio_data":"{SPEECH["audio_data"]}"'
USAGE = '"usage":{"prompt_tokens":1,"completion_tokens":null,"total_tokens":3,"request_count":1}'


async def test_stream_ends_with_its_done_event() -> None:
    """The deltas make up the speech. Nothing after the last event is read."""
    items = await streamed(
        f'event: speech.audio.delta\ndata: {{"type":"speech.audio.delta",{DELTA_JSON}}}',
        f'data: {{"type":"speech.audio.delta",{DELTA_JSON}}}',
        f'event: speech.audio.done\ndata: {{"type":"speech.audio.done",{USAGE}}}',
        'data: {"type":"speech.audio.delta"}',
    )
    assert [item.unwrap() for item in items[:2]] == [DELTA, DELTA]
    assert DELTA.audio == b"\0sound"
    assert len(items) == 3
    done = items[2].unwrap()
    assert isinstance(done, SpeechStreamDone)
    assert done.type == "speech.audio.done"
    assert (done.usage.prompt_tokens, done.usage.completion_tokens) == (1, 0)
    assert done.usage.request_count == 1
