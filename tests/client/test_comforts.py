"""Optional metadata of a call, and messages about common mistakes."""

import copy
import pickle
from typing import Any

import pytest

from mistral_core import (
    APIConnectionError,
    Err,
    Headers,
    MistralCore,
    Ok,
    RequestOptions,
    Response,
    RetryConfig,
    SDKError,
    Unknown,
)
from mistral_core.testing import ScriptedTransport, json_response
from mistral_funcs import chat_stream, models_list
from mistral_funcs.sandbox import Sandbox

RAW = RequestOptions(raw_body=True, retries=RetryConfig(strategy="none"))
BODY = b'{ "data": [{"id": "m", "new": 1e2}] }'


async def test_body_is_kept_on_request() -> None:
    """It is the exact bytes, and not part of equality or the representation."""
    transport = ScriptedTransport(Response(200, body=BODY), Response(200, body=BODY))
    async with MistralCore("key", transport=transport) as client:
        kept = await models_list(client, options=RAW)
        assert kept.call.body == BODY
        plain = await models_list(client)
    assert plain.call.body is None
    assert kept == plain
    assert "new" not in repr(kept.call)


async def test_body_of_an_error_is_kept_on_request() -> None:
    """The error has the body in any case."""
    transport = ScriptedTransport(
        Response(500, body=b"Down"), Response(200, body=b"?"), APIConnectionError("cut")
    )
    async with MistralCore("key", transport=transport) as client:
        for expected in (b"Down", b"?", None):
            failed = await models_list(client, options=RAW)
            assert isinstance(failed, Err)
            assert failed.call.body == expected


async def test_stream_has_no_body() -> None:
    """The body is read later, from the stream."""
    async with MistralCore(transport=Sandbox()) as client:
        messages = [{"role": "user", "content": "Hi"}]
        opened = await chat_stream(
            client, model="mistral-large-latest", messages=messages, options=RAW
        )
    assert isinstance(opened, Ok)
    assert opened.call.body is None


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({"retry-after": "7"}, 7),
        ({"retry-after-ms": "250"}, 0.25),
        ({"retry-after": "soon"}, None),
        ({}, None),
    ],
)
def test_error_has_the_requested_pause(headers: dict[str, str], seconds: float | None) -> None:
    """In seconds, or `None`."""
    assert SDKError("Slow down", 429, headers=Headers(headers.items())).retry_after == seconds


async def test_stream_that_is_not_entered_says_what_to_do() -> None:
    """Type checkers report it too."""
    sandbox = Sandbox()
    async with MistralCore(transport=sandbox) as client:
        messages = [{"role": "user", "content": "Hi"}]
        model = "mistral-large-latest"
        opened: Any = (await chat_stream(client, model=model, messages=messages)).unwrap()
        with pytest.raises(TypeError, match=r"Enter a stream before .* `async with stream as"):
            async for _ in opened:
                pass
        with pytest.raises(TypeError, match="Enter a stream"):
            for _ in opened:
                pass
        async with opened as events:
            assert [isinstance(each, Ok) async for each in events]


UNKNOWN = Unknown({"id": "m", "raw": 1, "_private": 2, "owner": {"name": "a"}})


def test_fields_of_an_unknown_object_are_attributes() -> None:
    """Those that were received, except private names and the names of its own attributes."""
    assert UNKNOWN.id == "m"
    assert UNKNOWN.owner == {"name": "a"}
    assert UNKNOWN.raw["raw"] == 1
    for name in ("name", "_private", "__len__"):
        with pytest.raises(AttributeError, match=f"{name!r} is not a field"):
            getattr(UNKNOWN, name)
    assert not hasattr(Unknown(5), "id")
    assert not hasattr(Unknown([]), "id")


@pytest.mark.parametrize("value", [UNKNOWN, Unknown(5), Unknown(None, "why")])
def test_unknown_is_copied_and_pickled(value: Unknown) -> None:
    """Although it has dynamic attributes."""
    for twin in (copy.copy(value), copy.deepcopy(value), pickle.loads(pickle.dumps(value))):  # noqa: S301
        assert twin == value
        assert twin.reason == value.reason


async def test_unknown_items_have_their_fields() -> None:
    """A list of models needs no branch to read the ID."""
    response = json_response({"data": [{"id": "a"}, {"type": "new", "id": "b"}]})
    async with MistralCore("key", transport=ScriptedTransport(response)) as client:
        models = (await models_list(client)).unwrap()
    assert [card.id for card in models.data] == ["a", "b"]
