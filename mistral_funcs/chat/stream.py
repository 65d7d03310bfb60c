"""POST /v1/chat/completions."""

from typing import Any

from mistral_core import Events, EventStream, Failure, Result, streamed
from mistral_funcs.chat.complete import chat_complete
from mistral_funcs.schemas.shared.completions import CompletionChunk


@streamed(chat_complete, Events(CompletionChunk))
async def chat_stream(*args: Any, **kwargs: Any) -> Result[EventStream[CompletionChunk], Failure]:
    """Complete a chat, piece by piece.

    Returns:
        The stream of the pieces, to be entered before it is read. An `Err` in it is the last.
    """
    ...
