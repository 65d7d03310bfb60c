"""POST /v1/embeddings."""

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
from mistral_funcs.schemas.embeddings import EmbeddingDtype, EmbeddingResponse, EncodingFormat


@operation("POST", "/v1/embeddings", returns=JSON(EmbeddingResponse))
async def embeddings_create(
    client: MistralCore,
    *,
    model: str,
    input: str | Sequence[str],
    metadata: Mapping[str, Any] | None | Unset = UNSET,
    output_dimension: int | None | Unset = UNSET,
    output_dtype: EmbeddingDtype | None = None,
    encoding_format: EncodingFormat | None = None,
    options: RequestOptions | None = None,
) -> Result[EmbeddingResponse, Failure]:
    """Create embeddings of texts.

    Args:
        client: The client to call through.
        model: The id of the model, such as `"mistral-embed"`.
        input: The text, or several.
        metadata: Data of your own, to be kept with the call.
        output_dimension: How many numbers an embedding has; by default as the model has it.
        output_dtype: What the numbers are; by default `"float"`.
        encoding_format: How an embedding is written; by default `"float"`, an array of numbers.
        options: What this one call does differently.

    Returns:
        The embeddings, in the order of the texts.
    """
    ...
