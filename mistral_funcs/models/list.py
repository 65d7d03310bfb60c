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
    """List the models available to the API key.

    Args:
        client: The client to use.
        provider: Return only models of this provider.
        model: Return only the model with this name.
        options: Per-call overrides: headers, timeout, retries, server URL.

    Returns:
        The models. Entries that cannot be parsed are `Unknown`.
    """
    ...
