"""Requests are encoded like by Mistral's own client. Failures are an `Err`."""

import base64
import json
import os
from typing import Any

import attrs
import pytest
from zstandard import ZstdCompressor

from mistral_core import (
    APIConnectionError,
    Attempt,
    Err,
    Failure,
    Hooks,
    InvalidRequestError,
    MistralCore,
    Ok,
    Request,
    Response,
    ResponseValidationError,
    Result,
)
from mistral_core.http.chunks import Chunks
from mistral_core.http.headers import Headers
from mistral_core.testing import ScriptedTransport, json_response
from mistral_funcs import (
    PayloadCodec,
    PayloadTransport,
    encrypted_string,
    workflows_execute_workflow,
    workflows_executions_get_workflow_execution,
    workflows_schedules_get_schedules,
)
from mistral_funcs.toolkit.payloads.payload_decoder import PayloadDecoder
from mistral_funcs.toolkit.payloads.payload_responses import decode_response
from tests.toolkit.payloads.encoded_values import (
    FULL,
    NONE,
    PARTIAL,
    body_of,
    encoded,
    offloading_to,
    plain,
)
from tests.toolkit.payloads.vectors import VECTORS, Memory, codec_of, fixed_nonce
from tests.toolkit.payloads.zstd_envelopes import envelope

URL = "https://api.mistral.ai"
EXECUTE = "/v1/workflows/greet/execute"
SCHEDULES = "/v1/workflows/schedules"
METHODS = {"execute": "POST", "signal": "POST", "schedule": "POST", "update schedule": "PATCH"}


def request_of(method: str, path: str, body: Any = None) -> Request:
    """Return a request."""
    return Request(method=method, url=URL + path, path_template=path, body=body)


async def result_of(
    result: object, codec: PayloadCodec = FULL, *, max_response_bytes: int = 2**20
) -> Result[object, Failure]:
    """Return the result of an execution whose encoded value is this."""
    execution = {
        "workflow_name": "greet",
        "execution_id": "id",
        "root_execution_id": "id",
        "status": "COMPLETED",
        "start_time": "2026-01-01T00:00:00Z",
        "end_time": None,
        "result": result,
    }
    server = ScriptedTransport(json_response(execution, 200, {"x-request-id": "7"}))
    transport = PayloadTransport(codec, server, max_response_bytes=max_response_bytes)
    outcome = await workflows_executions_get_workflow_execution(
        MistralCore(transport=transport), "id"
    )
    return outcome.map(lambda execution: execution.result)


@pytest.mark.parametrize(
    "vector", VECTORS["bodies"], ids=lambda each: f"{each['name']}, {each['mode']}"
)
async def test_requests_agree(vector: dict[str, Any], monkeypatch: pytest.MonkeyPatch) -> None:
    """They are compared with those of Mistral's own client."""
    monkeypatch.setattr(os, "urandom", fixed_nonce)
    server = ScriptedTransport(json_response({}))
    body = json.dumps(vector["body"]).encode()
    await PayloadTransport(codec_of(vector, Memory()), server).send(
        request_of(METHODS[vector["name"]], vector["path"], body)
    )
    assert body_of(server.requests[0]) == vector["sent"]


@pytest.mark.parametrize("vector", VECTORS["events"])
async def test_events_agree(vector: dict[str, Any]) -> None:
    """`data` of a marked string is decoded within its object."""
    event = {"attributes": {"payload": vector["payload"], "task": "t"}, "root": 1}
    expected = {"attributes": {"payload": vector["decoded"], "task": "t"}, "root": 1}
    request = request_of("GET", "/v1/workflows/events/list")
    response = await decode_response(FULL, request, json_response({"events": [event]}), 2**20)
    assert json.loads(response.body) == {"events": [expected]}


async def test_execution_gets_an_id_for_its_objects() -> None:
    """It is sent, and part of the keys. An explicit ID is kept."""
    storage = Memory()
    server = ScriptedTransport()
    client = MistralCore(transport=PayloadTransport(offloading_to(storage), server))
    await workflows_execute_workflow(client, "greet", input={"a": 1})
    await workflows_execute_workflow(client, "greet", execution_id="a/b", input={"a": 1})
    first, second = (body_of(each) for each in server.requests)
    assert len(first["execution_id"]) == 64
    assert second["execution_id"] == "a/b"
    assert [key.split("/")[:3] for key in storage.objects] == [
        ["temporal-payload", "team", first["execution_id"]],
        ["temporal-payload", "team", "a%2Fb"],
    ]
    assert set(storage.objects.values()) == {b'{"a":1}'}
    assert first["encoded_input"]["encoding_options"] == ["offloaded"]


