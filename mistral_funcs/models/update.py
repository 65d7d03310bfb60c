"""PATCH /v1/fine_tuning/models/{model_id}."""

from mistral_core import JSON, UNSET, Failure, MistralCore, RequestOptions, Result, Unset, operation
from mistral_funcs.schemas.fine_tuning.models import FineTunedModel


@operation("PATCH", "/v1/fine_tuning/models/{model_id}", returns=JSON(FineTunedModel))
async def models_update(
    client: MistralCore,
    model_id: str,
    *,
    name: str | None | Unset = UNSET,
    description: str | None | Unset = UNSET,
    options: RequestOptions | None = None,
) -> Result[FineTunedModel, Failure]:
    """Update the name or description of a fine-tuned model.

    Args:
        client: The client to use.
        model_id: ID of a fine-tuned model.
        name: New name. `None` clears it.
        description: New description. `None` clears it.
        options: Per-call overrides: headers, timeout, retries, server URL.

    Returns:
        The updated model.
    """
    ...
