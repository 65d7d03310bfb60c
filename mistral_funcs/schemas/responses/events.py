"""Events of streamed responses."""

from typing import Literal, TypeAlias, final

import attrs

from mistral_core import Schema, Unknown
from mistral_funcs.schemas.responses.output import (
    ResponsesOutputItem,
    ResponsesOutputRefusal,
    ResponsesOutputText,
)
from mistral_funcs.schemas.responses.response import CreateResponseResponse


@final
@attrs.frozen(kw_only=True)
class ResponsesPartReasoningText(Schema):
    """Text of the reasoning.

    Attributes:
        type: `"reasoning_text"`.
        text: The text.
    """

    type: Literal["reasoning_text"] = "reasoning_text"
    text: str | None = None


ResponsesPart: TypeAlias = (
    ResponsesOutputText | ResponsesOutputRefusal | ResponsesPartReasoningText | Unknown
)
"""A part of the content of an item, discriminated by `type`."""


@final
@attrs.frozen(kw_only=True)
class ResponsesCreatedEvent(Schema):
    """The first event of a response.

    Attributes:
        type: `"response.created"`.
        response: The response so far.
        sequence_number: Number of the event.
    """

    type: Literal["response.created"] = "response.created"
    response: CreateResponseResponse
    sequence_number: int | None = None


@final
@attrs.frozen(kw_only=True)
class ResponsesInProgressEvent(Schema):
    """A response that has started.

    Attributes:
        type: `"response.in_progress"`.
        response: The response so far.
        sequence_number: Number of the event.
    """

    type: Literal["response.in_progress"] = "response.in_progress"
    response: CreateResponseResponse
    sequence_number: int | None = None


@final
@attrs.frozen(kw_only=True)
class ResponsesOutputItemAddedEvent(Schema):
    """A new item.

    Attributes:
        type: `"response.output_item.added"`.
        item: The item.
        output_index: Index of the item in the output.
        sequence_number: Number of the event.
    """

    type: Literal["response.output_item.added"] = "response.output_item.added"
    item: ResponsesOutputItem
    output_index: int | None = None
    sequence_number: int | None = None


@final
@attrs.frozen(kw_only=True)
class ResponsesOutputItemDoneEvent(Schema):
    """A complete item.

    Attributes:
        type: `"response.output_item.done"`.
        item: The item.
        output_index: Index of the item in the output.
        sequence_number: Number of the event.
    """

    type: Literal["response.output_item.done"] = "response.output_item.done"
    item: ResponsesOutputItem
    output_index: int | None = None
    sequence_number: int | None = None


@final
@attrs.frozen(kw_only=True)
class ResponsesContentPartAddedEvent(Schema):
    """A new part of the content of an item.

    Attributes:
        type: `"response.content_part.added"`.
        content_index: Index of the part in the content.
        item_id: ID of the item.
        output_index: Index of the item in the output.
        part: The part.
        sequence_number: Number of the event.
    """

    type: Literal["response.content_part.added"] = "response.content_part.added"
    content_index: int | None = None
    item_id: str | None = None
    output_index: int | None = None
    part: ResponsesPart
    sequence_number: int | None = None


@final
@attrs.frozen(kw_only=True)
class ResponsesContentPartDoneEvent(Schema):
    """A complete part of the content of an item.

    Attributes:
        type: `"response.content_part.done"`.
        content_index: Index of the part in the content.
        item_id: ID of the item.
        output_index: Index of the item in the output.
        part: The part.
        sequence_number: Number of the event.
    """

    type: Literal["response.content_part.done"] = "response.content_part.done"
    content_index: int | None = None
    item_id: str | None = None
    output_index: int | None = None
    part: ResponsesPart
    sequence_number: int | None = None


@final
@attrs.frozen(kw_only=True)
class ResponsesCompletedEvent(Schema):
    """The last event of a complete response.

    Attributes:
        type: `"response.completed"`.
        response: The complete response.
        sequence_number: Number of the event.
    """

    type: Literal["response.completed"] = "response.completed"
    response: CreateResponseResponse
    sequence_number: int | None = None


@final
@attrs.frozen(kw_only=True)
class ResponsesIncompleteEvent(Schema):
    """The last event of an incomplete response.

    Attributes:
        type: `"response.incomplete"`.
        response: The incomplete response.
        sequence_number: Number of the event.
    """

    type: Literal["response.incomplete"] = "response.incomplete"
    response: CreateResponseResponse
    sequence_number: int | None = None


@final
@attrs.frozen(kw_only=True)
class ResponsesFailedEvent(Schema):
    """The last event of a failed response.

    Attributes:
        type: `"response.failed"`.
        response: The failed response.
        sequence_number: Number of the event.
    """

    type: Literal["response.failed"] = "response.failed"
    response: CreateResponseResponse
    sequence_number: int | None = None


@final
@attrs.frozen(kw_only=True)
class ResponsesErrorEvent(Schema):
    """An error. It is the last event.

    Attributes:
        type: `"error"`.
        message: What went wrong.
        sequence_number: Number of the event.
        code: Code of the error.
        param: The invalid parameter.
    """

    type: Literal["error"] = "error"
    message: str | None = None
    sequence_number: int | None = None
    code: str | None = None
    param: str | None = None


@final
@attrs.frozen(kw_only=True)
class ResponsesTextDeltaEventLogprobTopLogprob(Schema):
    """Log probability of an alternative token.

    Attributes:
        token: The token.
        logprob: Log probability.
    """

    token: str | None = None
    logprob: float | None = None


