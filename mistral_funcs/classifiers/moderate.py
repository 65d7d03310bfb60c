"""POST /v1/moderations."""

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
from mistral_funcs.schemas.classifiers import ModerationResponse


@operation("POST", "/v1/moderations", returns=JSON(ModerationResponse))
async def classifiers_moderate(
    client: MistralCore,
    *,
    model: str,
    input: str | Sequence[str],
    metadata: Mapping[str, Any] | None | Unset = UNSET,
    options: RequestOptions | None = None,
) -> Result[ModerationResponse, Failure]:
    """Check texts for harmful content.

    Args:
        client: The client to use.
        model: ID of the model, such as `"mistral-moderation-latest"`.
        input: The text, or a list of texts.
        metadata: Your own metadata, stored with the request.
        options: Per-call overrides: headers, timeout, retries, server URL.

    Returns:
        One result per text, in order.
    """
    ...
