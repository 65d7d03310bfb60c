"""Folding of streamed conversations into the response of a plain call."""

from collections.abc import Iterable
from typing import Any, cast

from mistral_core import Err, EventStream, Failure, Ok, Result
from mistral_funcs.schemas.beta.conversations.conversation import (
    ConversationResponse,
    ConversationUsageInfo,
)
from mistral_funcs.schemas.beta.conversations.entries import (
    AgentHandoffEntry,
    ConversationResponseOutput,
    FunctionCallEntry,
    MessageOutputEntry,
    ToolExecutionEntry,
)
from mistral_funcs.schemas.beta.conversations.events import (
    AgentHandoffDoneEvent,
    AgentHandoffStartedEvent,
    ConversationEventsData,
    FunctionCallEvent,
    MessageOutputEvent,
    ResponseDoneEvent,
    ResponseStartedEvent,
    ToolExecutionDeltaEvent,
    ToolExecutionDoneEvent,
    ToolExecutionStartedEvent,
)
from mistral_funcs.schemas.shared.messages import complete_arguments
from mistral_funcs.toolkit.conversation_errors import reported_error
from mistral_funcs.toolkit.folding import fold_content

__all__ = ["collect_conversation", "fold_conversation"]


async def collect_conversation(
    stream: EventStream[ConversationEventsData],
) -> Result[ConversationResponse, Failure]:
    """Read a stream to its end and return the response.

    Args:
        stream: The stream returned by a function such as `beta_conversations_start_stream`, not
            entered.

    Returns:
        The complete response. An `Err` if the stream failed, or ended with a `ResponseErrorEvent`.
    """
    seen: list[ConversationEventsData] = []
    async with stream as events:
        async for event in events:
            if isinstance(event, Err):
                return event
            if (error := reported_error(event.value)) is not None:
                return Err(error)
            seen.append(event.value)
    return Ok(fold_conversation(seen))


def fold_conversation(events: Iterable[ConversationEventsData]) -> ConversationResponse:
    """Combine the events of a streamed response into the response of a plain call.

    Args:
        events: The events, in order.

    Returns:
        The response. Texts and arguments are joined.
    """
    conversation_id = ""
    usage = ConversationUsageInfo()
    entries: dict[str, list[Any]] = {}
    for event in events:
        match event:
            case ResponseStartedEvent():
                conversation_id = event.conversation_id
            case ResponseDoneEvent():
                usage = event.usage
            case (
                MessageOutputEvent()
                | FunctionCallEvent()
                | ToolExecutionStartedEvent()
                | ToolExecutionDeltaEvent()
                | ToolExecutionDoneEvent()
                | AgentHandoffStartedEvent()
                | AgentHandoffDoneEvent()
            ):
                entries.setdefault(event.id, []).append(event)
            case _:
                pass
    ordered = sorted(entries.values(), key=lambda parts: parts[0].output_index)
    outputs = [output for parts in ordered if (output := _entry(parts)) is not None]
    return ConversationResponse(conversation_id=conversation_id, outputs=outputs, usage=usage)


def _entry(parts: list[Any]) -> ConversationResponseOutput | None:
    """Return the entry that events with the same ID describe."""
    first: Any = parts[0]
    common: dict[str, Any] = {"id": first.id, "created_at": first.created_at}
    if isinstance(first, MessageOutputEvent):
        contents = [
            part.content if isinstance(part.content, str) else [part.content] for part in parts
        ]
        return MessageOutputEntry(
            content=cast("Any", fold_content(contents)) or "",
            agent_id=first.agent_id,
            model=first.model,
            **common,
        )
    if isinstance(first, FunctionCallEvent):
        return FunctionCallEntry(
            tool_call_id=_first(parts, "tool_call_id") or first.id,
            name=_first(parts, "name") or "",
            arguments=complete_arguments("".join(part.arguments for part in parts)),
            confirmation_status=_first(reversed(parts), "confirmation_status"),
            agent_id=first.agent_id,
            model=first.model,
            **common,
        )
    if isinstance(first, AgentHandoffStartedEvent | AgentHandoffDoneEvent):
        return AgentHandoffEntry(
            previous_agent_id=_first(parts, "previous_agent_id") or "",
            previous_agent_name=_first(parts, "previous_agent_name") or "",
            next_agent_id=_first(parts, "next_agent_id") or "",
            next_agent_name=_first(parts, "next_agent_name") or "",
            **common,
        )
    return ToolExecutionEntry(
        name=_first(parts, "name") or "",
        arguments="".join(getattr(part, "arguments", "") for part in parts),
        info=_first(parts, "info"),
        completed_at=parts[-1].created_at
        if isinstance(parts[-1], ToolExecutionDoneEvent)
        else None,
        agent_id=getattr(first, "agent_id", None),
        model=getattr(first, "model", None),
        **common,
    )


def _first(parts: Iterable[Any], name: str) -> Any:
    """Return the first value of a field that is set."""
    return next((value for part in parts if (value := getattr(part, name, None)) is not None), None)
