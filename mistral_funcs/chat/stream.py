"""POST /v1/chat/completions."""

from typing import Any

from mistral_core import Events, EventStream, Failure, Result, streamed
from mistral_funcs.chat.complete import chat_complete
from mistral_funcs.schemas.shared.completions import CompletionChunk


@streamed(chat_complete, Events(CompletionChunk))
async def chat_stream(*args: Any, **kwargs: Any) -> Result[EventStream[CompletionChunk], Failure]:
    """Stream a chat completion.

    Returns:
        The stream of chunks. Enter it with `async with` before iterating. If it fails, the last
        item is an `Err`.
    """
    ...
