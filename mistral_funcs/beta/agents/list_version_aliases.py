"""GET /v1/agents/{agent_id}/aliases."""

from mistral_core import JSON, Failure, MistralCore, RequestOptions, Result, Unknown, operation
from mistral_funcs.schemas.beta.agents import AgentAliasResponse


@operation("GET", "/v1/agents/{agent_id}/aliases", returns=JSON(list[AgentAliasResponse | Unknown]))
async def beta_agents_list_version_aliases(
    client: MistralCore,
    agent_id: str,
    *,
    options: RequestOptions | None = None,
) -> Result[list[AgentAliasResponse | Unknown], Failure]:
    """List the aliases of an agent.

    Args:
        client: The client that sends the request.
        agent_id: ID of the agent.
        options: Per-call overrides: headers, timeout, retries, server URL.

    Returns:
        All aliases. Entries that cannot be parsed are `Unknown`.
    """
    ...
