"""What the functions for speech make of a response, whole and as a stream."""

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
async def test_additional_fields_follow_the_arguments(
    fields: dict[str, object] | None, expected: bytes
) -> None:
    """As they are: `None` is sent as `null`."""
    request = await sent(
        lambda client: audio_speech_complete(client, input="Hi", additional_fields=fields), SPEECH
    )
    assert request.body == b'{"input":"Hi"' + (expected and b"," + expected) + b"}"


REFUSED: dict[str, object] = {
    "an argument": {"model": "m"},
    "an argument that was left out": {"response_format": "wav"},
    "what only the stream has": {"stream": True},
    "itself": {"additional_fields": {}},
    "a name that is none": {7: "x"},
    "a list": [("speed", 1)],
    "a string": "speed",
}
"""Additional fields that are refused."""


@pytest.mark.parametrize("function", [audio_speech_complete, audio_speech_stream])
@pytest.mark.parametrize("name", REFUSED)
async def test_an_additional_field_that_is_no_additional_one_is_refused(
    name: str, function: Any
) -> None:
    """With an error that names it; nothing is sent."""
    transport = ScriptedTransport()
    client = MistralCore("key", transport=transport)
    result: Result[Any, Failure] = await function(
        client, input="Hi", additional_fields=REFUSED[name]
    )
    assert isinstance(result, Err)
    assert isinstance(result.error, InvalidRequestError)
    assert result.error.param == "additional_fields"
    assert transport.requests == []


async def answered(value: object) -> Result[SpeechResponse, Failure]:
    """Return what `audio_speech_complete` makes of an answer."""
    return await read(lambda client: audio_speech_complete(client, input="Hi"), value)


async def test_speech_is_read() -> None:
    """As base64, which is what came, and as bytes."""
    response = (await answered({**SPEECH, "seconds": 1})).unwrap()
    assert response.audio_data == SPEECH["audio_data"]
    assert response.audio == b"\0sound"
    assert response.additional_properties == {"seconds": 1}


@pytest.mark.parametrize(
    ("value", "told"),
    [
        ({}, "`$.audio_data` is missing"),
        ({"audio_data": None}, "`$.audio_data` is missing"),
        ({"audio_data": 7}, "`$.audio_data` must be a string, got a number"),
        ({"audio_data": "no base64!"}, "`audio_data` is not base64"),
        ({"audio_data": "AAA"}, "`audio_data` is not base64"),
    ],
)
async def test_answer_without_speech_is_an_error(value: object, told: str) -> None:
    """Here, and not where the speech is played."""
    result = await answered(value)
    assert isinstance(result, Err)
    assert isinstance(result.error, ResponseValidationError)
    assert told in result.error.message


# ---------------------------------------------------------------------------------------- streams


async def streamed(*events: str) -> list[Result[SpeechStreamEventsData, Failure]]:
    """Return the items of a stream of these events."""
    chunks = [f"{event}\n\n".encode() for event in events]
    client = MistralCore(transport=ScriptedTransport(stream_response(*chunks)))
    stream = (await audio_speech_stream(client, input="Hi")).unwrap()
    assert isinstance(stream, EventStream)
    async with stream as items:
        return [item async for item in items]


DELTA = SpeechStreamAudioDelta(audio_data=SPEECH["audio_data"])
DELTA_JSON = f'"audio_data":"{SPEECH["audio_data"]}"'
USAGE = '"usage":{"prompt_tokens":1,"completion_tokens":null,"total_tokens":3,"request_count":1}'


async def test_stream_is_read_to_its_done_event() -> None:
    """The pieces make up the speech; what comes after the end is not waited for."""
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
