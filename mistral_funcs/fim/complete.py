"""POST /v1/fim/completions."""

from collections.abc import Mapping, Sequence
from typing import Any

from mistral_core import (
    JSON,
    UNSET,
    Failure,
    MistralCore,
    RequestOptions,
    Result,
    Unset,
    operation,
)
from mistral_funcs.schemas.fim import FIMCompletionResponse


@operation("POST", "/v1/fim/completions", returns=JSON(FIMCompletionResponse))
async def fim_complete(
    client: MistralCore,
    *,
    model: str,
    prompt: str,
    suffix: str | None | Unset = UNSET,
    temperature: float | None | Unset = UNSET,
    top_p: float | None | Unset = UNSET,
    max_tokens: int | None | Unset = UNSET,
    min_tokens: int | None | Unset = UNSET,
    stop: str | Sequence[str] | None | Unset = UNSET,
    random_seed: int | None | Unset = UNSET,
    metadata: Mapping[str, Any] | None | Unset = UNSET,
    prompt_cache_key: str | None | Unset = UNSET,
    options: RequestOptions | None = None,
) -> Result[FIMCompletionResponse, Failure]:
    """Complete code: write what belongs into a gap.

    Args:
        client: The client to call through.
        model: The id of a model that fills in the middle, such as `"codestral-latest"`.
        prompt: The code or text before the gap.
        suffix: The code or text after the gap; by default nothing.
        temperature: The sampling temperature, from 0 to 1.5; by default the model's own.
        top_p: The probability mass of the tokens to sample from, up to 1; by default all of it.
        max_tokens: The most tokens to write; by default as many as the context has room for.
        min_tokens: The fewest tokens to write.
        stop: The text before which the answer ends, or several of them.
        random_seed: The seed of the sampling: the same one gives the same answer again.
        metadata: Data of your own, to be kept with the call.
        prompt_cache_key: A key that calls with the same beginning share, so that it is cached.
        options: What this one call does differently.

    Returns:
        The answer, whole. Its `text` is what belongs into the gap.
    """
    ...
