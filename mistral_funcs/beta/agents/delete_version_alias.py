"""DELETE /v1/agents/{agent_id}/aliases."""

from mistral_core import Failure, MistralCore, NoContent, RequestOptions, Result, operation


@operation("DELETE", "/v1/agents/{agent_id}/aliases", returns=NoContent())
async def beta_agents_delete_version_alias(
    client: MistralCore,
    agent_id: str,
    *,
    alias: str,
    options: RequestOptions | None = None,
) -> Result[None, Failure]:
    """Delete an alias of an agent.

    Args:
        client: The client that sends the request.
        agent_id: ID of the agent.
        alias: Name of the alias, at most 64 characters.
        options: Per-call overrides: headers, timeout, retries, server URL.
    """
    ...
