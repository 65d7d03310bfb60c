"""How the answers of the voices API are read, odd ones too."""

from datetime import UTC, datetime
from typing import Any

import pytest

from mistral_core import (
    Err,
    Headers,
    MistralCore,
    Ok,
    Response,
    ResponseValidationError,
    SDKError,
    Unknown,
)
from mistral_core.testing import ScriptedTransport, json_response
from mistral_funcs import (
    audio_voices_create,
    audio_voices_delete,
    audio_voices_get,
    audio_voices_get_sample_audio,
    audio_voices_list,
    audio_voices_update,
    paginate,
)
from mistral_funcs.schemas import VoiceListResponse, VoiceResponse
from tests.funcs.wire import CallIt, read, sent

VOICE: dict[str, Any] = {
    "name": "Zoë",
    "slug": "zoe",
    "languages": ["fr_fr"],
    "gender": "female",
    "age": 40,
    "tags": ["calm"],
    "color": "#fff",
    "description": "A voice.",
    "retention_notice": 7,
    "id": "v",
    "created_at": "2025-06-01T12:00:00Z",
    "user_id": "u",
    "trimmed_seconds": 1,
    "type": "custom",
    "kind": "of a time to come",
}
"""A voice, whole."""

MADE = datetime(2025, 6, 1, 12, tzinfo=UTC)
READ: dict[str, Any] = {**VOICE, "created_at": MADE, "trimmed_seconds": 1.0}
ZOE = VoiceResponse(**READ)

ONE: dict[str, CallIt[VoiceResponse]] = {
    "create": lambda client: audio_voices_create(client, name="n", sample_audio=""),
    "get": lambda client: audio_voices_get(client, "v"),
    "update": lambda client: audio_voices_update(client, "v"),
    "delete": lambda client: audio_voices_delete(client, "v"),
}
"""Each of the operations that give a voice, called."""


@pytest.mark.parametrize("operation", ONE)
async def test_voice_is_read_whole(operation: str) -> None:
    """Each field comes out as its Python type; a date is aware."""
    assert (await read(ONE[operation], VOICE)).unwrap() == ZOE


async def test_voice_with_only_an_id_is_read() -> None:
    """What a server leaves out or sends as `null` is `None`, or the default."""
    bare = VoiceResponse(id="v")
    assert (await read(ONE["get"], {"id": "v"})).unwrap() == bare
    assert (await read(ONE["get"], {**dict.fromkeys(VOICE), "id": "v"})).unwrap() == bare
    assert (bare.languages, bare.tags, bare.retention_notice) == ([], None, 30)


async def test_page_is_read_whole() -> None:
    """Its items are its data, as those of other lists are."""
    value = {"items": [VOICE], "total": 21, "page": 3, "page_size": 10, "total_pages": 3}
    page = (await read(audio_voices_list, {**value, "next": None})).unwrap()
    assert page == VoiceListResponse(
        items=[ZOE],
        total=21,
        page=3,
        page_size=10,
        total_pages=3,
        additional_properties={"next": None},
    )
    assert page.data == [ZOE]
    assert (await read(audio_voices_list, {"total": 0})).unwrap() == VoiceListResponse(total=0)


async def test_one_odd_voice_does_not_take_the_page_down() -> None:
    """What cannot be read stands at its place as `Unknown`."""
    page = (await read(audio_voices_list, {"items": [{"id": 7}, {"id": "v"}]})).unwrap()
    assert page.items == [Unknown({"id": 7}), VoiceResponse(id="v")]


async def test_all_voices_of_all_pages_come() -> None:
    """`paginate` counts on by what has come."""
    pages = [
        {"items": [{"id": "a"}, {"id": "b"}], "total": 3},
        {"items": [{"id": "c"}], "total": 3},
    ]
    transport = ScriptedTransport(*map(json_response, pages))
    client = MistralCore(transport=transport)
    found = [each async for each in paginate(audio_voices_list, client, limit=2, type="all")]
    assert found == [Ok(VoiceResponse(id=each)) for each in "abc"]
    assert [each.url.partition("?")[2] for each in transport.requests] == [
        "limit=2&offset=0&type=all",
        "limit=2&offset=2&type=all",
    ]


@pytest.mark.parametrize(
    ("value", "path"),
    [
        ({"name": "n"}, "$.id"),
        ({"id": "v", "age": "old"}, "$.age"),
        ({"id": "v", "created_at": "yesterday"}, "$.created_at"),
        ([], "$"),
    ],
)
async def test_wrong_field_is_named_by_its_json_path(value: object, path: str) -> None:
    """A voice without an id is an error, and says where the fault is."""
    result = await read(ONE["get"], value)
    assert isinstance(result, Err)
    assert isinstance(result.error, ResponseValidationError)
    assert result.error.path == path


async def test_recording_is_handed_on_as_it_came() -> None:
    """Bytes, with the media type that the server says."""
    headers = Headers([("content-type", "audio/wav")])
    transport = ScriptedTransport(Response(200, headers, b"RIFF\0\xff"))
    result = await audio_voices_get_sample_audio(MistralCore(transport=transport), "v")
    stream = result.unwrap()
    assert stream.content_type == "audio/wav"
    assert await stream.read() == Ok(b"RIFF\0\xff")


async def test_missing_voice_is_told_by_its_status() -> None:
    """404, in the words of the API, where a recording was asked for too."""
    gone = json_response({"detail": "Not Found"}, 404)
    client = MistralCore(transport=ScriptedTransport(gone, gone))
    for result in (
        await audio_voices_get(client, "v"),
        await audio_voices_get_sample_audio(client, "v"),
    ):
        assert isinstance(result, Err)
        assert isinstance(result.error, SDKError)
        assert result.error.status == 404


async def test_sample_is_requested_as_audio_and_streamed() -> None:
    """It is not JSON, as all other responses are."""
    request = await sent(lambda client: audio_voices_get_sample_audio(client, "v"))
    assert (request.headers["accept"], request.streamed) == ("audio/wav", True)
