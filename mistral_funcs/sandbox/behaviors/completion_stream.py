"""Stream completions in chunks of one token."""

from collections.abc import Iterator
from itertools import chain

from mistral_core import Response
from mistral_funcs.sandbox.behaviors.tokens import tokens
from mistral_funcs.sandbox.event_streams import END, event_of, event_response
from mistral_funcs.schemas.shared.chunks import ContentChunk, TextChunk, ThinkChunk, text_of
from mistral_funcs.schemas.shared.completions import (
    ChatCompletionChoice,
    ChatCompletionResponse,
    CompletionChunk,
    CompletionResponseStreamChoice,
    DeltaMessage,
)
from mistral_funcs.schemas.shared.messages import AssistantMessage


def stream_completion(completion: ChatCompletionResponse) -> Response:
    """Return a completion as a stream of one-token chunks. The last chunk reports the usage."""
    choices = [chunk for choice in completion.choices for chunk in _chunks_of(choice)]
    chunks = (
        CompletionChunk(
            id=completion.id,
            object="chat.completion.chunk",
            created=completion.created,
            model=completion.model,
            usage=completion.usage if number == len(choices) else None,
            choices=[chunk],
        )
        for number, chunk in enumerate(choices, 1)
    )
    return event_response(chain(map(event_of, chunks), [END]))


def _chunks_of(choice: ChatCompletionChoice) -> Iterator[CompletionResponseStreamChoice]:
    message = choice.message or AssistantMessage()

    def chunk(delta: DeltaMessage, reason: str | None = None) -> CompletionResponseStreamChoice:
        return CompletionResponseStreamChoice(index=choice.index, delta=delta, finish_reason=reason)

    yield chunk(DeltaMessage(role=message.role, content=""))
    parts = message.content or ""
    for part in [parts] if isinstance(parts, str) else parts:
        yield from (chunk(DeltaMessage(content=each)) for each in _cut(part))
    calls = message.tool_calls
    yield chunk(DeltaMessage(content="", tool_calls=calls), choice.finish_reason)


def _cut(part: str | ContentChunk) -> Iterator[str | list[ContentChunk]]:
    """Yield the tokens of a part of a message. Reasoning stays reasoning."""
    if isinstance(part, str):
        yield from tokens(part)
    elif isinstance(part, ThinkChunk):
        for thought in part.thinking:
            words = tokens(thought.text) if isinstance(thought, TextChunk) else []
            for word in words:
                yield [ThinkChunk(thinking=[TextChunk(text=word)], closed=part.closed)]
    else:
        yield from tokens(text_of([part]))
