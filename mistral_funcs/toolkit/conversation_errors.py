"""Errors that streamed conversations report in an event."""

from typing import Any

from mistral_core import SDKError
from mistral_core.http.metadata import NO_CALL, Call


def reported_error(event: Any, call: Call = NO_CALL) -> SDKError | None:
    """Return the error that an event reports, if it is a `ResponseErrorEvent`.

    Args:
        event: An event of any stream.
        call: Metadata of the call, for the request ID.
    """
    if getattr(event, "type", None) != "conversation.response.error":
        return None
    code: int | None = event.code
    return SDKError(
        event.message or "The conversation failed",
        code if code is not None and 400 <= code < 600 else call.status or 200,
        code=None if code is None else str(code),
        request_id=call.request_id,
        headers=call.headers,
    )
