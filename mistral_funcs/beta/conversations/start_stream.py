"""POST /v1/conversations."""

from typing import Any

from mistral_core import Events, EventStream, Failure, Result, streamed
from mistral_funcs.beta.conversations.start import beta_conversations_start
from mistral_funcs.schemas.beta.conversations.events import (
    ConversationEventsData,
    ResponseDoneEvent,
    ResponseErrorEvent,
)


@streamed(
    beta_conversations_start,
    Events(ConversationEventsData, last=(ResponseDoneEvent, ResponseErrorEvent)),
)
async def beta_conversations_start_stream(
    *args: Any, **kwargs: Any
) -> Result[EventStream[ConversationEventsData], Failure]:
    """Start a conversation and stream the response.

    Returns:
        The stream of events. Enter it with `async with` before iterating. It ends with a
        `ResponseDoneEvent` or a `ResponseErrorEvent`; if the connection fails before that, the last
        item is an `Err`.
    """
    ...
