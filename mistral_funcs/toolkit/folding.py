"""Folding of streamed completions into the response of a plain call."""

from collections.abc import Iterable, Sequence
from typing import Any, cast

import attrs

from mistral_core import Err, EventStream, Failure, Ok, Result
from mistral_funcs.schemas.shared.chunks import ContentChunk, TextChunk, ThinkChunk
from mistral_funcs.schemas.shared.completions import (
    ChatCompletionChoice,
    ChatCompletionResponse,
    CompletionChunk,
    CompletionResponseStreamChoice,
    DeltaMessage,
)
from mistral_funcs.schemas.shared.logprobs import ChatCompletionResponseChoiceLogprobs
from mistral_funcs.schemas.shared.messages import AssistantMessage
from mistral_funcs.schemas.shared.usage import UsageInfo
from mistral_funcs.toolkit.tool_call_fragments import fold_tool_calls

__all__ = ["collect_completion", "fold_completion"]


async def collect_completion(
    stream: EventStream[CompletionChunk],
) -> Result[ChatCompletionResponse, Failure]:
    """Read a stream to its end and return the completion.

    Cancellation closes the stream. To show the chunks, or to keep a partial completion, iterate
    over the stream and pass the chunks to `fold_completion`.

    Args:
        stream: The stream returned by `chat_stream`, `fim_stream` or `agents_stream`, not entered.

    Returns:
        The complete response, or the `Err` that ended the stream.
    """
    chunks: list[CompletionChunk] = []
    async with stream as events:
        async for event in events:
            if isinstance(event, Err):
                return event
            chunks.append(event.value)
    return Ok(fold_completion(chunks))


def fold_completion(chunks: Iterable[CompletionChunk]) -> ChatCompletionResponse:
    """Combine the chunks of a streamed completion into one response.

    Args:
        chunks: The chunks, in order.

    Returns:
        The response that a plain call returns. Texts and tool call arguments are joined; the usage
        is taken from the last chunk that contains it.
    """
    id_, object_ = "", "chat.completion"
    model: str | None = None
    created: int | None = None
    usage: UsageInfo | None = None
    extra: dict[str, Any] = {}
    choices: dict[int, list[CompletionResponseStreamChoice]] = {}
    for chunk in chunks:
        id_, model, created = id_ or chunk.id, model or chunk.model, created or chunk.created
        usage = chunk.usage or usage
        extra |= chunk.additional_properties
        for choice in chunk.choices:
            choices.setdefault(choice.index or 0, []).append(choice)
    return ChatCompletionResponse(
        id=id_,
        object=object_,
        model=model,
        created=created,
        usage=usage or UsageInfo(),
        choices=[_choice(index, choices[index]) for index in sorted(choices)],
        additional_properties=extra,
    )


def _choice(index: int, chunks: list[CompletionResponseStreamChoice]) -> ChatCompletionChoice:
    reasons = [chunk.finish_reason for chunk in chunks if chunk.finish_reason]
    several = any(chunk.delta.index is not None for chunk in chunks)
    deltas: dict[int, list[DeltaMessage]] = {}
    number = 0
    for chunk in chunks:  # A delta without an index continues the previous message.
        number = number if chunk.delta.index is None else chunk.delta.index
        deltas.setdefault(number, []).append(chunk.delta)
    extra = {key: each for chunk in chunks for key, each in chunk.additional_properties.items()}
    if several:
        return ChatCompletionChoice(
            index=index,
            messages=[_message(deltas[number], number) for number in sorted(deltas)],
            finish_reason=reasons[-1] if reasons else None,
            logprobs=_logprobs([chunk.logprobs for chunk in chunks]),
            prompt_logprobs=_logprobs([chunk.prompt_logprobs for chunk in chunks]),
            additional_properties=extra,
        )
    message = _message(deltas[0], None)
    return ChatCompletionChoice(
        index=index,
        message=AssistantMessage(
            content=message.content,
            tool_calls=message.tool_calls,
            additional_properties=message.additional_properties,
        ),
        finish_reason=reasons[-1] if reasons else None,
        logprobs=_logprobs([chunk.logprobs for chunk in chunks]),
        prompt_logprobs=_logprobs([chunk.prompt_logprobs for chunk in chunks]),
        additional_properties=extra,
    )


def _logprobs(
    parts: list[ChatCompletionResponseChoiceLogprobs | None],
) -> ChatCompletionResponseChoiceLogprobs | None:
    """Join the log probabilities of the chunks."""
    given = [part for part in parts if part is not None]
    if not given:
        return None
    return attrs.evolve(given[-1], content=[token for part in given for token in part.content])


def _message(deltas: list[DeltaMessage], index: int | None) -> DeltaMessage:
    roles = [delta.role for delta in deltas if delta.role]
    ids = [delta.tool_call_id for delta in deltas if delta.tool_call_id]
    metadata = [delta.metadata for delta in deltas if delta.metadata is not None]
    return DeltaMessage(
        role=roles[0] if roles else None,
        content=fold_content([delta.content for delta in deltas if delta.content is not None]),
        tool_calls=fold_tool_calls([delta.tool_calls for delta in deltas]),
        tool_call_id=ids[0] if ids else None,
        index=index,
        metadata={key: each for data in metadata for key, each in data.items()}
        if metadata
        else None,
        additional_properties={
            key: each for delta in deltas for key, each in delta.additional_properties.items()
        },
    )


def fold_content(contents: Sequence[str | list[ContentChunk]]) -> str | list[ContentChunk] | None:
    """Join content: a string if all of it is text, a list of chunks otherwise."""
    if all(isinstance(each, str) for each in contents):
        return "".join(cast("Sequence[str]", contents)) if contents else None
    parts: list[ContentChunk] = []
    for each in contents:
        for part in (TextChunk(text=each),) if isinstance(each, str) else each:
            _add(parts, part)
    return parts


def _add(parts: list[ContentChunk], part: ContentChunk) -> None:
    """Append a chunk, or join it to the last one if both are text or both are reasoning.

    Empty text is dropped: it would separate two reasoning chunks, and the API rejects messages
    with more than one.
    """
    last = parts[-1] if parts else None
    if isinstance(part, TextChunk) and not part.text:
        return
    if isinstance(last, TextChunk) and isinstance(part, TextChunk):
        parts[-1] = attrs.evolve(
            last,
            text=last.text + part.text,
            additional_properties=last.additional_properties | part.additional_properties,
        )
    elif isinstance(last, ThinkChunk) and isinstance(part, ThinkChunk):
        thinking = [*last.thinking]
        for each in part.thinking:
            _add(cast("list[ContentChunk]", thinking), cast("ContentChunk", each))
        parts[-1] = attrs.evolve(
            last,
            thinking=thinking,
            signature=part.signature or last.signature,
            closed=last.closed if part.closed is None else part.closed,
            additional_properties=last.additional_properties | part.additional_properties,
        )
    else:
        parts.append(part)
