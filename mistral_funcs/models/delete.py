"""DELETE /v1/models/{model_id}."""

from mistral_core import JSON, Failure, MistralCore, RequestOptions, Result, operation
from mistral_funcs.schemas.models import DeleteModelResponse


@operation("DELETE", "/v1/models/{model_id}", returns=JSON(DeleteModelResponse))
async def models_delete(
    client: MistralCore,
    model_id: str,
    *,
    options: RequestOptions | None = None,
) -> Result[DeleteModelResponse, Failure]:
    """Delete a fine-tuned model, for good.

    Args:
        client: The client to call through.
        model_id: The id of a fine-tuned model.
        options: What this one call does differently.

    Returns:
        The id of the model, and that it is deleted.
    """
    ...
