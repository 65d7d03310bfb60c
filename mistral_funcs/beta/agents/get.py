"""GET /v1/agents/{agent_id}."""

from mistral_core import JSON, Failure, MistralCore, RequestOptions, Result, operation
from mistral_funcs.schemas.beta.agents import Agent


@operation("GET", "/v1/agents/{agent_id}", returns=JSON(Agent))
async def beta_agents_get(
    client: MistralCore,
    agent_id: str,
    *,
    agent_version: int | str | None = None,
    options: RequestOptions | None = None,
) -> Result[Agent, Failure]:
    """Get an agent.

    Args:
        client: The client that sends the request.
        agent_id: ID of the agent.
        agent_version: Version number or alias. Defaults to the current version.
        options: Per-call overrides: headers, timeout, retries, server URL.

    Returns:
        The agent.
    """
    ...
