"""The payloads of workflows are encoded and decoded for every operation that has any."""

import base64
import json
import os
from collections.abc import AsyncIterator
from typing import Any

import attrs
import pytest

from mistral_core import (
    Err,
    InvalidRequestError,
    MistralCore,
    MistralError,
    ResponseValidationError,
)
from mistral_core.http.headers import Headers
from mistral_core.http.messages import Request, Response
from mistral_funcs import (
    PayloadCodec,
    PayloadEncryption,
    PayloadOffloading,
    PayloadTransport,
    encrypted_string,
    workflows_events_get_stream_events,
    workflows_execute_workflow,
    workflows_executions_get_workflow_execution,
)
from mistral_funcs.toolkit.payloads.payload_responses import decode_response
from tests.toolkit.payloads.vectors import KEY, VECTORS, Memory, codec_of, fixed_nonce

URL = "https://api.mistral.ai"
FULL = PayloadCodec(encryption=PayloadEncryption(KEY))
PARTIAL = PayloadCodec(encryption=PayloadEncryption(KEY, mode="partial"))
EXECUTE = "/v1/workflows/{workflow_identifier}/execute"
SCHEDULES = "/v1/workflows/schedules"
EVENTS = "/v1/workflows/events/list"
STREAM = "/v1/workflows/events/stream"
TEMPLATES = {
    "execute": ("POST", EXECUTE),
    "signal": ("POST", "/v1/workflows/executions/{execution_id}/signals"),
    "schedule": ("POST", SCHEDULES),
    "update schedule": ("PATCH", "/v1/workflows/schedules/{schedule_id}"),
}


@attrs.define
class Server:
    """A transport that keeps the last request, and returns one response."""

    response: Response = attrs.field(factory=lambda: Response(200, Headers(()), b"{}"))
    request: Request | None = None
    closed: bool = False

    async def send(self, request: Request) -> Response:
        """Return the response."""
        self.request = request
        return self.response

    async def aclose(self) -> None:
        """Remember it."""
        self.closed = True

    def sent(self) -> Any:
        """Return the body of the request."""
        assert self.request is not None
        assert isinstance(self.request.body, bytes)
        return json.loads(self.request.body)


def replying(body: object, status: int = 200) -> Server:
    """Return a server with a JSON response."""
    headers = Headers((("content-type", "application/json"),))
    return Server(Response(status, headers, json.dumps(body).encode()))


async def encoded(value: object, codec: PayloadCodec = FULL) -> dict[str, object]:
    """Return a value as it is on the wire."""
    payload = (await codec.encode(json.dumps(value).encode())).unwrap()
    text = base64.b64encode(payload.data).decode()
    return {"b64payload": text, "encoding_options": [*payload.options], "empty": False}


async def decode(template: str, body: object, codec: PayloadCodec = FULL) -> Any:
    """Return the body of a response after decoding."""
    request = Request(method="GET", url=URL + template, path_template=template)
    response = await decode_response(codec, request, replying(body).response, 2**20)
    return json.loads(response.body)


@pytest.mark.parametrize(
    "vector", VECTORS["bodies"], ids=lambda each: f"{each['name']}, {each['mode']}"
)
async def test_requests_agree(vector: dict[str, Any], monkeypatch: pytest.MonkeyPatch) -> None:
    """With those of Mistral's own client."""
    monkeypatch.setattr(os, "urandom", fixed_nonce)
    server = Server()
    method, template = TEMPLATES[vector["name"]]
    await PayloadTransport(codec_of(vector, Memory()), server).send(
        Request(
            method=method,
            url=URL + vector["path"],
            path_template=template,
            body=json.dumps(vector["body"]).encode(),
        )
    )
    assert server.sent() == vector["sent"]


