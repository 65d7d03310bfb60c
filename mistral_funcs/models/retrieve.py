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
    """Get the details of a model.

    Args:
        client: The client to use.
        model_id: ID of a base or fine-tuned model.
        options: Per-call overrides: headers, timeout, retries, server URL.

    Returns:
        The model.
    """
    ...
