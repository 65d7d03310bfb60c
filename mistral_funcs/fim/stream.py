"""POST /v1/fim/completions."""

from typing import Any

from mistral_core import Events, EventStream, Failure, Result, streamed
from mistral_funcs.fim.complete import fim_complete
from mistral_funcs.schemas.shared.completions import CompletionChunk


@streamed(fim_complete, Events(CompletionChunk))
async def fim_stream(*args: Any, **kwargs: Any) -> Result[EventStream[CompletionChunk], Failure]:
    """Stream the code between a prompt and a suffix.

    Returns:
        The stream of chunks. Enter it with `async with` before iterating. If it fails, the last
        item is an `Err`.
    """
    ...
