"""A streamed completion, put together again: as the call gives it that does not stream."""

from collections.abc import Iterable
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
    """Read a stream to its end.

    Cancelling it closes the stream. To do something else while waiting, or to keep what has come
    so far, iterate over the stream and pass the chunks to `fold_completion`.

    Args:
        stream: What `chat_stream`, `fim_stream` or `agents_stream` gave; it is not entered yet.

    Returns:
        The whole answer; the stream's `Err` where it did not come to its end.
    """
    chunks: list[CompletionChunk] = []
    async with stream as events:
        async for event in events:
            if isinstance(event, Err):
                return event
            chunks.append(event.value)
    return Ok(fold_completion(chunks))


def fold_completion(chunks: Iterable[CompletionChunk]) -> ChatCompletionResponse:
    """Put the pieces of a streamed completion together.

    Args:
        chunks: The pieces, in their order.

    Returns:
        The answer that the call gives which does not stream: texts and the arguments of tool
        calls are joined, usage is what was told last.
    """
    id_, object_ = "", "chat.completion"
    model: str | None = None
    created: int | None = None
    usage: UsageInfo | None = None
    extra: dict[str, Any] = {}
    pieces: dict[int, list[CompletionResponseStreamChoice]] = {}
    for chunk in chunks:
        id_, model, created = id_ or chunk.id, model or chunk.model, created or chunk.created
        usage = chunk.usage or usage
        extra |= chunk.additional_properties
        for piece in chunk.choices:
            pieces.setdefault(piece.index or 0, []).append(piece)
    return ChatCompletionResponse(
        id=id_,
        object=object_,
        model=model,
        created=created,
        usage=usage or UsageInfo(),
        choices=[_choice(index, pieces[index]) for index in sorted(pieces)],
        additional_properties=extra,
    )


def _choice(index: int, pieces: list[CompletionResponseStreamChoice]) -> ChatCompletionChoice:
    reasons = [piece.finish_reason for piece in pieces if piece.finish_reason]
    several = any(piece.delta.index is not None for piece in pieces)
    deltas: dict[int, list[DeltaMessage]] = {}
    number = 0
    for piece in pieces:  # A delta without an index goes on with the message before it.
        number = number if piece.delta.index is None else piece.delta.index
        deltas.setdefault(number, []).append(piece.delta)
    extra = {key: each for piece in pieces for key, each in piece.additional_properties.items()}
    if several:
        return ChatCompletionChoice(
            index=index,
            messages=[_message(deltas[number], number) for number in sorted(deltas)],
            finish_reason=reasons[-1] if reasons else None,
            logprobs=_logprobs([piece.logprobs for piece in pieces]),
            prompt_logprobs=_logprobs([piece.prompt_logprobs for piece in pieces]),
            additional_properties=extra,
        )
    whole = _message(deltas[0], None)
    return ChatCompletionChoice(
        index=index,
        message=AssistantMessage(
            content=whole.content,
            tool_calls=whole.tool_calls,
            additional_properties=whole.additional_properties,
        ),
        finish_reason=reasons[-1] if reasons else None,
        logprobs=_logprobs([piece.logprobs for piece in pieces]),
        prompt_logprobs=_logprobs([piece.prompt_logprobs for piece in pieces]),
        additional_properties=extra,
    )


def _logprobs(
    parts: list[ChatCompletionResponseChoiceLogprobs | None],
) -> ChatCompletionResponseChoiceLogprobs | None:
    """Join the log probabilities of the tokens, which come with the tokens."""
    given = [part for part in parts if part is not None]
    if not given:
        return None
    return attrs.evolve(given[-1], content=[token for part in given for token in part.content])


def _message(deltas: list[DeltaMessage], index: int | None) -> DeltaMessage:
    roles = [delta.role for delta in deltas if delta.role]
    ids = [delta.tool_call_id for delta in deltas if delta.tool_call_id]
    told = [delta.metadata for delta in deltas if delta.metadata is not None]
    return DeltaMessage(
        role=roles[0] if roles else None,
        content=_content(deltas),
        tool_calls=fold_tool_calls([delta.tool_calls for delta in deltas]),
        tool_call_id=ids[0] if ids else None,
        index=index,
        metadata={key: each for data in told for key, each in data.items()} if told else None,
        additional_properties={
            key: each for delta in deltas for key, each in delta.additional_properties.items()
        },
    )


def _content(deltas: list[DeltaMessage]) -> str | list[ContentChunk] | None:
    """Join what was said: text, as long as it is nothing but text."""
    said = [delta.content for delta in deltas if delta.content is not None]
    if all(isinstance(each, str) for each in said):
        return "".join(cast("list[str]", said)) if said else None
    parts: list[ContentChunk] = []
    for each in said:
        for part in (TextChunk(text=each),) if isinstance(each, str) else each:
            _add(parts, part)
    return parts


def _add(parts: list[ContentChunk], part: ContentChunk) -> None:
    """Add a part to those before; a text or a thought that goes on is joined.

    An empty text is no part: the API refuses two thoughts in one message, even where nothing but
    that was between them.
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
