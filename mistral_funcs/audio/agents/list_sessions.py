"""GET /v1/audio/agents/{agent_id}/sessions."""

from mistral_core import JSON, Failure, MistralCore, RequestOptions, Result, operation
from mistral_funcs.schemas.audio.agents import AudioAgentSessionListPage


@operation("GET", "/v1/audio/agents/{agent_id}/sessions", returns=JSON(AudioAgentSessionListPage))
async def audio_agents_list_sessions(
    client: MistralCore,
    agent_id: str,
    *,
    page_size: int | None = None,
    page_token: str | None = None,
    options: RequestOptions | None = None,
) -> Result[AudioAgentSessionListPage, Failure]:
    """List the sessions of a voice agent.

    Args:
        client: The client that sends the request.
        agent_id: ID of the agent.
        page_size: Maximum number of items per page.
        page_token: Page token: `next_page_token` of the previous page.
        options: Per-call overrides: headers, timeout, retries, server URL.

    Returns:
        A page of sessions, without their transcripts. Entries that cannot be parsed are `Unknown`.
    """
    ...
