"""Executions that are started, waited for, and read as a class of the caller."""

import asyncio
import json
import sys
from collections.abc import AsyncGenerator
from typing import Any

import attrs
import pytest
from opentelemetry import trace
from opentelemetry.trace import NonRecordingSpan, SpanContext, TraceFlags

from mistral_core import (
    APIConnectionError,
    Err,
    InvalidRequestError,
    MistralCore,
    Ok,
    RequestOptions,
    RequestTimeoutError,
    Response,
    ResponseValidationError,
    SDKError,
)
from mistral_core.http.headers import Headers
from mistral_core.testing import ScriptedTransport, json_response, stream_response
from mistral_funcs import (
    ConnectorAuthorization,
    ConnectorBinding,
    connector_extensions,
    workflows_execute_and_wait,
    workflows_executions_start,
    workflows_executions_wait,
    workflows_executions_watch,
)
from mistral_funcs.sandbox import Sandbox

GIVEN = f"00-{'a' * 32}-{'b' * 16}-01"
BINDING = {"connector_name": "github"}


@attrs.frozen
class Invoice:
    """The result of the workflow."""

    total: int


def state(status: str, result: object = None) -> dict[str, Any]:
    """Return an execution in this state."""
    return {"execution_id": "e", "workflow_name": "w", "status": status, "result": result}


def script(*values: object) -> tuple[MistralCore, ScriptedTransport]:
    """Return a client that receives these responses."""
    transport = ScriptedTransport(*map(json_response, values))
    return MistralCore("key", transport=transport), transport


def sent(transport: ScriptedTransport) -> tuple[dict[str, Any], str]:
    """Return the body and the `traceparent` header of the first request."""
    request = transport.requests[0]
    assert isinstance(request.body, bytes)
    return json.loads(request.body), request.headers["traceparent"]


async def test_result_has_the_class_of_the_caller() -> None:
    """The execution is polled until it has ended."""
    client, transport = script(state("RUNNING"), state("RUNNING"), state("COMPLETED", {"total": 3}))
    result = await workflows_execute_and_wait(
        client, "w", Invoice, input={"a": 1}, connectors=["github"], interval=0
    )
    assert result == Ok(Invoice(3))
    assert result.call.status == 200
    assert [each.method for each in transport.requests] == ["POST", "GET", "GET"]
    body, header = sent(transport)
    assert body["extensions"] == {"mistralai": {"connectors": {"bindings": [BINDING]}}}
    assert (body["input"], body["traceparent"]) == ({"a": 1}, header)


@pytest.mark.parametrize(
    ("last", "kind", "words"),
    [
        *[
            (state(each), SDKError, f"status {each} and no result")
            for each in ("CANCELED", "TERMINATED", "CONTINUED_AS_NEW", "TIMED_OUT")
        ],
        (state("DREAMT"), SDKError, "status DREAMT"),
        (state("COMPLETED", {"total": "x"}), ResponseValidationError, "total"),
    ],
)
async def test_missing_or_invalid_result_is_an_error(
    last: object, kind: type[Exception], words: str
) -> None:
    """Also for an unknown status, so that the caller never waits forever."""
    client, _ = script(state("RUNNING"), last)
    result = await workflows_execute_and_wait(client, "w", Invoice, interval=0)
    assert isinstance(result, Err)
    assert isinstance(result.error, kind)
    assert words in str(result.error)


FAILED = {**state("FAILED"), "run_id": "r"}


def failed(reason: str | None, run_id: str | None = "r") -> bytes:
    """Return the event of a failed execution."""
    failure = {"attributes": {"failure": {"message": reason}}, "workflow_run_id": run_id}
    data = {"event_type": "WORKFLOW_EXECUTION_FAILED", **failure}
    return f"data: {json.dumps({'broker_sequence': 1, 'data': data})}\n\n".encode()


@pytest.mark.parametrize(
    ("events", "message"),
    [
        (stream_response(failed("old", "q"), failed("No stock")), "no result: No stock"),
        (stream_response(failed("No stock", None)), "no result: No stock"),
        (stream_response(failed(None)), "no result"),
        (stream_response(failed("old", "q")), "no result"),
        (stream_response(APIConnectionError("lost")), "no result"),
        (json_response({"message": "no"}, 404), "no result"),
    ],
)
async def test_failed_execution_is_an_error_with_its_reason(events: Response, message: str) -> None:
    """The reason of this run, if the server reports one."""
    transport = ScriptedTransport(json_response(FAILED), json_response(FAILED), events)
    client = MistralCore("key", transport=transport)
    result = await workflows_execute_and_wait(client, "w", Invoice)
    assert isinstance(result, Err)
    assert isinstance(result.error, SDKError)
    assert result.error.type == "FAILED"
    assert result.error.message == f"Execution e has status FAILED and {message}"
    assert "workflow_event_types=WORKFLOW_EXECUTION_FAILED" in transport.requests[-1].url


async def test_reason_is_awaited_briefly(monkeypatch: pytest.MonkeyPatch) -> None:
    """The server may keep the stream open."""
    monkeypatch.setattr("mistral_funcs.toolkit.workflows.failure_reasons.PATIENCE", 0.01)

    async def silence() -> AsyncGenerator[bytes, None]:
        await asyncio.Event().wait()
        yield b""

    headers = Headers([("content-type", "text/event-stream")])
    silent = Response(200, headers, stream=silence())
    transport = ScriptedTransport(json_response(FAILED), json_response(FAILED), silent)
    client = MistralCore("key", transport=transport)
    result = await workflows_execute_and_wait(client, "w", Invoice)
    assert isinstance(result, Err)
    assert str(result.error).startswith("Error despite 200 OK: Execution e has")


