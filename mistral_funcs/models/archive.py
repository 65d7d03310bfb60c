"""POST /v1/fine_tuning/models/{model_id}/archive."""

from mistral_core import JSON, Failure, MistralCore, RequestOptions, Result, operation
from mistral_funcs.schemas.models import ArchiveModelResponse


@operation("POST", "/v1/fine_tuning/models/{model_id}/archive", returns=JSON(ArchiveModelResponse))
async def models_archive(
    client: MistralCore,
    model_id: str,
    *,
    options: RequestOptions | None = None,
) -> Result[ArchiveModelResponse, Failure]:
    """Archive a fine-tuned model, so that it serves no more calls.

    Args:
        client: The client to call through.
        model_id: The id of a fine-tuned model.
        options: What this one call does differently.

    Returns:
        The id of the model, and that it is archived.
    """
    ...
