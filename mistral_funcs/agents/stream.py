"""POST /v1/agents/completions."""

from typing import Any

from mistral_core import Events, EventStream, Failure, Result, streamed
from mistral_funcs.agents.complete import agents_complete
from mistral_funcs.schemas.shared.completions import CompletionChunk


@streamed(agents_complete, Events(CompletionChunk))
async def agents_stream(*args: Any, **kwargs: Any) -> Result[EventStream[CompletionChunk], Failure]:
    """Stream a chat completion from an agent.

    Returns:
        The stream of chunks. Enter it with `async with` before iterating. If it fails, the last
        item is an `Err`.
    """
    ...