@pytest.mark.parametrize(
    ("method", "path", "body"),
    [
        ("POST", EXECUTE, b'{"wait_for_result":true}'),
        ("POST", EXECUTE, b'{"input":null}'),
        ("POST", EXECUTE, None),
        ("POST", SCHEDULES, b'{"schedule":null}'),
        ("PUT", EXECUTE, b'{"input":1}'),
        ("POST", f"{EXECUTE}/more", b'{"input":1}'),
        ("POST", "/v1/chat/completions", b'{"input":1}'),
    ],
)
async def test_requests_without_an_input_are_unchanged(
    method: str, path: str, body: bytes | None
) -> None:
    """Byte for byte, like other operations. A missing input is `null`, and not encoded."""
    server = ScriptedTransport(json_response({}))
    request = request_of(method, path, body)
    await PayloadTransport(FULL, server).send(request)
    assert server.requests[0] is request


@pytest.mark.parametrize(
    ("path", "body", "reason"),
    [
        (EXECUTE, b"{", "it is not valid JSON"),
        (EXECUTE, b"[1]", "the body does not match the operation"),
        (SCHEDULES, b'{"schedule":[1]}', "the body does not match the operation"),
        (SCHEDULES, b"[1]", "the body does not match the operation"),
        (EXECUTE, Chunks([b"{}"]), "the body is not JSON"),
    ],
)
async def test_unencodable_request_is_not_sent(path: str, body: Any, reason: str) -> None:
    """Such as a body that a hook has replaced, which may contain secrets."""
    server = ScriptedTransport()
    with pytest.raises(InvalidRequestError, match=f"^The payload cannot be encoded: {reason}$"):
        await PayloadTransport(FULL, server).send(request_of("POST", path, body))
    assert server.requests == []


async def test_input_that_cannot_be_encoded_is_an_error() -> None:
    """Nothing is sent."""
    server = ScriptedTransport()
    client = MistralCore(transport=PayloadTransport(PARTIAL, server))
    marked = {**encrypted_string(""), "data": 1}
    outcome = await workflows_execute_workflow(client, "greet", input=marked)
    assert isinstance(outcome, Err)
    assert isinstance(outcome.error, InvalidRequestError)
    assert server.requests == []


@pytest.mark.parametrize("refreshed", [False, True])
async def test_hooks_see_and_replace_the_encoded_request(*, refreshed: bool) -> None:
    """The request of a hook is encoded as well. The key can be a function."""
    seen: list[Any] = []

    def replaced(attempt: Attempt) -> Request:
        seen.append(body_of(attempt.request))
        return attrs.evolve(attempt.request, body=b'{"input":"of the hook"}')

    server = ScriptedTransport()
    client = MistralCore(
        (lambda: "fresh") if refreshed else "fixed",
        transport=PayloadTransport(FULL, server),
        hooks=Hooks(before_request=replaced),
    )
    await workflows_execute_workflow(client, "greet", input="of the caller")
    assert await plain(seen[0]["encoded_input"]) == "of the caller"
    assert await plain(body_of(server.requests[0])["encoded_input"]) == "of the hook"
    authorization = server.requests[0].authorization
    assert authorization is not None
    assert authorization.reveal() == ("Bearer fresh" if refreshed else "Bearer fixed")


@pytest.mark.parametrize(
    "result",
    [None, 1, [1], {"b": 1}, {"b64payload": 1, "encoding_options": ["encrypted"]}],
)
async def test_unencoded_results_are_unchanged(result: object) -> None:
    """Such as those of workflows whose workers encode nothing."""
    assert await result_of(result) == Ok(result)


async def test_empty_payload_is_null() -> None:
    """The `empty` option does not hide a payload, which Mistral's own client decodes too."""
    assert await result_of({"b64payload": "", "encoding_options": [], "empty": True}) == Ok(None)
    assert await result_of({**await encoded({"a": 1}), "empty": True}) == Ok({"a": 1})


BOMB = envelope(ZstdCompressor().compress(b"0" * 3000))
UNSIZED = ZstdCompressor(write_content_size=False).compress(b"0" * 3000)


