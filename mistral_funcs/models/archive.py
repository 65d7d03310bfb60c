"""POST /v1/fine_tuning/models/{model_id}/archive."""

from mistral_core import JSON, Failure, MistralCore, RequestOptions, Result, operation
from mistral_funcs.schemas.fine_tuning.models import ArchiveModelResponse


@operation("POST", "/v1/fine_tuning/models/{model_id}/archive", returns=JSON(ArchiveModelResponse))
async def models_archive(
    client: MistralCore,
    model_id: str,
    *,
    options: RequestOptions | None = None,
) -> Result[ArchiveModelResponse, Failure]:
    """Archive a fine-tuned model.

    Args:
        client: The client to use.
        model_id: ID of a fine-tuned model.
        options: Per-call overrides: headers, timeout, retries, server URL.

    Returns:
        Confirmation with the ID of the model.
    """
    ...
