"""PUT /v1/audio/agents/{agent_id}."""

from collections.abc import Mapping
from typing import Any

from mistral_core import JSON, UNSET, Failure, MistralCore, RequestOptions, Result, Unset, operation
from mistral_funcs.schemas.audio.agents import AudioAgentConfigurationRequest, AudioAgentResponse


@operation("PUT", "/v1/audio/agents/{agent_id}", returns=JSON(AudioAgentResponse))
async def audio_agents_update(
    client: MistralCore,
    agent_id: str,
    *,
    name: str,
    configuration: AudioAgentConfigurationRequest | Mapping[str, Any],
    description: str | None | Unset = UNSET,
    options: RequestOptions | None = None,
) -> Result[AudioAgentResponse, Failure]:
    """Replace the configuration of a voice agent, which creates a new version.

    Args:
        client: The client that sends the request.
        agent_id: ID of the agent.
        name: Name of the agent.
        configuration: Configuration of the agent.
        description: Description of the agent.
        options: Per-call overrides: headers, timeout, retries, server URL.

    Returns:
        The updated agent.
    """
    ...
