"""Event streams, and the faults that tests plan for streams and responses."""

import json
from collections.abc import AsyncGenerator, Iterable
from typing import TypeAlias

from mistral_core import APIConnectionError, RequestTimeoutError, Response
from mistral_core.http.chunks import Chunks
from mistral_core.http.headers import Headers
from mistral_core.http.messages import ResponseStream
from mistral_core.http.statuses import PHRASES
from mistral_funcs.sandbox.error_responses import error_body

Fault: TypeAlias = int | Response | APIConnectionError | RequestTimeoutError
"""A replacement for a response: an error status, any response, a connection error or a timeout."""

SERVER_ERROR = 500
END = b"data: [DONE]\n\n"


def event_of(value: object, name: str = "") -> bytes:
    """Return an event whose data is JSON, with a name if it has one."""
    from mistral_core.structuring.converter import converter  # noqa: PLC0415 - slow to import

    data = json.dumps(converter.unstructure(value), ensure_ascii=False)
    head = f"event: {name}\n" if name else ""
    return f"{head}data: {data}\n\n".encode()


def event_response(events: Iterable[bytes]) -> Response:
    """Return a stream of events."""
    return Response(200, Headers([("content-type", "text/event-stream")]), stream=Chunks(events))


async def break_off(
    stream: ResponseStream, after: int, fault: Fault, path: str
) -> AsyncGenerator[bytes, None]:
    """Yield the first chunks of a stream, and then fail.

    Args:
        stream: The stream.
        after: Number of chunks to yield.
        fault: The fault to cause then.
        path: The path of the request, which determines how an error is reported.
    """
    left = after
    async for chunk in stream:
        if left == 0:
            break
        yield chunk
        left -= 1
    await stream.aclose()
    if isinstance(fault, Response):
        yield fault.body
    elif isinstance(fault, int):
        yield _error_event(fault, path)
    else:
        raise fault


def _error_event(status: int, path: str) -> bytes:
    """Return the event that reports an error of this status."""
    body = fault_body(status)
    if path.startswith("/v1/conversations"):
        name = "conversation.response.error"
        error = {"type": name, "message": body["message"], "code": int(str(body["code"] or status))}
        return event_of(error, name)
    if path == "/v1/responses" and status < SERVER_ERROR:
        error = {"type": "error", "message": body["message"], "code": body["code"], "param": None}
        return event_of(error, "error")
    if path == "/v1/responses":
        name = "response.failed"
        cause = {"code": "server_error", "message": body["message"]}
        response = {"id": "resp_failed", "object": "response", "status": "failed", "error": cause}
        return event_of({"type": name, "response": {**response, "tool_choice": "auto"}}, name)
    return event_of({**body, "raw_status_code": status})


def fault_body(status: int) -> dict[str, object]:
    """Return the body of an error of this status."""
    message = PHRASES.get(status, "An error of the sandbox")
    kinds = {429: ("rate_limited", "1300"), 503: ("service_tier_capacity_exceeded", "3505")}
    return error_body(message, *kinds.get(status, ("sandbox_fault", None)))
