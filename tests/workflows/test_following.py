"""Following an execution across broken connections, up to its last event."""

import json
from typing import Any

import pytest

from mistral_core import (
    APIConnectionError,
    Err,
    InvalidRequestError,
    MistralCore,
    Ok,
    Request,
    RequestTimeoutError,
    Response,
    ResponseValidationError,
    Result,
    RetryConfig,
    SDKError,
)
from mistral_core.testing import Answer, ScriptedTransport, json_response, stream_response
from mistral_funcs import ConnectorAuthorization, workflows_executions_follow

ONCE = RetryConfig(strategy="none")
AUTH = {"connector_name": "github", "connector_id": "c", "auth_url": "https://example.com/auth"}
RUNNING = json_response({"execution_id": "e", "status": "RUNNING"})
TERMINATED = json_response({"execution_id": "e", "status": "TERMINATED"})
COMPLETED = json_response({"execution_id": "e", "status": "COMPLETED"})
BROKEN = APIConnectionError("The connection broke")
LATE = RequestTimeoutError("No response within 5 s", "total")


def frame(number: int, kind: str = "ACTIVITY_TASK_STARTED", who: str = "e", **more: Any) -> bytes:
    """Return a server-sent event."""
    data = {"event_id": str(number), "event_type": kind, "workflow_exec_id": who, **more}
    event = {"stream": "s", "broker_sequence": number, "data": data}
    return f"data: {json.dumps(event)}\n\n".encode()


def end(number: int, kind: str = "COMPLETED", who: str = "e") -> bytes:
    """Return the last event of an execution."""
    return frame(number, f"WORKFLOW_EXECUTION_{kind}", who)


def failure(reason: str) -> bytes:
    """Return an error event."""
    return f'event: error\ndata: {{"error": "lost", "reason": "{reason}"}}\n\n'.encode()


def lost() -> Response:
    """Return a stream with only an error event."""
    return stream_response(failure("read_error"))


async def follow(
    *responses: Answer, pause: float = 0, **arguments: Any
) -> tuple[list[Result[Any, Any]], list[str]]:
    """Follow an execution. Return the items and the requested URLs."""
    transport = ScriptedTransport(*responses)
    client = MistralCore("key", transport=transport, retry_config=ONCE)
    followed = workflows_executions_follow(client, "e", pause=pause, **arguments)
    items = [each async for each in followed]
    return items, [each.url.rpartition("/v1/workflows/")[2] for each in transport.requests]


def numbers(items: list[Result[Any, Any]]) -> list[int]:
    """Return the numbers of the events."""
    return [each.unwrap().broker_sequence for each in items]


@pytest.mark.parametrize("kind", ["COMPLETED", "FAILED", "CANCELED"])
async def test_last_event_of_the_root_ends_following(kind: str) -> None:
    """That of a child does not, nor does a new run."""
    events = [frame(1), end(2, kind, "child"), end(3, "CONTINUED_AS_NEW"), end(4, kind), frame(5)]
    items, urls = await follow(stream_response(*events))
    assert numbers(items) == [1, 2, 3, 4]
    assert urls == ["events/stream?root_workflow_exec_id=e&start_seq=0"]


@pytest.mark.parametrize(
    "broken",
    [[], [BROKEN], [RequestTimeoutError("Silence", "read")]]
    + [[failure(each)] for each in ("read_error", "stream_error", "internal_error")],
)
async def test_broken_stream_is_resumed_after_its_last_event(broken: list[Any]) -> None:
    """Whatever the failure was."""
    items, urls = await follow(
        stream_response(frame(6), frame(7), *broken), stream_response(end(8)), start_seq=6
    )
    assert numbers(items) == [6, 7, 8]
    assert [each.rpartition("=")[2] for each in urls] == ["6", "8"]


async def test_temporarily_unavailable_server_is_retried() -> None:
    """A stream that cannot be opened or a status that cannot be read does not end it."""
    items, _ = await follow(
        json_response({"message": "busy"}, 503),
        json_response({"message": "busy"}, 503),
        stream_response(),
        RUNNING,
        stream_response(end(1)),
    )
    assert numbers(items) == [1]


@pytest.mark.parametrize(
    ("responses", "kind", "reason"),
    [
        ([lost(), lost()], SDKError, "read_error"),
        ([BROKEN, BROKEN], APIConnectionError, None),
        ([LATE, LATE], RequestTimeoutError, None),
        ([stream_response(LATE), stream_response(LATE)], RequestTimeoutError, None),
        ([stream_response(), LATE, LATE], RequestTimeoutError, None),
        ([stream_response(failure("forbidden"))], SDKError, "forbidden"),
        ([stream_response(b"data: {}\n\n")], ResponseValidationError, None),
        ([json_response({"message": "no", "type": "gone"}, 404)], SDKError, "gone"),
        (
            [stream_response(), json_response({"message": "no", "type": "gone"}, 404)],
            SDKError,
            "gone",
        ),
        ([stream_response(), TERMINATED, stream_response()], SDKError, "TERMINATED"),
    ],
)
async def test_permanent_failure_is_an_error_with_its_reason(
    responses: list[Answer], kind: type[Exception], reason: str | None
) -> None:
    """A terminated execution has no last event."""
    items, _ = await follow(*responses, max_failures=2)
    (last,) = items
    assert isinstance(last, Err)
    assert isinstance(last.error, kind)
    assert getattr(last.error, "type", None) == reason