@pytest.mark.parametrize("vector", VECTORS["events"])
async def test_events_agree(vector: dict[str, Any]) -> None:
    """In a list, and in a stream; `data` of a marked string is decoded within its object."""
    event = {"attributes": {"payload": vector["payload"], "task": "t"}, "root": 1}
    expected = {"attributes": {"payload": vector["decoded"], "task": "t"}, "root": 1}
    assert await decode(EVENTS, {"events": [event]}) == {"events": [expected]}
    request = Request(method="GET", url=URL + STREAM, path_template=STREAM)
    body = b"data: " + json.dumps({"data": event}).encode() + b"\n\n"
    response = await decode_response(FULL, request, Response(200, Headers(()), body), 2**20)
    assert response.stream is not None
    chunks = b"".join([chunk async for chunk in response.stream])
    (line,) = (each for each in chunks.splitlines() if each.startswith(b"data: "))
    assert json.loads(line[6:]) == {"data": expected}


async def test_execution_gets_an_id_for_its_objects() -> None:
    """It is sent, and it is in the key."""
    storage = Memory()
    codec = PayloadCodec(
        offloading=PayloadOffloading(storage=storage, namespace="team", min_size=0)
    )
    server = replying({"workflow_name": "greet", "execution_id": "x"})
    async with MistralCore("key", transport=PayloadTransport(codec, server)) as client:
        await workflows_execute_workflow(client, "greet", input={"a": 1})
    sent = server.sent()
    assert len(sent["execution_id"]) == 64
    (key,) = storage.objects
    assert key.startswith(f"temporal-payload/team/{sent['execution_id']}/sha256:")
    assert storage.objects[key] == b'{"a":1}'
    assert sent["encoded_input"]["encoding_options"] == ["offloaded"]
    assert server.closed


@pytest.mark.parametrize(
    ("template", "body"),
    [
        (EXECUTE, b'{"wait_for_result":true}'),
        (SCHEDULES, b'{"schedule":null}'),
        (EXECUTE, None),
        ("/v1/chat/completions", b'{"input":1}'),
    ],
)
async def test_requests_without_an_input_are_unchanged(template: str, body: bytes | None) -> None:
    """Byte for byte."""
    server = Server()
    request = Request(method="POST", url=URL, path_template=template, body=body)
    await PayloadTransport(FULL, server).send(request)
    assert server.request is request


async def test_input_that_cannot_be_encoded_is_not_sent() -> None:
    """The call returns an error."""
    server = Server()
    async with MistralCore("key", transport=PayloadTransport(PARTIAL, server)) as client:
        marked = {**encrypted_string(""), "data": 1}
        outcome = await workflows_execute_workflow(client, "greet", input=marked)
    assert isinstance(outcome, Err)
    assert isinstance(outcome.error, InvalidRequestError)
    assert server.request is None


async def test_results_and_schedules_are_decoded() -> None:
    """What is not encoded stays as it is."""
    one = "/v1/workflows/executions/{execution_id}"
    assert await decode(one, {"result": await encoded({"a": 1})}) == {"result": {"a": 1}}
    assert await decode(one, {"result": {"b": 1}}) == {"result": {"b": 1}}
    body = {"schedules": [{"input": await encoded([1])}, {"input": {"b64payload": "own"}}]}
    expected = {"schedules": [{"input": [1]}, {"input": {"b64payload": "own"}}]}
    assert await decode(SCHEDULES, body) == expected
    template = SCHEDULES + "/{schedule_id}"
    assert await decode(template, {"input": await encoded(2)}) == {"input": 2}


@pytest.mark.parametrize(("template", "body"), [(EVENTS, [1]), ("/v1/models", {"result": 1})])
async def test_other_responses_are_unchanged(template: str, body: object) -> None:
    """Other operations, and bodies that the pipeline reports."""
    assert await decode(template, body) == body


