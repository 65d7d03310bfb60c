"""GET /v1/audio/agents."""

from mistral_core import JSON, Failure, MistralCore, RequestOptions, Result, operation
from mistral_funcs.schemas.audio.agents import AudioAgentListPage


@operation("GET", "/v1/audio/agents", returns=JSON(AudioAgentListPage))
async def audio_agents_list(
    client: MistralCore,
    *,
    page_size: int | None = None,
    page_token: str | None = None,
    search: str | None = None,
    options: RequestOptions | None = None,
) -> Result[AudioAgentListPage, Failure]:
    """List voice agents.

    Args:
        client: The client that sends the request.
        page_size: Maximum number of items per page.
        page_token: Token of the page, from `next_page_token` of the page before it.
        search: Return only the agents whose name contains this text.
        options: Per-call overrides: headers, timeout, retries, server URL.

    Returns:
        A page of agents. An entry that cannot be read is an `Unknown`.
    """
    ...
