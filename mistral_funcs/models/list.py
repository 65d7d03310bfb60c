"""GET /v1/models."""

from mistral_core import JSON, Failure, MistralCore, RequestOptions, Result, operation
from mistral_funcs.schemas.models import ModelList


@operation("GET", "/v1/models", returns=JSON(ModelList))
async def models_list(
    client: MistralCore,
    *,
    provider: str | None = None,
    model: str | None = None,
    options: RequestOptions | None = None,
) -> Result[ModelList, Failure]:
    """List the models that the API key may use.

    Args:
        client: The client to call through.
        provider: Only the models of this provider.
        model: Only the model of this name.
        options: What this one call does differently.

    Returns:
        The list. A card that cannot be read stands in it as `Unknown`, and fails nothing.
    """
    ...
