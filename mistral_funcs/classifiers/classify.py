"""POST /v1/classifications."""

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
from mistral_funcs.schemas.classifiers import ClassificationResponse


@operation("POST", "/v1/classifications", returns=JSON(ClassificationResponse))
async def classifiers_classify(
    client: MistralCore,
    *,
    model: str,
    input: str | Sequence[str],
    metadata: Mapping[str, Any] | None | Unset = UNSET,
    options: RequestOptions | None = None,
) -> Result[ClassificationResponse, Failure]:
    """Classify texts.

    Args:
        client: The client to use.
        model: ID of a fine-tuned classifier.
        input: The text, or a list of texts.
        metadata: Your own metadata, stored with the request.
        options: Per-call overrides: headers, timeout, retries, server URL.

    Returns:
        One result per text, in order.
    """
    ...
