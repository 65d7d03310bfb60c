"""POST /v1/agents/completions."""

from typing import Any

from mistral_core import Events, EventStream, Failure, Result, streamed
from mistral_funcs.agents.complete import agents_complete
from mistral_funcs.schemas.shared.completions import CompletionChunk


@streamed(agents_complete, Events(CompletionChunk))
async def agents_stream(*args: Any, **kwargs: Any) -> Result[EventStream[CompletionChunk], Failure]:
    """Complete a chat as an agent, piece by piece.

    Returns:
        The stream of the pieces, to be entered before it is read. An `Err` in it is the last.
    """
    ...
