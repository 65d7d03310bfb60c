"""GET /v1/agents/{agent_id}/versions."""

from mistral_core import JSON, Failure, MistralCore, RequestOptions, Result, Unknown, operation
from mistral_funcs.schemas.beta.agents import Agent


@operation("GET", "/v1/agents/{agent_id}/versions", returns=JSON(list[Agent | Unknown]))
async def beta_agents_list_versions(
    client: MistralCore,
    agent_id: str,
    *,
    page: int | None = None,
    page_size: int | None = None,
    options: RequestOptions | None = None,
) -> Result[list[Agent | Unknown], Failure]:
    """List the versions of an agent.

    Args:
        client: The client that sends the request.
        agent_id: ID of the agent.
        page: Page number, from 0. Defaults to 0.
        page_size: Maximum number of items per page, from 1 to 100. Defaults to 20.
        options: Per-call overrides: headers, timeout, retries, server URL.

    Returns:
        A page of versions, newest first. Entries that cannot be parsed are `Unknown`.
    """
    ...
