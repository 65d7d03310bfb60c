"""DELETE /v1/fine_tuning/models/{model_id}/archive."""

from mistral_core import JSON, Failure, MistralCore, RequestOptions, Result, operation
from mistral_funcs.schemas.fine_tuning.models import UnarchiveModelResponse


@operation(
    "DELETE", "/v1/fine_tuning/models/{model_id}/archive", returns=JSON(UnarchiveModelResponse)
)
async def models_unarchive(
    client: MistralCore,
    model_id: str,
    *,
    options: RequestOptions | None = None,
) -> Result[UnarchiveModelResponse, Failure]:
    """Unarchive a fine-tuned model.

    Args:
        client: The client to use.
        model_id: ID of a fine-tuned model.
        options: Per-call overrides: headers, timeout, retries, server URL.

    Returns:
        Confirmation with the ID of the model.
    """
    ...
