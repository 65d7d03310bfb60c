"""Stream the responses of conversations as events."""

import json
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from typing import Any

from mistral_core import Response
from mistral_funcs.sandbox.behaviors.tokens import tokens
from mistral_funcs.sandbox.event_streams import event_of, event_response
from mistral_funcs.schemas.beta.conversations.conversation import ConversationResponse
from mistral_funcs.schemas.beta.conversations.entries import (
    AgentHandoffEntry,
    FunctionCallEntry,
    MessageOutputEntry,
    ToolExecutionEntry,
)
from mistral_funcs.schemas.beta.conversations.events import (
    AgentHandoffDoneEvent,
    AgentHandoffStartedEvent,
    FunctionCallEvent,
    MessageOutputEvent,
    ResponseDoneEvent,
    ResponseStartedEvent,
    ToolExecutionDeltaEvent,
    ToolExecutionDoneEvent,
    ToolExecutionStartedEvent,
)
from mistral_funcs.schemas.shared.chunks import TextChunk


def stream_conversation(response: ConversationResponse, moment: datetime) -> Response:
    """Return a response as a stream of events, named by their types."""
    events = [*_events(response, moment)]
    return event_response(event_of(each, each.type) for each in events)


def _events(response: ConversationResponse, moment: datetime) -> Iterator[Any]:
    yield ResponseStartedEvent(conversation_id=response.conversation_id, created_at=moment)
    for index, entry in enumerate(response.outputs):
        shared: dict[str, Any] = {"created_at": moment, "output_index": index}
        yield from EVENTS[type(entry)](entry, shared)
    yield ResponseDoneEvent(usage=response.usage, created_at=moment)


def _message(entry: MessageOutputEntry, shared: dict[str, Any]) -> Iterator[MessageOutputEvent]:
    chunks: list[Any] = [entry.content] if isinstance(entry.content, str) else entry.content
    for index, chunk in enumerate(chunks):
        text = chunk.text if isinstance(chunk, TextChunk) else chunk
        for part in tokens(text) if isinstance(text, str) else [chunk]:
            yield MessageOutputEvent(
                **shared,
                id=entry.id or "",
                content=part,
                content_index=index,
                model=entry.model,
                agent_id=entry.agent_id,
            )


def _call(entry: FunctionCallEntry, shared: dict[str, Any]) -> Iterator[FunctionCallEvent]:
    arguments = entry.arguments
    for part in tokens(arguments if isinstance(arguments, str) else json.dumps(arguments)):
        yield FunctionCallEvent(
            **shared,
            id=entry.id or "",
            name=entry.name,
            tool_call_id=entry.tool_call_id,
            arguments=part,
            model=entry.model,
            agent_id=entry.agent_id,
            confirmation_status=entry.confirmation_status,
        )


def _execution(entry: ToolExecutionEntry, shared: dict[str, Any]) -> Iterator[Any]:
    shared = {**shared, "id": entry.id, "name": entry.name}
    yield ToolExecutionStartedEvent(**shared, model=entry.model, agent_id=entry.agent_id)
    for part in tokens(entry.arguments):
        yield ToolExecutionDeltaEvent(**shared, arguments=part)
    yield ToolExecutionDoneEvent(**shared, info=entry.info)


def _handoff(entry: AgentHandoffEntry, shared: dict[str, Any]) -> Iterator[Any]:
    shared = {**shared, "id": entry.id}
    yield AgentHandoffStartedEvent(
        **shared,
        previous_agent_id=entry.previous_agent_id,
        previous_agent_name=entry.previous_agent_name,
    )
    yield AgentHandoffDoneEvent(
        **shared, next_agent_id=entry.next_agent_id, next_agent_name=entry.next_agent_name
    )


EVENTS: Mapping[type, Callable[[Any, dict[str, Any]], Iterator[Any]]] = {
    MessageOutputEntry: _message,
    FunctionCallEntry: _call,
    ToolExecutionEntry: _execution,
    AgentHandoffEntry: _handoff,
}
"""The functions that yield the events of each kind of entry."""
