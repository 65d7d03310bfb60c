"""GET /v1/agents."""

from collections.abc import Mapping, Sequence
from typing import Any, Literal

from mistral_core import JSON, Failure, MistralCore, RequestOptions, Result, Unknown, operation
from mistral_funcs.schemas.beta.agents import Agent


@operation("GET", "/v1/agents", returns=JSON(list[Agent | Unknown]), json_text=["metadata"])
async def beta_agents_list(
    client: MistralCore,
    *,
    page: int | None = None,
    page_size: int | None = None,
    deployment_chat: bool | None = None,
    sources: Sequence[Literal["api", "playground", "agent_builder_v1"] | str] | None = None,
    name: str | None = None,
    search: str | None = None,
    id: str | None = None,
    metadata: Mapping[str, Any] | None = None,
    options: RequestOptions | None = None,
) -> Result[list[Agent | Unknown], Failure]:
    """List agents, paged by number.

    Deprecated: use `beta_agents_list_pages`, which pages by token.

    Args:
        client: The client that sends the request.
        page: Page number, from 0. Defaults to 0.
        page_size: Maximum number of items per page, from 1 to 1000. Defaults to 20.
        deployment_chat: If true, return only the agents available in Le Chat; if false, only the
            others.
        sources: Return only agents from these sources.
        name: Return only the agents with this name.
        search: Return only the agents that match this text.
        id: Return only the agent with this ID.
        metadata: Return only the agents with this metadata.
        options: Per-call overrides: headers, timeout, retries, server URL.

    Returns:
        A page of agents. Entries that cannot be parsed are `Unknown`.
    """
    ...
