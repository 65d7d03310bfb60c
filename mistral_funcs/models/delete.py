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
    """Delete a fine-tuned model permanently.

    Args:
        client: The client to use.
        model_id: ID of a fine-tuned model.
        options: Per-call overrides: headers, timeout, retries, server URL.

    Returns:
        Confirmation with the ID of the model.
    """
    ...
