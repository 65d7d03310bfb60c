"""POST /v1/responses."""

from typing import Any

from mistral_core import Events, EventStream, Failure, Result, streamed
from mistral_funcs.responses.create import responses_create
from mistral_funcs.schemas.responses.events import (
    ResponsesCompletedEvent,
    ResponsesErrorEvent,
    ResponsesFailedEvent,
    ResponsesIncompleteEvent,
    ResponsesStreamEvent,
)


@streamed(
    responses_create,
    Events(
        ResponsesStreamEvent,
        last=(
            ResponsesCompletedEvent,
            ResponsesIncompleteEvent,
            ResponsesFailedEvent,
            ResponsesErrorEvent,
        ),
    ),
)
async def responses_stream(
    *args: Any, **kwargs: Any
) -> Result[EventStream[ResponsesStreamEvent], Failure]:
    """Stream a response.

    Returns:
        The stream of events. Enter it with `async with` before iterating. It ends with an event for
        the complete, incomplete or failed response; if the connection fails or the server reports
        an error before that, the last item is an `Err`.
    """
    ...
