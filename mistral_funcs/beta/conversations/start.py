"""POST /v1/conversations."""

from collections.abc import Mapping, Sequence
from typing import Any

from mistral_core import JSON, UNSET, Failure, MistralCore, RequestOptions, Result, Unset, operation
from mistral_funcs.schemas.beta.conversations.conversation import ConversationResponse
from mistral_funcs.schemas.beta.conversations.entries import ConversationInputs, HandoffExecution
from mistral_funcs.schemas.shared.completion_args import CompletionArgs
from mistral_funcs.schemas.shared.guardrails import GuardrailConfig
from mistral_funcs.schemas.shared.tools import AgentTool


@operation("POST", "/v1/conversations", returns=JSON(ConversationResponse))
async def beta_conversations_start(
    client: MistralCore,
    *,
    inputs: ConversationInputs,
    store: bool | None | Unset = UNSET,
    handoff_execution: HandoffExecution | None | Unset = UNSET,
    instructions: str | None | Unset = UNSET,
    tools: Sequence[AgentTool | Mapping[str, Any]] | None | Unset = UNSET,
    completion_args: CompletionArgs | Mapping[str, Any] | None | Unset = UNSET,
    guardrails: Sequence[GuardrailConfig | Mapping[str, Any]] | None | Unset = UNSET,
    name: str | None | Unset = UNSET,
    description: str | None | Unset = UNSET,
    metadata: Mapping[str, Any] | None | Unset = UNSET,
    agent_id: str | None | Unset = UNSET,
    agent_version: str | int | None | Unset = UNSET,
    model: str | None | Unset = UNSET,
    options: RequestOptions | None = None,
) -> Result[ConversationResponse, Failure]:
    """Start a conversation with an agent or a model.

    Args:
        client: The client that sends the request.
        inputs: A user message as a string, or a list of entries.
        store: Whether to store the response, so that the conversation can be continued. Defaults to
            true.
        handoff_execution: Whether the server continues with the next agent after a handoff, or
            returns the handoff to the client. Defaults to `"server"`.
        instructions: Instructions for the model, as a system prompt.
        tools: Tools that the model may call.
        completion_args: Settings of the completions.
        guardrails: Guardrails to apply.
        name: Name of the conversation.
        description: Description of the conversation.
        metadata: Your own metadata, stored with the conversation.
        agent_id: ID of the agent to talk to. Pass either it or `model`.
        agent_version: Version number or alias of the agent. Defaults to the current version.
        model: ID of the model to talk to. Pass either it or `agent_id`.
        options: Per-call overrides: headers, timeout, retries, server URL.

    Returns:
        The response, with the ID of the new conversation. `text` is the text of its messages.
    """
    ...
