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
        page_token: Page token: `next_page_token` of the previous page.
        search: Return only the agents whose name contains this text.
        options: Per-call overrides: headers, timeout, retries, server URL.

    Returns:
        A page of agents. Entries that cannot be parsed are `Unknown`.
    """
    ...
