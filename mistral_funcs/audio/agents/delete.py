"""DELETE /v1/audio/agents/{agent_id}."""

from mistral_core import Failure, MistralCore, NoContent, RequestOptions, Result, operation


@operation("DELETE", "/v1/audio/agents/{agent_id}", returns=NoContent())
async def audio_agents_delete(
    client: MistralCore,
    agent_id: str,
    *,
    options: RequestOptions | None = None,
) -> Result[None, Failure]:
    """Delete a voice agent.

    Args:
        client: The client that sends the request.
        agent_id: ID of the agent.
        options: Per-call overrides: headers, timeout, retries, server URL.
    """
    ...
