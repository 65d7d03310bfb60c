"""GET /v1/audio/agents/{agent_id}."""

from mistral_core import JSON, Failure, MistralCore, RequestOptions, Result, operation
from mistral_funcs.schemas.audio.agents import AudioAgentResponse


@operation("GET", "/v1/audio/agents/{agent_id}", returns=JSON(AudioAgentResponse))
async def audio_agents_get(
    client: MistralCore,
    agent_id: str,
    *,
    version: int | None = None,
    options: RequestOptions | None = None,
) -> Result[AudioAgentResponse, Failure]:
    """Get a voice agent.

    Args:
        client: The client that sends the request.
        agent_id: ID of the agent.
        version: Version number. Defaults to the latest version.
        options: Per-call overrides: headers, timeout, retries, server URL.

    Returns:
        The agent in this version.
    """
    ...