async def test_event_after_the_status_is_not_lost() -> None:
    """The execution may end between a stream and the request for its status."""
    items, _ = await follow(stream_response(), TERMINATED, stream_response(end(1)))
    assert numbers(items) == [1]


async def test_connector_asks_for_authorization() -> None:
    """The URL is for the user. The execution resumes by itself."""
    attributes = {"custom_task_type": "connector_auth", "payload": {"type": "json", "value": AUTH}}
    asked = frame(1, "CUSTOM_TASK_STARTED", attributes=attributes)
    (first, _), _ = await follow(stream_response(asked, end(2)))
    assert isinstance(first, Ok)
    request = first.value
    assert isinstance(request, ConnectorAuthorization)
    assert (request.connector_name, request.auth_url) == ("github", AUTH["auth_url"])
    assert (request.connector_id, request.credentials_name, request.message) == ("c", None, None)
    assert request.event.broker_sequence == 1


@pytest.mark.parametrize(
    "attributes",
    [
        {"custom_task_type": "llm_call", "payload": {"type": "json", "value": AUTH}},
        {"custom_task_type": "connector_auth"},
        {"custom_task_type": "connector_auth", "payload": {"type": "json", "value": {}}},
    ],
)
async def test_other_tasks_are_events(attributes: dict[str, Any]) -> None:
    """Including one that names no connector."""
    started = frame(1, "CUSTOM_TASK_STARTED", attributes=attributes)
    items, _ = await follow(stream_response(started, end(2)))
    assert numbers(items) == [1, 2]


@pytest.mark.parametrize(
    "wrong",
    [{"pause": -1}, {"deadline": -1}, {"check_after": -1}, {"check_after": 0}, {"max_failures": 0}],
)
async def test_limits_are_checked(wrong: dict[str, Any]) -> None:
    """Nothing is requested."""
    (only,), urls = await follow(**wrong)
    assert isinstance(only, Err)
    assert isinstance(only.error, InvalidRequestError)
    assert only.error.param == next(iter(wrong))
    assert urls == []


class Unreachable:
    """A server that always times out, and counts the requests."""

    api_key = "key"
    requests = 0

    async def send(self, request: Request) -> Response:
        """Time out."""
        self.requests += 1
        raise RequestTimeoutError(f"No response of {request.url}", "total")

    async def aclose(self) -> None:
        """Do nothing."""


async def test_server_that_always_times_out_is_abandoned() -> None:
    """The error has the reason, the number of attempts, and where to resume."""
    server = Unreachable()
    client = MistralCore(transport=server, retry_config=ONCE)
    (only,) = [
        each async for each in workflows_executions_follow(client, "e", start_seq=7, pause=0)
    ]
    assert isinstance(only, Err)
    assert isinstance(only.error, RequestTimeoutError)
    assert "No response of" in str(only.error)
    assert "failure 5 in a row. Resume with `start_seq=7`." in str(only.error)
    assert server.requests == 5


async def test_event_or_status_resets_the_count_of_failures() -> None:
    """A status counts if the stream ended without an event."""
    items, _ = await follow(
        lost(),
        stream_response(frame(1), failure("read_error")),
        stream_response(),
        RUNNING,
        lost(),
        stream_response(end(2)),
        max_failures=2,
    )
    assert numbers(items) == [1, 2]


async def test_pauses_back_off(monkeypatch: pytest.MonkeyPatch) -> None:
    """Up to half a minute, until the next event."""
    pauses: list[float] = []

    async def note(seconds: float) -> None:
        pauses.append(seconds)

    monkeypatch.setattr("mistral_funcs.toolkit.workflows.event_follower.asyncio.sleep", note)
    idle = [stream_response(), RUNNING] * 7
    await follow(*idle, stream_response(frame(1)), *idle[:4], stream_response(end(2)), pause=1)
    assert pauses == [1, 2, 4, 8, 16, 30, 30, 1, 2, 4]


async def test_following_has_a_deadline() -> None:
    """The error has the execution and the number of the next event."""
    items, _ = await follow(stream_response(frame(3)), pause=9, deadline=0.05)
    *events, last = items
    assert isinstance(last, Err)
    assert isinstance(last.error, RequestTimeoutError)
    assert last.error.phase == "deadline"
    assert "Execution e was followed for 0.05 s" in str(last.error)
    assert f"`start_seq={4 if events else 0}`" in str(last.error)


async def test_completed_execution_without_further_events_has_no_items() -> None:
    """As when resuming after the last event."""
    items, _ = await follow(stream_response(), COMPLETED, stream_response(), start_seq=9)
    assert items == []
