"""POST /v1/conversations/{conversation_id}/restart."""

from typing import Any

from mistral_core import Events, EventStream, Failure, Result, streamed
from mistral_funcs.beta.conversations.restart import beta_conversations_restart
from mistral_funcs.schemas.beta.conversations.events import (
    ConversationEventsData,
    ResponseDoneEvent,
    ResponseErrorEvent,
)


@streamed(
    beta_conversations_restart,
    Events(ConversationEventsData, last=(ResponseDoneEvent, ResponseErrorEvent)),
)
async def beta_conversations_restart_stream(
    *args: Any, **kwargs: Any
) -> Result[EventStream[ConversationEventsData], Failure]:
    """Start a new conversation from an entry of another as a stream.

    Returns:
        The stream of events. Enter it with `async with` before iterating. It ends with a
        `ResponseDoneEvent` or a `ResponseErrorEvent`; if the connection fails before that, the last
        item is an `Err`.
    """
    ...
