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
    """Moderate texts: tell what in them is unfit.

    Args:
        client: The client to call through.
        model: The id of the model, such as `"mistral-moderation-latest"`.
        input: The text, or several.
        metadata: Data of your own, to be kept with the call.
        options: What this one call does differently.

    Returns:
        What was found in each text, in their order.
    """
    ...
