"""GET /v1/libraries/{library_id}."""

from mistral_core import JSON, Failure, MistralCore, RequestOptions, Result, operation
from mistral_funcs.schemas.beta.libraries import Library


@operation("GET", "/v1/libraries/{library_id}", returns=JSON(Library))
async def beta_libraries_get(
    client: MistralCore,
    library_id: str,
    *,
    options: RequestOptions | None = None,
) -> Result[Library, Failure]:
    """Get a library.

    Args:
        client: The client that sends the request.
        library_id: ID of the library.
        options: Per-call overrides: headers, timeout, retries, server URL.

    Returns:
        The library.
    """
    ...
