"""POST /v1/agents."""

from collections.abc import Mapping, Sequence
from typing import Any

from mistral_core import JSON, UNSET, Failure, MistralCore, RequestOptions, Result, Unset, operation
from mistral_funcs.schemas.beta.agents import Agent
from mistral_funcs.schemas.shared.completion_args import CompletionArgs
from mistral_funcs.schemas.shared.guardrails import GuardrailConfig
from mistral_funcs.schemas.shared.tools import AgentTool


@operation("POST", "/v1/agents", returns=JSON(Agent))
async def beta_agents_create(
    client: MistralCore,
    *,
    model: str,
    name: str,
    instructions: str | None | Unset = UNSET,
    tools: Sequence[AgentTool | Mapping[str, Any]] | None = None,
    completion_args: CompletionArgs | Mapping[str, Any] | None = None,
    guardrails: Sequence[GuardrailConfig | Mapping[str, Any]] | None | Unset = UNSET,
    description: str | None | Unset = UNSET,
    handoffs: Sequence[str] | None | Unset = UNSET,
    metadata: Mapping[str, Any] | None | Unset = UNSET,
    version_message: str | None | Unset = UNSET,
    options: RequestOptions | None = None,
) -> Result[Agent, Failure]:
    """Create an agent.

    Args:
        client: The client that sends the request.
        model: ID of the model.
        name: Name of the agent.
        instructions: Instructions for the model, as a system prompt.
        tools: Tools that the model may call.
        completion_args: Settings of the completions.
        guardrails: Guardrails to apply.
        description: Description of the agent.
        handoffs: IDs of the agents that it can hand over to.
        metadata: Your own metadata, stored with the agent.
        version_message: Description of the changes in this version, at most 500 characters.
        options: Per-call overrides: headers, timeout, retries, server URL.

    Returns:
        The new agent.
    """
    ...
