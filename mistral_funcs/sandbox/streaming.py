"""The streams of the sandbox: an answer in pieces, and what may go wrong on the way."""

import json
from collections.abc import AsyncGenerator, Iterable, Iterator
from itertools import chain
from typing import TypeAlias

from mistral_core import APIConnectionError, RequestTimeoutError, Response
from mistral_core.http.chunks import Chunks
from mistral_core.http.messages import Headers, ResponseStream
from mistral_core.http.statuses import PHRASES
from mistral_core.structuring.converter import converter
from mistral_funcs.sandbox.state import error_body
from mistral_funcs.sandbox.tokens import tokens
from mistral_funcs.schemas.shared.chunks import ContentChunk, TextChunk, ThinkChunk, text_of
from mistral_funcs.schemas.shared.completions import (
    ChatCompletionChoice,
    ChatCompletionResponse,
    CompletionChunk,
    CompletionResponseStreamChoice,
    DeltaMessage,
)
from mistral_funcs.schemas.shared.messages import AssistantMessage

Fault: TypeAlias = int | Response | APIConnectionError | RequestTimeoutError
"""What may be sent in place of an answer: an error status, any response, or none at all."""

END = b"data: [DONE]\n\n"


def event_of(value: object, name: str = "") -> bytes:
    """Return an event whose data is JSON, with a name if it has one."""
    told = json.dumps(converter.unstructure(value), ensure_ascii=False)
    head = f"event: {name}\n" if name else ""
    return f"{head}data: {told}\n\n".encode()


def event_response(events: Iterable[bytes]) -> Response:
    """Return a stream of events."""
    return Response(200, Headers([("content-type", "text/event-stream")]), stream=Chunks(events))


def stream_completion(answer: ChatCompletionResponse) -> Response:
    """Return an answer in pieces, a token each; the usage comes with the last one."""
    pieces = [piece for choice in answer.choices for piece in _pieces(choice)]
    chunks = (
        CompletionChunk(
            id=answer.id,
            object="chat.completion.chunk",
            created=answer.created,
            model=answer.model,
            usage=answer.usage if number == len(pieces) else None,
            choices=[piece],
        )
        for number, piece in enumerate(pieces, 1)
    )
    return event_response(chain(map(event_of, chunks), [END]))


def _pieces(choice: ChatCompletionChoice) -> Iterator[CompletionResponseStreamChoice]:
    message = choice.message or AssistantMessage()

    def piece(delta: DeltaMessage, reason: str | None = None) -> CompletionResponseStreamChoice:
        return CompletionResponseStreamChoice(index=choice.index, delta=delta, finish_reason=reason)

    yield piece(DeltaMessage(role=message.role, content=""))
    parts = message.content or ""
    for part in [parts] if isinstance(parts, str) else parts:
        yield from (piece(DeltaMessage(content=each)) for each in _cut(part))
    calls = message.tool_calls
    yield piece(DeltaMessage(content="", tool_calls=calls), choice.finish_reason)


def _cut(part: str | ContentChunk) -> Iterator[str | list[ContentChunk]]:
    """Cut a part of a message into its tokens; thoughts stay thoughts."""
    if isinstance(part, str):
        yield from tokens(part)
    elif isinstance(part, ThinkChunk):
        for thought in part.thinking:
            words = tokens(thought.text) if isinstance(thought, TextChunk) else []
            for word in words:
                yield [ThinkChunk(thinking=[TextChunk(text=word)], closed=part.closed)]
    else:
        yield from tokens(text_of([part]))


async def break_off(
    stream: ResponseStream, after: int, fault: Fault
) -> AsyncGenerator[bytes, None]:
    """Give so many chunks of a stream, and then let something go wrong."""
    left = after
    async for chunk in stream:
        if left == 0:
            break
        yield chunk
        left -= 1
    await stream.aclose()
    if isinstance(fault, Response):
        yield fault.body
    elif isinstance(fault, int):
        yield event_of({**fault_body(fault), "raw_status_code": fault})
    else:
        raise fault


def fault_body(status: int) -> dict[str, object]:
    """Return the body of an error of this status."""
    message = PHRASES.get(status, "An error of the sandbox")
    kinds = {429: ("rate_limited", "1300"), 503: ("service_tier_capacity_exceeded", "3505")}
    return error_body(message, *kinds.get(status, ("sandbox_fault", None)))
