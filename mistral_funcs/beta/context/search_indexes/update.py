"""PUT /v1/context/search-indexes/{index_name}."""

from collections.abc import Mapping
from typing import Any

from mistral_core import JSON, Failure, MistralCore, RequestOptions, Result, operation
from mistral_funcs.schemas.beta.context.fields import ManagedIndexFields
from mistral_funcs.schemas.beta.context.indexes import ManagedIndexResponse


@operation("PUT", "/v1/context/search-indexes/{index_name}", returns=JSON(ManagedIndexResponse))
async def beta_context_search_indexes_update(
    client: MistralCore,
    index_name: str,
    *,
    schema: ManagedIndexFields | Mapping[str, Any],
    options: RequestOptions | None = None,
) -> Result[ManagedIndexResponse, Failure]:
    """Add fields to a search index.

    The API adds them in the background and keeps serving the current index meanwhile.

    Args:
        client: The client that sends the request.
        index_name: Name of the index.
        schema: All fields of the index: the existing ones and the new ones.
        options: Per-call overrides: headers, timeout, retries, server URL.

    Returns:
        The index.
    """
    ...
