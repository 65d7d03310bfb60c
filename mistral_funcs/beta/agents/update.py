"""PATCH /v1/agents/{agent_id}."""

from collections.abc import Mapping, Sequence
from typing import Any

from mistral_core import JSON, UNSET, Failure, MistralCore, RequestOptions, Result, Unset, operation
from mistral_funcs.schemas.beta.agents import Agent
from mistral_funcs.schemas.shared.completion_args import CompletionArgs
from mistral_funcs.schemas.shared.guardrails import GuardrailConfig
from mistral_funcs.schemas.shared.tools import AgentTool


@operation("PATCH", "/v1/agents/{agent_id}", returns=JSON(Agent))
async def beta_agents_update(
    client: MistralCore,
    agent_id: str,
    *,
    instructions: str | None | Unset = UNSET,
    tools: Sequence[AgentTool | Mapping[str, Any]] | None = None,
    completion_args: CompletionArgs | Mapping[str, Any] | None = None,
    guardrails: Sequence[GuardrailConfig | Mapping[str, Any]] | None | Unset = UNSET,
    model: str | None | Unset = UNSET,
    name: str | None | Unset = UNSET,
    description: str | None | Unset = UNSET,
    handoffs: Sequence[str] | None | Unset = UNSET,
    deployment_chat: bool | None | Unset = UNSET,
    metadata: Mapping[str, Any] | None | Unset = UNSET,
    version_message: str | None | Unset = UNSET,
    options: RequestOptions | None = None,
) -> Result[Agent, Failure]:
    """Update an agent, which creates a new version.

    Args:
        client: The client that sends the request.
        agent_id: ID of the agent.
        instructions: Instructions for the model, as a system prompt.
        tools: Tools that the model may call.
        completion_args: Settings of the completions.
        guardrails: Guardrails to apply.
        model: ID of the model.
        name: Name of the agent.
        description: Description of the agent.
        handoffs: IDs of the agents that it can hand over to.
        deployment_chat: Whether to make the agent available in Le Chat.
        metadata: Your own metadata, stored with the agent.
        version_message: Description of the changes in this version, at most 500 characters.
        options: Per-call overrides: headers, timeout, retries, server URL.

    Returns:
        The updated agent.
    """
    ...
