"""POST /v1/context/search-indexes."""

from collections.abc import Mapping
from typing import Any

from mistral_core import JSON, Failure, MistralCore, RequestOptions, Result, operation
from mistral_funcs.schemas.beta.context.fields import ManagedIndexFields
from mistral_funcs.schemas.beta.context.indexes import ManagedIndexConfig, ManagedIndexResponse


@operation("POST", "/v1/context/search-indexes", returns=JSON(ManagedIndexResponse))
async def beta_context_search_indexes_create(
    client: MistralCore,
    *,
    name: str,
    config: ManagedIndexConfig | Mapping[str, Any],
    schema: ManagedIndexFields | Mapping[str, Any] | None = None,
    options: RequestOptions | None = None,
) -> Result[ManagedIndexResponse, Failure]:
    """Create a search index.

    The API provisions it in the background. Use it once its status is `"ready"`.

    Args:
        client: The client that sends the request.
        name: Name of the index.
        config: Configuration of the index.
        schema: Fields of the index.
        options: Per-call overrides: headers, timeout, retries, server URL.

    Returns:
        The index.
    """
    ...
