"""GET /v1/models/{model_id}."""

from mistral_core import JSON, Failure, MistralCore, RequestOptions, Result, operation
from mistral_funcs.schemas.models import ModelCard


@operation("GET", "/v1/models/{model_id}", returns=JSON(ModelCard))
async def models_retrieve(
    client: MistralCore,
    model_id: str,
    *,
    options: RequestOptions | None = None,
) -> Result[ModelCard, Failure]:
    """Retrieve what there is to know of a model.

    Args:
        client: The client to call through.
        model_id: The id of the model, base or fine-tuned.
        options: What this one call does differently.

    Returns:
        The card of the model.
    """
    ...
