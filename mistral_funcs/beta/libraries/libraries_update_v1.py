"""PUT /v1/libraries/{library_id}."""

from mistral_core import JSON, UNSET, Failure, MistralCore, RequestOptions, Result, Unset, operation
from mistral_funcs.schemas.beta.libraries import Library


@operation("PUT", "/v1/libraries/{library_id}", returns=JSON(Library))
async def beta_libraries_libraries_update_v1(
    client: MistralCore,
    library_id: str,
    *,
    name: str | None = None,
    description: str | None | Unset = UNSET,
    options: RequestOptions | None = None,
) -> Result[Library, Failure]:
    """Update a library.

    Deprecated by the API: use `beta_libraries_update`.

    Args:
        client: The client that sends the request.
        library_id: ID of the library.
        name: Name of the library.
        description: Description of the library.
        options: Per-call overrides: headers, timeout, retries, server URL.

    Returns:
        The updated library.
    """
    ...
