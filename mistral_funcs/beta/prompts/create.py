"""POST /v2/prompts."""

from collections.abc import Mapping, Sequence
from typing import Any

from mistral_core import JSON, UNSET, Failure, MistralCore, RequestOptions, Result, Unset, operation
from mistral_funcs.schemas.beta.prompts import Prompt, PromptDefinition
from mistral_funcs.schemas.shared.registry import RegistryShareRelation, RegistrySharingScope


@operation(
    "POST",
    "/v2/prompts",
    returns=JSON(Prompt),
    keys={"sharing_scope": "sharingScope", "workspace_relation": "workspaceRelation"},
)
async def beta_prompts_create(
    client: MistralCore,
    *,
    name: str,
    definition: PromptDefinition | Mapping[str, Any],
    title: str | None | Unset = UNSET,
    description: str | None | Unset = UNSET,
    notes: str | None | Unset = UNSET,
    sharing_scope: RegistrySharingScope | None = None,
    aliases: Sequence[str] | None = None,
    workspace_relation: RegistryShareRelation | None = None,
    options: RequestOptions | None = None,
) -> Result[Prompt, Failure]:
    """Create a prompt with its first version.

    Args:
        client: The client that sends the request.
        name: Name of the prompt. It cannot be changed.
        definition: Content of the version.
        title: Display title.
        description: Display description.
        notes: Notes on the version.
        sharing_scope: Who has access.
        aliases: Aliases of the version.
        workspace_relation: Whether the workspace can read it or also write it.
        options: Per-call overrides: headers, timeout, retries, server URL.

    Returns:
        The new prompt.
    """
    ...
