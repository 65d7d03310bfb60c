"""Payloads in event streams are decoded. Everything else is unchanged."""

import json
from collections.abc import AsyncIterator
from typing import Any

import pytest

from mistral_core import (
    Err,
    MistralCore,
    MistralError,
    Ok,
    Request,
    Response,
    ResponseValidationError,
)
from mistral_core.http.headers import Headers
from mistral_core.testing import ScriptedTransport, stream_response
from mistral_funcs import PayloadTransport, workflows_events_get_stream_events
from mistral_funcs.toolkit.payloads.payload_responses import decode_response
from tests.toolkit.payloads.encoded_values import FULL, encoded

PATH = "/v1/workflows/events/stream"
REQUEST = Request(method="GET", url=f"https://host{PATH}", path_template=PATH)


class Source:
    """A response stream of chunks."""

    def __init__(self, *chunks: bytes) -> None:
        """Keep the chunks."""
        self.chunks = chunks
        self.closed = False

    async def __aiter__(self) -> AsyncIterator[bytes]:
        """Return the chunks."""
        for chunk in self.chunks:
            yield chunk

    async def aclose(self) -> None:
        """Record the close."""
        self.closed = True


async def streamed(
    *chunks: bytes, max_bytes: int = 2**20
) -> tuple[list[bytes], MistralError | None]:
    """Return the chunks of a decoded stream, and its error."""
    response = Response(200, Headers(()), stream=Source(*chunks))
    decoded = await decode_response(FULL, REQUEST, response, max_bytes)
    assert decoded.stream is not None
    result: list[bytes] = []
    try:
        async for chunk in decoded.stream:
            result.append(chunk)  # noqa: PERF401 - what comes before an error counts
    except MistralError as error:
        return result, error
    return result, None


def sse(payload: object) -> bytes:
    """Return an event with a payload."""
    return b"data: " + json.dumps({"data": {"attributes": {"p": payload}}}).encode() + b"\n\n"


async def payload_of(value: object, /, **changes: Any) -> dict[str, Any]:
    """Return an encrypted payload of an event."""
    wire = await encoded(value)
    text = wire["b64payload"]
    return {"type": "json", "value": text, "encoding_options": ["encrypted"], **changes}


async def test_payloads_are_decoded_in_any_chunks() -> None:
    """Events are decoded, not lines or chunks: here each byte is a chunk."""
    body = sse(await payload_of({"a": 1}))
    chunks, error = await streamed(*(body[index : index + 1] for index in range(len(body))))
    assert error is None
    (event,) = (each for each in chunks if each != b":\n")
    data = json.loads(event.split(b"data: ")[1])
    expected: dict[str, Any] = {"type": "json", "value": {"a": 1}, "encoding_options": []}
    assert data == {"data": {"attributes": {"p": expected}}}


async def test_other_events_are_unchanged() -> None:
    """Names, IDs, several lines, comments, and content that is not JSON."""
    chunks = b": ping\n", b"event: e\nid: 7\nda", b"ta: a\ndata: b\n\n", b"data: [DONE]\n"
    assert await streamed(*chunks) == (
        [
            b":\n",
            b":\n",
            b"event: e\nid: 7\ndata: a\ndata: b\n\n",
            b":\n",
            b"event: \nid: 7\ndata: [DONE]\n",
        ],
        None,
    )


async def test_stream_ends_after_its_last_event() -> None:
    """Nothing is appended. A complete body is supported too."""
    expected = b"event: \nid: \ndata: a\n\n"
    assert await streamed(b"data: a\n\n") == ([expected], None)
    response = Response(200, Headers(()), b"data: a\n\n")
    decoded = await decode_response(FULL, REQUEST, response, 2**20)
    assert decoded.stream is not None
    assert [each async for each in decoded.stream] == [expected]


@pytest.mark.parametrize("chunk", [b"data: \xff\n\n", b"data: \xff\n", b"data: " + b"0" * 1000])
async def test_invalid_stream_is_an_error(chunk: bytes) -> None:
    """Also at its end, or with an event that is too large."""
    _, error = await streamed(chunk, max_bytes=900)
    assert isinstance(error, ResponseValidationError)
    assert error.message.startswith("Invalid stream: ")


@pytest.mark.parametrize(
    ("changes", "reason", "path"),
    [
        ({"value": "AAAA"}, "no key decrypts it", ".value"),
        ({"value": []}, "it has no known form", ".value"),
        ({"encoding_options": ["rot13"]}, "its encoding 'rot13' is unknown", ".value"),
        (
            {"type": "json_patch", "value": [], "encoding_options": ["encrypted", "rot13"]},
            "it has no known form",
            ".value",
        ),
        (
            {
                "type": "json_patch",
                "value": [{"op": "add", "value": {"type": "__encrypted__", "value": 1}}],
                "encoding_options": ["encrypted-partial"],
            },
            "it has no known form",
            ".value[0].value",
        ),
    ],
)
async def test_event_that_cannot_be_decoded_ends_the_stream(
    changes: dict[str, Any], reason: str, path: str
) -> None:
    """With an `Err` instead of ciphertext, after the events before it."""
    started = {"event_id": "e", "event_type": "NEW"}
    envelope = {"stream": "s", "data": started, "workflow_context": {}, "broker_sequence": 1}
    good = b"data: " + json.dumps(envelope).encode() + b"\n\n"
    server = ScriptedTransport(stream_response(good, sse(await payload_of(1, **changes)), good))
    client = MistralCore(transport=PayloadTransport(FULL, server))
    async with (await workflows_events_get_stream_events(client)).unwrap() as events:
        *before, last = [each async for each in events]
    assert [type(each) for each in before] == [Ok]
    assert isinstance(last, Err)
    assert isinstance(last.error, ResponseValidationError)
    assert last.error.message == f"A payload cannot be decoded: {reason}"
    assert last.error.path == f"$.data.attributes.p{path}"


async def test_plain_values_of_a_patch_are_unchanged() -> None:
    """So are attributes that are no payloads."""
    wire = (await encoded("b"))["b64payload"]
    changes = [
        {"op": "add", "path": "/a", "value": "a"},
        {"op": "add", "path": "/b", "value": {"type": "__encrypted__", "value": wire}},
        {"op": "remove", "path": "/c"},
    ]
    payload = {"type": "json_patch", "value": changes, "encoding_options": ["encrypted-partial"]}
    (chunk,), _ = await streamed(sse(payload))
    value = json.loads(chunk.split(b"data: ")[1])["data"]["attributes"]["p"]["value"]
    assert [each.get("value") for each in value] == ["a", "b", None]


@pytest.mark.parametrize("is_read", [False, True])
async def test_leaving_a_stream_frees_its_connection(*, is_read: bool) -> None:
    """Also before anything was read."""
    source = Source(b": ping\n", b": ping\n")
    headers = Headers((("content-type", "text/event-stream"),))
    server = ScriptedTransport(Response(200, headers, stream=source))
    client = MistralCore(transport=PayloadTransport(FULL, server))
    async with (await workflows_events_get_stream_events(client)).unwrap() as events:
        if is_read:
            assert [each async for each in events] == []
    assert source.closed