async def test_retried_execution_has_not_ended() -> None:
    """Neither has a running one."""
    client, _ = script(
        state("RUNNING"), state("RETRYING_AFTER_ERROR"), state("COMPLETED", {"total": 3})
    )
    assert await workflows_execute_and_wait(client, "w", Invoice, interval=0) == Ok(Invoice(3))


async def test_authorizations_are_reported_while_waiting() -> None:
    """An exception of the caller's function is raised, and closes the stream."""
    client = MistralCore(transport=Sandbox())

    async def refuse(authorization: ConnectorAuthorization) -> None:
        raise LookupError(authorization.connector_name)

    with pytest.raises(LookupError, match="github"):
        await workflows_execute_and_wait(
            client, "echo", object, connectors=["github"], on_authorization=refuse
        )


async def test_error_of_following_is_the_result() -> None:
    """Such as the deadline, which applies to following and waiting together."""

    async def ignore(_: ConnectorAuthorization) -> None: ...

    sandbox = Sandbox(progress="manual")
    client = MistralCore(transport=sandbox)
    result = await workflows_execute_and_wait(
        client, "echo", object, on_authorization=ignore, deadline=0.01
    )
    assert isinstance(result, Err)
    assert isinstance(result.error, RequestTimeoutError)
    assert result.error.phase == "deadline"


async def test_failed_request_is_the_error() -> None:
    """Whether it starts the execution or polls it."""
    refused = json_response({"message": "no"}, 404)
    for before in ([], [json_response(state("RUNNING"))]):
        client = MistralCore("key", transport=ScriptedTransport(*before, refused))
        result = await workflows_execute_and_wait(client, "w", Invoice)
        assert isinstance(result, Err)
        assert isinstance(result.error, SDKError)
        assert result.error.status == 404


async def test_wait_has_a_deadline_and_every_state_can_be_watched() -> None:
    """The error has the ID for another wait."""
    client, _ = script(state("RUNNING"))
    late = await workflows_executions_wait(client, "e", interval=9, deadline=0.5)
    assert isinstance(late, Err)
    assert isinstance(late.error, RequestTimeoutError)
    assert "Execution e had status RUNNING" in str(late.error)
    client, _ = script(state("RUNNING"), state("CANCELED"))
    states = [
        each.unwrap().status async for each in workflows_executions_watch(client, "e", interval=0)
    ]
    assert states == ["RUNNING", "CANCELED"]
    invalid = await workflows_executions_wait(client, "e", interval=-1)
    assert isinstance(invalid, Err)
    assert isinstance(invalid.error, InvalidRequestError)


async def start(**arguments: Any) -> tuple[dict[str, Any], str]:
    """Start an execution, and return the sent body and headers."""
    client, transport = script(state("RUNNING"))
    started = await workflows_executions_start(client, "w", **arguments)
    assert started.unwrap().execution_id == "e"
    return sent(transport)


@pytest.mark.parametrize(
    "arguments",
    [
        {"traceparent": GIVEN},
        {"options": RequestOptions(headers={"Traceparent": GIVEN})},
        {"traceparent": GIVEN, "options": RequestOptions(headers={"TRACEPARENT": "other"})},
    ],
)
async def test_explicit_trace_is_kept(arguments: dict[str, Any]) -> None:
    """In the header and in the body."""
    body, header = await start(**arguments)
    assert body["traceparent"] == header == GIVEN


@pytest.mark.parametrize(("flags", "continued"), [(1, True), (0, False)])
async def test_current_span_is_continued_if_it_is_sampled(flags: int, *, continued: bool) -> None:
    """Otherwise a new, sampled trace starts."""
    context = SpanContext(5, 6, is_remote=False, trace_flags=TraceFlags(flags))
    with trace.use_span(NonRecordingSpan(context)):
        body, header = await start()
    assert body["traceparent"] == header
    assert (header == f"00-{5:032x}-{6:016x}-01") == continued
    assert header.endswith("-01")


async def test_without_opentelemetry_each_trace_is_new(monkeypatch: pytest.MonkeyPatch) -> None:
    """The package is optional."""
    monkeypatch.delitem(sys.modules, "opentelemetry.trace")
    assert (await start())[1] != (await start())[1]


async def test_registration_has_its_own_path() -> None:
    """With the same arguments."""
    client, transport = script(state("RUNNING"))
    await workflows_executions_start(client, "r", is_registration=True, execution_id="e")
    assert transport.requests[0].url.endswith("/v1/workflows/registrations/r/execute")
    assert sent(transport)[0].keys() == {"execution_id", "traceparent"}


def test_bindings_keep_other_extensions() -> None:
    """And earlier bindings."""
    before = {"mistralai": {"connectors": {"bindings": [BINDING]}, "a": 1}, "other": 2}
    bound = connector_extensions([ConnectorBinding("slack", "team")], before)
    more = {"connector_name": "slack", "credentials_name": "team"}
    assert bound == {
        "mistralai": {"connectors": {"bindings": [BINDING, more]}, "a": 1},
        "other": 2,
    }
    assert before["mistralai"] == {"connectors": {"bindings": [BINDING]}, "a": 1}
    assert connector_extensions([]) == {}
