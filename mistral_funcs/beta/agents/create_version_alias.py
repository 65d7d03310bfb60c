"""PUT /v1/agents/{agent_id}/aliases."""

from mistral_core import JSON, Failure, MistralCore, RequestOptions, Result, operation
from mistral_funcs.schemas.beta.agents import AgentAliasResponse


@operation(
    "PUT",
    "/v1/agents/{agent_id}/aliases",
    returns=JSON(AgentAliasResponse),
    query=["alias", "version"],
)
async def beta_agents_create_version_alias(
    client: MistralCore,
    agent_id: str,
    *,
    alias: str,
    version: int,
    options: RequestOptions | None = None,
) -> Result[AgentAliasResponse, Failure]:
    """Create an alias for a version of an agent, or move it to another.

    Args:
        client: The client that sends the request.
        agent_id: ID of the agent.
        alias: Name of the alias, at most 64 characters.
        version: Version number.
        options: Per-call overrides: headers, timeout, retries, server URL.

    Returns:
        The alias.
    """
    ...
