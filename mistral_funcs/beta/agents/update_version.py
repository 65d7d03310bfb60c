"""PATCH /v1/agents/{agent_id}/version."""

from mistral_core import JSON, Failure, MistralCore, RequestOptions, Result, operation
from mistral_funcs.schemas.beta.agents import Agent


@operation("PATCH", "/v1/agents/{agent_id}/version", returns=JSON(Agent), query=["version"])
async def beta_agents_update_version(
    client: MistralCore,
    agent_id: str,
    *,
    version: int,
    options: RequestOptions | None = None,
) -> Result[Agent, Failure]:
    """Switch an agent to another version.

    Args:
        client: The client that sends the request.
        agent_id: ID of the agent.
        version: Version number.
        options: Per-call overrides: headers, timeout, retries, server URL.

    Returns:
        The agent.
    """
    ...
