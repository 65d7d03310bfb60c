"""Requests of declared operations: where each argument is sent."""

from collections.abc import Awaitable, Callable
from typing import Any

import pytest

from mistral_core import (
    Err,
    Failure,
    File,
    InvalidRequestError,
    MistralCore,
    Ok,
    RequestOptions,
    Result,
)
from mistral_core.http.messages import Request
from mistral_core.testing import ScriptedTransport, json_response, stream_response
from tests.core.operations.cards import (
    cards_delete,
    cards_draw,
    cards_draw_stream,
    cards_get,
    cards_replace,
    cards_scan,
)

Call = Callable[[MistralCore], Awaitable[Result[Any, Failure]]]


async def request_of(call: Call) -> Request:
    """Return the only request of a call."""
    transport = ScriptedTransport(json_response({}))
    result = await call(MistralCore("key", transport=transport))
    assert isinstance(result, Ok), result
    (request,) = transport.requests
    return request


async def content_of(request: Request) -> bytes | None:
    """Return the body of a request, which is bytes or a stream of chunks."""
    if request.body is None or isinstance(request.body, bytes):
        return request.body
    return b"".join([chunk async for chunk in request.body])


SENT: dict[str, tuple[Call, str, bytes | None]] = {
    "path": (lambda client: cards_get(client, "a", 7), "GET /v1/decks/a/cards/7", None),
    "path by keyword": (
        lambda client: cards_get(client, card=7, deck_id="a/b"),
        "GET /v1/decks/a%2Fb/cards/7",
        None,
    ),
    "client by keyword": (
        lambda client: cards_get(client=client, deck_id="a", card=7, color="red"),
        "GET /v1/decks/a/cards/7?color=red",
        None,
    ),
    "a query": (
        lambda client: cards_get(client, "a", 7, from_=3, color=None),
        "GET /v1/decks/a/cards/7?from=3",
        None,
    ),
    "a key": (lambda client: cards_draw(client, kind="ace"), "POST /v1/cards", b'{"_kind":"ace"}'),
    "a query of a POST": (
        lambda client: cards_draw(client, kind="ace", dry=False),
        "POST /v1/cards?dry=false",
        b'{"_kind":"ace"}',
    ),
    "null where it may be": (
        lambda client: cards_draw(client, kind="ace", note=None, count=None),
        "POST /v1/cards",
        b'{"_kind":"ace","note":null}',
    ),
    "additional fields": (
        lambda client: cards_draw(client, kind="ace", more={"new": 1}),
        "POST /v1/cards",
        b'{"_kind":"ace","new":1}',
    ),
    "JSON of a DELETE": (
        lambda client: cards_delete(client, ids=["a"], force=True),
        "DELETE /v1/cards?force=true",
        b'{"ids":["a"]}',
    ),
    "a whole body": (
        lambda client: cards_replace(client, cards=["a"]),
        "PUT /v1/cards",
        b'["a"]',
    ),
    "no body": (lambda client: cards_replace(client, cards=None), "PUT /v1/cards", None),
}
"""Calls, each with the request line and the body."""


@pytest.mark.parametrize("name", SENT)
async def test_arguments_are_sent_in_their_places(name: str) -> None:
    """In the path, the query, the body or its fields."""
    call, line, body = SENT[name]
    request = await request_of(call)
    assert f"{request.method} {request.url.partition('.ai')[2]}" == line
    assert request.body == body


async def test_header_is_a_parameter() -> None:
    """Its name has hyphens. A header in the options takes precedence."""
    options = RequestOptions(headers={"last-seen": "9"})
    for given, sent in ((None, "8"), (options, "9")):
        request = await request_of(
            lambda client, given=given: cards_get(client, "a", 7, last_seen="8", options=given)  # type: ignore[misc]
        )
        assert request.headers["last-seen"] == sent
    assert "last-seen" not in (await request_of(lambda client: cards_get(client, "a", 7))).headers


async def test_files_are_the_last_parts_of_a_form() -> None:
    """In the order of the signature. One that is left out is absent."""
    request = await request_of(
        lambda client: cards_scan(client, scan=b"front", back=File(b"rear"), name="n")
    )
    body = await content_of(request) or b""
    positions = [body.index(text) for text in (b'name="name"', b'name="scan"', b'name="back"')]
    assert positions == sorted(positions)
    request = await request_of(lambda client: cards_scan(client, scan=b"front", back=None))
    assert b'name="back"' not in (await content_of(request) or b"")


async def test_required_file_must_not_be_none() -> None:
    """`None` leaves out optional parameters only."""
    nothing: Any = None
    result = await cards_scan(MistralCore("key", transport=ScriptedTransport()), scan=nothing)
    assert isinstance(result, Err)
    assert isinstance(result.error, InvalidRequestError)


async def test_twin_sends_a_constant_and_reads_events() -> None:
    """Its parameters are those of the plain operation."""
    transport = ScriptedTransport(stream_response(b'data: {"a": 1}\n\ndata: [DONE]\n\n'))
    client = MistralCore("key", transport=transport)
    async with (await cards_draw_stream(client, kind="ace", dry=True)).unwrap() as stream:
        assert [each.unwrap() async for each in stream] == [{"a": 1}]
    (request,) = transport.requests
    assert request.url.endswith("/v1/cards?dry=true")
    assert request.body == b'{"stream":true,"_kind":"ace"}'
    assert request.headers["accept"] == "text/event-stream"


@pytest.mark.parametrize("key", ["_kind", "kind", "note", "dry", "stream", "more"])
async def test_additional_field_must_not_be_a_parameter(key: str) -> None:
    """Neither by its Python name nor by its key."""
    client = MistralCore("key", transport=ScriptedTransport())
    result = await cards_draw(client, kind="ace", more={key: 1})
    assert isinstance(result, Err)
    assert isinstance(result.error, InvalidRequestError)
    assert result.error.param == "more"


async def test_invalid_header_is_refused() -> None:
    """Nothing is sent."""
    transport = ScriptedTransport()
    client = MistralCore("key", transport=transport)
    result = await cards_get(client, "a", 7, last_seen="x\ny")
    assert isinstance(result, Err)
    assert isinstance(result.error, InvalidRequestError)
    assert not transport.requests