@pytest.mark.parametrize(
    ("data", "options", "reason"),
    [
        (b"0" * 40, ["encrypted"], "no key decrypts it"),
        (b"{", [], "it is not valid JSON"),
        (b"[" * 1_900, [], "it is not valid JSON"),
        (b"\xff", [], "it is not valid JSON"),
        (b"1", "encrypted", "it has no known form"),
        (b"1", ["rot13"], "its encoding 'rot13' is unknown"),
        (b"1", [{"a": 1}], "its encoding {'a': 1} is unknown"),
        (b"1", ["x" * 999], f"its encoding '{'x' * 199}... is unknown"),
        (BOMB, ["compressed"], "it has more than 2000 bytes after decompression"),
        (envelope(UNSIZED), ["compressed"], "its compression is invalid"),
        (b'"' + b"0" * 2000 + b'"', [], "the payloads are larger than `max_response_bytes`"),
    ],
)
async def test_result_that_cannot_be_decoded_is_an_error(
    data: bytes, options: object, reason: str
) -> None:
    """Ciphertext is not returned as the result. The error has the location, but not the value."""
    wire = {**await encoded(None), "encoding_options": options}
    wire["b64payload"] = base64.b64encode(data).decode()
    outcome = await result_of(wire, max_response_bytes=2000)
    assert isinstance(outcome, Err)
    error = outcome.error
    assert isinstance(error, ResponseValidationError)
    assert error.message == f"A payload cannot be decoded: {reason}"
    assert (error.path, error.status, error.request_id) == ("$.result", 200, "7")
    assert error.body == b""


async def test_size_limit_applies_to_all_payloads_together() -> None:
    """Many payloads below the limit cannot fill the memory either."""
    payload = await encoded("0" * 900, NONE)
    schedule = {"schedule_id": "s", "workflow_name": "w", "paused": False, "input": payload}
    for count, is_ok in ((2, True), (3, False)):
        server = ScriptedTransport(json_response({"schedules": [schedule] * count}))
        transport = PayloadTransport(NONE, server, max_response_bytes=2000)
        outcome = await workflows_schedules_get_schedules(MistralCore(transport=transport))
        assert isinstance(outcome, Ok) is is_ok
    assert isinstance(outcome, Err)
    assert isinstance(outcome.error, ResponseValidationError)
    assert outcome.error.path == "$.schedules[2].input"


async def test_failure_of_the_storage_can_be_retried() -> None:
    """It is no invalid response. A signature in a URL is not shown."""

    class Broken(Memory):
        async def get(self, key: str) -> bytes:
            raise OSError(f"https://user:password@host/{key}?sig=secret&x=1 is down")

    storage = Broken()
    codec = offloading_to(storage)
    payload = (await codec.encode(b"1", execution_id="id")).unwrap()
    outcome = await codec.decode(payload.data, payload.options)
    assert isinstance(outcome, Err)
    assert isinstance(outcome.error, APIConnectionError)
    assert outcome.error.retryable
    shown = str(outcome.error)
    assert "https://host/temporal-payload/team/id/" in shown
    assert "?... is down" in shown
    assert not any(secret in shown for secret in ("password", "secret"))


async def test_numbers_beyond_floats_are_an_error() -> None:
    """They would be read as infinity."""
    wire = {**await encoded(None), "b64payload": base64.b64encode(b"1e999").decode()}
    outcome = await result_of({**wire, "encoding_options": []})
    assert isinstance(outcome, Err)
    assert isinstance(outcome.error, ResponseValidationError)
    assert "it has a number that is too large" in outcome.error.message


async def test_deeply_nested_values_are_an_error() -> None:
    """There is no `RecursionError`."""
    value: list[Any] = []
    for _ in range(20_000):
        value = [value]
    with pytest.raises(ResponseValidationError, match="it is nested too deeply"):
        await PayloadDecoder(NONE, json_response({}), 1, count=1).encode(value, b"")


async def test_stored_object_is_limited_too() -> None:
    """Before it is decoded."""
    storage = Memory()
    storage.objects["k"] = b'"' + b"0" * 2000 + b'"'
    wire = {**await encoded(None), "b64payload": "eyJrZXkiOiJrIn0="}
    wire["encoding_options"] = ["offloaded"]
    outcome = await result_of(wire, offloading_to(storage), max_response_bytes=2000)
    assert isinstance(outcome, Err)
    assert "its object in the storage has more than 2000 bytes" in outcome.error.message


@pytest.mark.parametrize(
    ("path", "body"), [("/v1/workflows/events/list", b"[1]"), ("/v1/models", b'{"result": 1}')]
)
async def test_other_responses_are_unchanged(path: str, body: bytes) -> None:
    """The pipeline handles other operations, invalid bodies and errors."""
    for response in (
        Response(200, Headers(()), body),
        Response(200, Headers(()), b"{"),
        Response(500, Headers(()), body),
    ):
        transport = PayloadTransport(FULL, ScriptedTransport(response))
        assert await transport.send(request_of("GET", path)) is response


async def test_aiohttp_is_the_default() -> None:
    """Nothing is opened before the first request."""
    transport = PayloadTransport(FULL)
    assert transport.api_key is None
    await transport.aclose()
