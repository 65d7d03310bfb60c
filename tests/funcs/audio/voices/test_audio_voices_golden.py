"""What the functions for voices send, to the byte."""

from collections.abc import Awaitable, Callable
from typing import TypeAlias

import pytest

from mistral_core import (
    UNSET,
    Err,
    Failure,
    InvalidRequestError,
    MistralCore,
    RequestOptions,
    Result,
)
from mistral_core.testing import ScriptedTransport
from mistral_funcs import (
    audio_voices_create,
    audio_voices_delete,
    audio_voices_get,
    audio_voices_get_sample_audio,
    audio_voices_list,
    audio_voices_update,
)
from tests.funcs.wire import CallIt, body, sent

CallOne: TypeAlias = Callable[[MistralCore, str], Awaitable[Result[object, Failure]]]

SERVER = "https://api.mistral.ai"

TARGETS: dict[str, tuple[CallIt[object], str, str]] = {
    "list": (audio_voices_list, "GET", "/v1/audio/voices"),
    "list, all parameters": (
        lambda client: audio_voices_list(client, limit=5, offset=0, type="custom"),
        "GET",
        "/v1/audio/voices?limit=5&offset=0&type=custom",
    ),
    "list, a kind that is not yet known": (
        lambda client: audio_voices_list(client, type="shared"),
        "GET",
        "/v1/audio/voices?type=shared",
    ),
    "get": (lambda client: audio_voices_get(client, "v"), "GET", "/v1/audio/voices/v"),
    "get, an id that must be quoted": (
        lambda client: audio_voices_get(client, voice_id="a/b"),
        "GET",
        "/v1/audio/voices/a%2Fb",
    ),
    "delete": (lambda client: audio_voices_delete(client, "v"), "DELETE", "/v1/audio/voices/v"),
    "get sample audio": (
        lambda client: audio_voices_get_sample_audio(client, "v"),
        "GET",
        "/v1/audio/voices/v/sample",
    ),
}
"""Each call without a body, with the request that it makes."""


@pytest.mark.parametrize("name", TARGETS)
async def test_request_is_exactly_this(name: str) -> None:
    """Method, path and query."""
    call, method, target = TARGETS[name]
    request = await sent(call)
    assert (request.method, request.url) == (method, SERVER + target)
    assert request.body is None


async def test_a_recording_is_asked_for_as_such() -> None:
    """And read while it comes."""
    request = await sent(lambda client: audio_voices_get_sample_audio(client, "v"))
    assert (request.headers["accept"], request.streamed) == ("audio/wav", True)


BODIES: dict[str, tuple[CallIt[object], str]] = {
    "create, the least": (
        lambda client: audio_voices_create(client, name="Zoë", sample_audio="AA=="),
        '{"name":"Zoë","sample_audio":"AA=="}',
    ),
    "create, every argument": (
        lambda client: audio_voices_create(
            client,
            name="n",
            sample_audio="AA==",
            slug="s",
            languages=["en"],
            gender="female",
            age=40,
            tags=("calm",),
            color="#fff",
            description="d",
            retention_notice=7,
            sample_filename="a.wav",
        ),
        (
            '{"name":"n","slug":"s","languages":["en"],"gender":"female","age":40,"tags":["calm"],'
            '"color":"#fff","description":"d","retention_notice":7,"sample_audio":"AA==",'
            '"sample_filename":"a.wav"}'
        ),
    ),
    "create, null where it may be": (
        lambda client: audio_voices_create(
            client,
            name="n",
            sample_audio="AA==",
            slug=None,
            languages=None,
            gender=None,
            age=None,
            tags=None,
            color=None,
            description=None,
            retention_notice=None,
            sample_filename=None,
        ),
        (
            '{"name":"n","slug":null,"gender":null,"age":null,"tags":null,"color":null,'
            '"description":null,"sample_audio":"AA==","sample_filename":null}'
        ),
    ),
    "create, left out": (
        lambda client: audio_voices_create(
            client,
            name="n",
            sample_audio="AA==",
            slug=UNSET,
            gender=UNSET,
            age=UNSET,
            tags=UNSET,
            color=UNSET,
            description=UNSET,
            sample_filename=UNSET,
        ),
        '{"name":"n","sample_audio":"AA=="}',
    ),
    "update, nothing": (lambda client: audio_voices_update(client, "v"), "{}"),
    "update, every argument": (
        lambda client: audio_voices_update(
            client,
            "v",
            name="n",
            languages=("en", "fr"),
            gender="male",
            age=0,
            tags=[],
            description="",
            retention_notice=0,
        ),
        (
            '{"name":"n","languages":["en","fr"],"gender":"male","age":0,"tags":[],'
            '"description":"","retention_notice":0}'
        ),
    ),
    "update, cleared": (
        lambda client: audio_voices_update(
            client,
            "v",
            name=None,
            languages=None,
            gender=None,
            age=None,
            tags=None,
            description=None,
            retention_notice=None,
        ),
        (
            '{"name":null,"languages":null,"gender":null,"age":null,"tags":null,'
            '"description":null,"retention_notice":null}'
        ),
    ),
}
"""Each call with a body, with the body that it sends."""


@pytest.mark.parametrize("name", BODIES)
async def test_body_is_exactly_this(name: str) -> None:
    """What is given, under its name: cleared is `null`, and left alone is absent."""
    call, expected = BODIES[name]
    assert await body(call) == expected


async def test_a_voice_is_made_by_a_post_and_changed_by_a_patch() -> None:
    """Neither is sent twice."""
    made = await sent(BODIES["create, the least"][0])
    changed = await sent(BODIES["update, nothing"][0])
    assert (made.method, made.url) == ("POST", f"{SERVER}/v1/audio/voices")
    assert (changed.method, changed.url) == ("PATCH", f"{SERVER}/v1/audio/voices/v")
    assert not made.idempotent
    assert not changed.idempotent


OPTIONS = RequestOptions(server_url="https://gateway.example.com/mistral/")

WITH_OPTIONS: dict[str, CallIt[object]] = {
    "list": lambda client: audio_voices_list(client, options=OPTIONS),
    "create": lambda client: audio_voices_create(
        client, name="n", sample_audio="", options=OPTIONS
    ),
    "get": lambda client: audio_voices_get(client, "v", options=OPTIONS),
    "update": lambda client: audio_voices_update(client, "v", options=OPTIONS),
    "delete": lambda client: audio_voices_delete(client, "v", options=OPTIONS),
    "sample": lambda client: audio_voices_get_sample_audio(client, "v", options=OPTIONS),
}
"""Each of the functions, called with options."""


@pytest.mark.parametrize("name", WITH_OPTIONS)
async def test_options_are_handed_on(name: str) -> None:
    """Every function takes another server for one call."""
    request = await sent(WITH_OPTIONS[name])
    assert request.url.startswith("https://gateway.example.com/mistral/v1/audio/voices")


@pytest.mark.parametrize(
    "function",
    [
        audio_voices_get,
        audio_voices_update,
        audio_voices_delete,
        audio_voices_get_sample_audio,
    ],
)
@pytest.mark.parametrize("voice_id", ["", ".", "..", "../../files/f"])
async def test_id_that_leads_elsewhere_is_refused(function: CallOne, voice_id: str) -> None:
    """An id stays in its place of the path, and nothing is sent that would not."""
    transport = ScriptedTransport()
    result = await function(MistralCore(transport=transport), voice_id)
    assert isinstance(result, Err)
    assert isinstance(result.error, InvalidRequestError)
    assert result.error.param == "voice_id"
    assert transport.requests == []
