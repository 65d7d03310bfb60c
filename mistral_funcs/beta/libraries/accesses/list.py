"""GET /v1/libraries/{library_id}/share."""

from mistral_core import JSON, Failure, MistralCore, RequestOptions, Result, operation
from mistral_funcs.schemas.beta.libraries import ListSharingResponse


@operation("GET", "/v1/libraries/{library_id}/share", returns=JSON(ListSharingResponse))
async def beta_libraries_accesses_list(
    client: MistralCore,
    library_id: str,
    *,
    options: RequestOptions | None = None,
) -> Result[ListSharingResponse, Failure]:
    """List who has access to a library.

    Args:
        client: The client that sends the request.
        library_id: ID of the library.
        options: Per-call overrides: headers, timeout, retries, server URL.

    Returns:
        All accesses. Entries that cannot be parsed are `Unknown`.
    """
    ...
