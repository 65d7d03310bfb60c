"""DELETE /v1/fine_tuning/models/{model_id}/archive."""

from mistral_core import JSON, Failure, MistralCore, RequestOptions, Result, operation
from mistral_funcs.schemas.models import UnarchiveModelResponse


@operation(
    "DELETE", "/v1/fine_tuning/models/{model_id}/archive", returns=JSON(UnarchiveModelResponse)
)
async def models_unarchive(
    client: MistralCore,
    model_id: str,
    *,
    options: RequestOptions | None = None,
) -> Result[UnarchiveModelResponse, Failure]:
    """Bring an archived fine-tuned model back into service.

    Args:
        client: The client to call through.
        model_id: The id of a fine-tuned model.
        options: What this one call does differently.

    Returns:
        The id of the model, and that it is not archived.
    """
    ...