@final
@attrs.frozen(kw_only=True)
class ResponsesTextDeltaEventLogprob(Schema):
    """Log probability of a token.

    Attributes:
        token: The token.
        logprob: Log probability.
        top_logprobs: The most likely tokens.
    """

    token: str | None = None
    logprob: float | None = None
    top_logprobs: list[ResponsesTextDeltaEventLogprobTopLogprob] | None = None


@final
@attrs.frozen(kw_only=True)
class ResponsesTextDeltaEvent(Schema):
    """A part of the text.

    Attributes:
        type: `"response.output_text.delta"`.
        content_index: Index of the part in the content.
        delta: The added part.
        item_id: ID of the item.
        logprobs: Log probabilities of the tokens.
        output_index: Index of the item in the output.
        sequence_number: Number of the event.
    """

    type: Literal["response.output_text.delta"] = "response.output_text.delta"
    content_index: int | None = None
    delta: str = ""
    item_id: str | None = None
    logprobs: list[ResponsesTextDeltaEventLogprob] = attrs.field(
        factory=list[ResponsesTextDeltaEventLogprob]
    )
    output_index: int | None = None
    sequence_number: int | None = None


@final
@attrs.frozen(kw_only=True)
class ResponsesTextDoneEventLogprobTopLogprob(Schema):
    """Log probability of an alternative token.

    Attributes:
        token: The token.
        logprob: Log probability.
    """

    token: str | None = None
    logprob: float | None = None


@final
@attrs.frozen(kw_only=True)
class ResponsesTextDoneEventLogprob(Schema):
    """Log probability of a token.

    Attributes:
        token: The token.
        logprob: Log probability.
        top_logprobs: The most likely tokens.
    """

    token: str | None = None
    logprob: float | None = None
    top_logprobs: list[ResponsesTextDoneEventLogprobTopLogprob] | None = None


@final
@attrs.frozen(kw_only=True)
class ResponsesTextDoneEvent(Schema):
    """The complete text.

    Attributes:
        type: `"response.output_text.done"`.
        content_index: Index of the part in the content.
        item_id: ID of the item.
        logprobs: Log probabilities of the tokens.
        output_index: Index of the item in the output.
        sequence_number: Number of the event.
        text: The text.
    """

    type: Literal["response.output_text.done"] = "response.output_text.done"
    content_index: int | None = None
    item_id: str | None = None
    logprobs: list[ResponsesTextDoneEventLogprob] = attrs.field(
        factory=list[ResponsesTextDoneEventLogprob]
    )
    output_index: int | None = None
    sequence_number: int | None = None
    text: str | None = None


@final
@attrs.frozen(kw_only=True)
class ResponsesReasoningTextDeltaEvent(Schema):
    """A part of the reasoning.

    Attributes:
        type: `"response.reasoning_text.delta"`.
        content_index: Index of the part in the content.
        delta: The added part.
        item_id: ID of the item.
        output_index: Index of the item in the output.
        sequence_number: Number of the event.
    """

    type: Literal["response.reasoning_text.delta"] = "response.reasoning_text.delta"
    content_index: int | None = None
    delta: str = ""
    item_id: str | None = None
    output_index: int | None = None
    sequence_number: int | None = None


@final
@attrs.frozen(kw_only=True)
class ResponsesReasoningTextDoneEvent(Schema):
    """The complete reasoning.

    Attributes:
        type: `"response.reasoning_text.done"`.
        content_index: Index of the part in the content.
        item_id: ID of the item.
        output_index: Index of the item in the output.
        sequence_number: Number of the event.
        text: The text.
    """

    type: Literal["response.reasoning_text.done"] = "response.reasoning_text.done"
    content_index: int | None = None
    item_id: str | None = None
    output_index: int | None = None
    sequence_number: int | None = None
    text: str | None = None


@final
@attrs.frozen(kw_only=True)
class ResponsesFunctionCallArgumentsDeltaEvent(Schema):
    """A part of the arguments of a function call.

    Attributes:
        type: `"response.function_call_arguments.delta"`.
        delta: The added part.
        item_id: ID of the item.
        output_index: Index of the item in the output.
        sequence_number: Number of the event.
    """

    type: Literal["response.function_call_arguments.delta"] = (
        "response.function_call_arguments.delta"
    )
    delta: str = ""
    item_id: str | None = None
    output_index: int | None = None
    sequence_number: int | None = None


@final
@attrs.frozen(kw_only=True)
class ResponsesFunctionCallArgumentsDoneEvent(Schema):
    """The complete arguments of a function call.

    Attributes:
        type: `"response.function_call_arguments.done"`.
        arguments: Arguments as a JSON string.
        item_id: ID of the item.
        name: Name of the function.
        output_index: Index of the item in the output.
        sequence_number: Number of the event.
    """

    type: Literal["response.function_call_arguments.done"] = "response.function_call_arguments.done"
    arguments: str | None = None
    item_id: str | None = None
    name: str | None = None
    output_index: int | None = None
    sequence_number: int | None = None


ResponsesStreamEvent: TypeAlias = (
    ResponsesCreatedEvent
    | ResponsesInProgressEvent
    | ResponsesOutputItemAddedEvent
    | ResponsesOutputItemDoneEvent
    | ResponsesContentPartAddedEvent
    | ResponsesContentPartDoneEvent
    | ResponsesTextDeltaEvent
    | ResponsesTextDoneEvent
    | ResponsesReasoningTextDeltaEvent
    | ResponsesReasoningTextDoneEvent
    | ResponsesFunctionCallArgumentsDeltaEvent
    | ResponsesFunctionCallArgumentsDoneEvent
    | ResponsesCompletedEvent
    | ResponsesIncompleteEvent
    | ResponsesFailedEvent
    | ResponsesErrorEvent
    | Unknown
)
"""An event of a streamed response, discriminated by `type`."""
