"""Stream responses of the Responses API as events."""

from collections.abc import Iterator
from itertools import count
from typing import Any

import attrs

from mistral_core import Response
from mistral_funcs.sandbox.behaviors.tokens import tokens
from mistral_funcs.sandbox.event_streams import event_of, event_response
from mistral_funcs.schemas.responses.events import (
    ResponsesCompletedEvent,
    ResponsesContentPartAddedEvent,
    ResponsesContentPartDoneEvent,
    ResponsesCreatedEvent,
    ResponsesFunctionCallArgumentsDeltaEvent,
    ResponsesFunctionCallArgumentsDoneEvent,
    ResponsesIncompleteEvent,
    ResponsesInProgressEvent,
    ResponsesOutputItemAddedEvent,
    ResponsesOutputItemDoneEvent,
    ResponsesPartReasoningText,
    ResponsesReasoningTextDeltaEvent,
    ResponsesReasoningTextDoneEvent,
    ResponsesTextDeltaEvent,
    ResponsesTextDoneEvent,
)
from mistral_funcs.schemas.responses.output import (
    ResponsesFunctionToolCall,
    ResponsesOutputMessage,
    ResponsesOutputText,
    ResponsesReasoningItem,
)
from mistral_funcs.schemas.responses.response import CreateResponseResponse


def stream_response(response: CreateResponseResponse) -> Response:
    """Return a response as a stream of numbered events, named by their types."""
    numbered = (
        attrs.evolve(event, sequence_number=number)
        for number, event in zip(count(), _events(response), strict=False)
    )
    return event_response(event_of(each, each.type) for each in [*numbered])


def _events(response: CreateResponseResponse) -> Iterator[Any]:
    begun = attrs.evolve(response, status="in_progress", output=[], usage=None, completed_at=None)
    yield ResponsesCreatedEvent(response=begun)
    yield ResponsesInProgressEvent(response=begun)
    output: list[Any] = response.output
    for index, item in enumerate(output):
        is_call = isinstance(item, ResponsesFunctionToolCall)
        yield from _call(item, index) if is_call else _parts(item, index)
        yield ResponsesOutputItemDoneEvent(item=item, output_index=index)
    if response.status == "completed":
        yield ResponsesCompletedEvent(response=response)
    else:
        yield ResponsesIncompleteEvent(response=response)


def _call(item: ResponsesFunctionToolCall, index: int) -> Iterator[Any]:
    begun = attrs.evolve(item, arguments="", status="in_progress")
    yield ResponsesOutputItemAddedEvent(item=begun, output_index=index)
    place: dict[str, Any] = {"item_id": item.id, "output_index": index}
    for part in tokens(item.arguments):
        yield ResponsesFunctionCallArgumentsDeltaEvent(**place, delta=part)
    yield ResponsesFunctionCallArgumentsDoneEvent(**place, arguments=item.arguments, name=item.name)


def _parts(item: ResponsesOutputMessage | ResponsesReasoningItem, index: int) -> Iterator[Any]:
    fields: dict[str, Any] = {"content": [], "status": "in_progress"}
    begun = attrs.evolve(item, **fields)
    yield ResponsesOutputItemAddedEvent(item=begun, output_index=index)
    is_thought = isinstance(item, ResponsesReasoningItem)
    part_of: Any = ResponsesPartReasoningText if is_thought else ResponsesOutputText
    delta_of: Any = ResponsesReasoningTextDeltaEvent if is_thought else ResponsesTextDeltaEvent
    done_of: Any = ResponsesReasoningTextDoneEvent if is_thought else ResponsesTextDoneEvent
    for number, content in enumerate(item.content or ()):
        text = str(getattr(content, "text", ""))
        place: dict[str, Any] = {"item_id": item.id, "output_index": index, "content_index": number}
        yield ResponsesContentPartAddedEvent(**place, part=part_of(text=""))
        for each in tokens(text):
            yield delta_of(**place, delta=each)
        yield done_of(**place, text=text)
        yield ResponsesContentPartDoneEvent(**place, part=part_of(text=text))
