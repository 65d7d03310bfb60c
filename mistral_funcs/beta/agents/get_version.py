"""GET /v1/agents/{agent_id}/versions/{version}."""

from mistral_core import JSON, Failure, MistralCore, RequestOptions, Result, operation
from mistral_funcs.schemas.beta.agents import Agent


@operation("GET", "/v1/agents/{agent_id}/versions/{version}", returns=JSON(Agent))
async def beta_agents_get_version(
    client: MistralCore,
    agent_id: str,
    version: str,
    *,
    options: RequestOptions | None = None,
) -> Result[Agent, Failure]:
    """Get a version of an agent.

    Args:
        client: The client that sends the request.
        agent_id: ID of the agent.
        version: Version number or alias.
        options: Per-call overrides: headers, timeout, retries, server URL.

    Returns:
        The agent in this version.
    """
    ...
