"""PATCH /v1/fine_tuning/models/{model_id}."""

from mistral_core import JSON, UNSET, Failure, MistralCore, RequestOptions, Result, Unset, operation
from mistral_funcs.schemas.models import FineTunedModel


@operation("PATCH", "/v1/fine_tuning/models/{model_id}", returns=JSON(FineTunedModel))
async def models_update(
    client: MistralCore,
    model_id: str,
    *,
    name: str | None | Unset = UNSET,
    description: str | None | Unset = UNSET,
    options: RequestOptions | None = None,
) -> Result[FineTunedModel, Failure]:
    """Change the name or the description of a fine-tuned model.

    Args:
        client: The client to call through.
        model_id: The id of a fine-tuned model.
        name: The new name; `None` clears it.
        description: The new description; `None` clears it.
        options: What this one call does differently.

    Returns:
        The model as it is now.
    """
    ...
