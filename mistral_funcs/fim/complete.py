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
    """Generate the code between a prompt and a suffix.

    Args:
        client: The client to use.
        model: ID of a fill-in-the-middle model, such as `"codestral-latest"`.
        prompt: Code or text before the gap.
        suffix: Code or text after the gap. Defaults to empty.
        temperature: Sampling temperature, from 0 to 1.5. Defaults to the model's own.
        top_p: Probability mass of the tokens to sample from, up to 1. Defaults to 1.
        max_tokens: Maximum number of tokens to generate. Defaults to the remaining context.
        min_tokens: Minimum number of tokens to generate.
        stop: String, or strings, before which generation stops.
        random_seed: Seed for sampling. The same seed gives reproducible results.
        metadata: Your own metadata, stored with the request.
        prompt_cache_key: Key shared by requests with a common prefix, so that the prefix is cached.
        options: Per-call overrides: headers, timeout, retries, server URL.

    Returns:
        The completion. `text` is the generated code.
    """
    ...
