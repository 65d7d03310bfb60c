"""POST /v1/libraries."""

from mistral_core import JSON, UNSET, Failure, MistralCore, RequestOptions, Result, Unset, operation
from mistral_funcs.schemas.beta.libraries import EntityType, Library


@operation("POST", "/v1/libraries", returns=JSON(Library))
async def beta_libraries_create(
    client: MistralCore,
    *,
    name: str,
    description: str | None | Unset = UNSET,
    chunk_size: int | None | Unset = UNSET,
    owner_type: EntityType | None | Unset = UNSET,
    options: RequestOptions | None = None,
) -> Result[Library, Failure]:
    """Create a library.

    Args:
        client: The client that sends the request.
        name: Name of the library.
        description: Description of the library.
        chunk_size: Number of characters per chunk of text, from 256 to 32768.
        owner_type: Owner of the library: `"User"` for you, `"Workspace"` for the workspace.
            Defaults to `"Workspace"` for an API key.
        options: Per-call overrides: headers, timeout, retries, server URL.

    Returns:
        The new library.
    """
    ...
