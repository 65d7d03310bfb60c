"""GET /v1/audio/agents/{agent_id}/versions."""

from mistral_core import JSON, Failure, MistralCore, RequestOptions, Result, operation
from mistral_funcs.schemas.audio.agents import AudioAgentListPage


@operation("GET", "/v1/audio/agents/{agent_id}/versions", returns=JSON(AudioAgentListPage))
async def audio_agents_list_versions(
    client: MistralCore,
    agent_id: str,
    *,
    page_size: int | None = None,
    page_token: str | None = None,
    options: RequestOptions | None = None,
) -> Result[AudioAgentListPage, Failure]:
    """List the versions of a voice agent.

    Args:
        client: The client that sends the request.
        agent_id: ID of the agent.
        page_size: Maximum number of items per page.
        page_token: Page token: `next_page_token` of the previous page.
        options: Per-call overrides: headers, timeout, retries, server URL.

    Returns:
        A page of versions. Entries that cannot be parsed are `Unknown`.
    """
    ...
