"""POST /v1/audio/agents."""

from collections.abc import Mapping
from typing import Any

from mistral_core import JSON, UNSET, Failure, MistralCore, RequestOptions, Result, Unset, operation
from mistral_funcs.schemas.audio.agents import AudioAgentConfigurationRequest, AudioAgentResponse


@operation("POST", "/v1/audio/agents", returns=JSON(AudioAgentResponse))
async def audio_agents_create(
    client: MistralCore,
    *,
    name: str,
    configuration: AudioAgentConfigurationRequest | Mapping[str, Any],
    description: str | None | Unset = UNSET,
    options: RequestOptions | None = None,
) -> Result[AudioAgentResponse, Failure]:
    """Create a voice agent.

    Args:
        client: The client that sends the request.
        name: Name of the agent.
        configuration: Configuration of the agent.
        description: Description of the agent.
        options: Per-call overrides: headers, timeout, retries, server URL.

    Returns:
        The new agent.
    """
    ...
