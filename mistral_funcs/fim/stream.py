"""POST /v1/fim/completions."""

from typing import Any

from mistral_core import Events, EventStream, Failure, Result, streamed
from mistral_funcs.fim.complete import fim_complete
from mistral_funcs.schemas.shared.completions import CompletionChunk


@streamed(fim_complete, Events(CompletionChunk))
async def fim_stream(*args: Any, **kwargs: Any) -> Result[EventStream[CompletionChunk], Failure]:
    """Complete code, piece by piece: write what belongs into a gap.

    Returns:
        The stream of the pieces, to be entered before it is read. An `Err` in it is the last.
    """
    ...