async def test_invalid_bodies_and_errors_are_left_to_the_pipeline() -> None:
    """Not JSON, or an error status."""
    request = Request(method="GET", url=URL, path_template=EVENTS)
    for response in (Response(200, Headers(()), b"{"), Response(500, Headers(()), b"{}")):
        assert await PayloadTransport(FULL, Server(response)).send(request) is response


@pytest.mark.parametrize(
    ("result", "message"),
    [
        ({"b64payload": "AAAA", "encoding_options": ["encrypted"]}, "no key decrypts it"),
        ({"b64payload": "AAAA", "encoding_options": []}, "it is not valid JSON"),
        ({"b64payload": "AAAA", "encoding_options": "encrypted"}, "it has no known form"),
        ({"b64payload": "%", "encoding_options": ["encrypted"]}, "it is not base64"),
    ],
)
async def test_result_that_cannot_be_decoded_is_an_error(result: object, message: str) -> None:
    """Its ciphertext is not passed off as the result."""
    server = replying({"result": result})
    async with MistralCore("key", transport=PayloadTransport(FULL, server)) as client:
        outcome = await workflows_executions_get_workflow_execution(client, "run")
    assert isinstance(outcome, Err)
    assert isinstance(outcome.error, ResponseValidationError)
    assert outcome.error.message == f"A payload cannot be decoded: {message}"


class Chunks:
    """The stream of a response, in chunks."""

    def __init__(self, *chunks: bytes) -> None:
        """Keep the chunks."""
        self.chunks = chunks
        self.closed = False

    async def __aiter__(self) -> AsyncIterator[bytes]:
        """Return the chunks."""
        for chunk in self.chunks:
            yield chunk

    async def aclose(self) -> None:
        """Remember it."""
        self.closed = True


async def streamed(*chunks: bytes) -> tuple[list[bytes], MistralError | None, bool]:
    """Return the chunks of a decoded stream, its error, and whether it was closed."""
    source = Chunks(*chunks)
    request = Request(method="GET", url=URL, path_template=STREAM)
    response = await decode_response(FULL, request, Response(200, Headers(()), stream=source), 2**20)
    assert response.stream is not None
    result: list[bytes] = []
    try:
        async for chunk in response.stream:
            result.append(chunk)  # noqa: PERF401 - what comes before an error counts
    except MistralError as error:
        return result, error, source.closed
    return result, None, source.closed


async def test_stream_keeps_its_events() -> None:
    """Names, IDs, several lines, keep-alive comments, and what is not JSON."""
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
        True,
    )


async def test_stream_ends_after_an_event() -> None:
    """Nothing is added to it."""
    assert await streamed(b"data: a\n\n") == ([b"event: \nid: \ndata: a\n\n"], None, True)


@pytest.mark.parametrize("chunks", [(b"data: \xff\n\n",), (b"data: \xff\n",)])
async def test_invalid_stream_is_an_error(chunks: tuple[bytes, ...]) -> None:
    """Also at its end."""
    _, error, closed = await streamed(*chunks)
    assert isinstance(error, ResponseValidationError)
    assert closed


async def test_event_that_cannot_be_decoded_ends_the_stream() -> None:
    """With an `Err`, after the events before it."""
    payload = {"type": "json", "value": "AAAA", "encoding_options": ["encrypted"]}
    event = json.dumps({"data": {"attributes": {"payload": payload}}}).encode()
    body = b"data: " + event + b"\n\n"
    server = Server(Response(200, Headers((("content-type", "text/event-stream"),)), body))
    client = MistralCore("key", transport=PayloadTransport(FULL, server))
    async with (await workflows_events_get_stream_events(client)).unwrap() as events:
        (outcome,) = [each async for each in events]
    assert isinstance(outcome, Err)
    assert isinstance(outcome.error, ResponseValidationError)
    assert "no key decrypts it" in str(outcome.error)


async def test_aiohttp_is_the_default() -> None:
    """And nothing is opened before the first request."""
    transport = PayloadTransport(FULL)
    assert transport.api_key is None
    await transport.aclose()
