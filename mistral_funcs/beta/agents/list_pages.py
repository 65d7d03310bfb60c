"""GET /v1/agents/pages."""

from collections.abc import Mapping, Sequence
from typing import Any, Literal

from mistral_core import JSON, Failure, MistralCore, RequestOptions, Result, operation
from mistral_funcs.schemas.beta.agents import AgentListPage


@operation("GET", "/v1/agents/pages", returns=JSON(AgentListPage), json_text=["metadata"])
async def beta_agents_list_pages(
    client: MistralCore,
    *,
    page_size: int | None = None,
    deployment_chat: bool | None = None,
    sources: Sequence[Literal["api", "playground", "agent_builder_v1"] | str] | None = None,
    name: str | None = None,
    search: str | None = None,
    id: str | None = None,
    metadata: Mapping[str, Any] | None = None,
    page_token: str | None = None,
    options: RequestOptions | None = None,
) -> Result[AgentListPage, Failure]:
    """List agents.

    Args:
        client: The client that sends the request.
        page_size: Maximum number of items per page, from 1 to 1000. Defaults to 20.
        deployment_chat: If true, return only the agents available in Le Chat; if false, only the
            others.
        sources: Return only agents from these sources.
        name: Return only the agents with this name.
        search: Return only the agents that match this text.
        id: Return only the agent with this ID.
        metadata: Return only the agents with this metadata.
        page_token: Page token: `next_page_token` of the previous page.
        options: Per-call overrides: headers, timeout, retries, server URL.

    Returns:
        A page of agents. Entries that cannot be parsed are `Unknown`.
    """
    ...
