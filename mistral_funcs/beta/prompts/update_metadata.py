"""PATCH /v2/prompts/{prompt_id}."""

from mistral_core import JSON, UNSET, Failure, MistralCore, RequestOptions, Result, Unset, operation
from mistral_funcs.schemas.beta.prompts import Prompt
from mistral_funcs.schemas.shared.registry import RegistryShareRelation, RegistrySharingScope


@operation(
    "PATCH",
    "/v2/prompts/{prompt_id}",
    returns=JSON(Prompt),
    keys={"sharing_scope": "sharingScope", "workspace_relation": "workspaceRelation"},
)
async def beta_prompts_update_metadata(
    client: MistralCore,
    prompt_id: str,
    *,
    title: str | None | Unset = UNSET,
    description: str | None | Unset = UNSET,
    sharing_scope: RegistrySharingScope | None = None,
    workspace_relation: RegistryShareRelation | None = None,
    options: RequestOptions | None = None,
) -> Result[Prompt, Failure]:
    """Update the metadata shared by all versions of a prompt.

    Args:
        client: The client that sends the request.
        prompt_id: ID of the prompt.
        title: Display title.
        description: Display description.
        sharing_scope: Who has access.
        workspace_relation: Whether the workspace can read it or also write it.
        options: Per-call overrides: headers, timeout, retries, server URL.

    Returns:
        The updated prompt.
    """
    ...
