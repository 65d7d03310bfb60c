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
        client: The client to use.
        model: ID of the model, such as `"mistral-embed"`.
        input: The text, or a list of texts.
        metadata: Your own metadata, stored with the request.
        output_dimension: Number of dimensions. Defaults to the model's own.
        output_dtype: Data type of the numbers. Defaults to `"float"`.
        encoding_format: Encoding of the embeddings. Defaults to `"float"`, an array of numbers.
        options: Per-call overrides: headers, timeout, retries, server URL.

    Returns:
        The embeddings, in the order of the texts.
    """
    ...
