"""POST /v1/conversations/{conversation_id}/restart."""

from collections.abc import Mapping, Sequence
from typing import Any

from mistral_core import JSON, UNSET, Failure, MistralCore, RequestOptions, Result, Unset, operation
from mistral_funcs.schemas.beta.conversations.conversation import ConversationResponse
from mistral_funcs.schemas.beta.conversations.entries import ConversationInputs, HandoffExecution
from mistral_funcs.schemas.shared.completion_args import CompletionArgs
from mistral_funcs.schemas.shared.guardrails import GuardrailConfig


@operation(
    "POST", "/v1/conversations/{conversation_id}/restart", returns=JSON(ConversationResponse)
)
async def beta_conversations_restart(
    client: MistralCore,
    conversation_id: str,
    *,
    from_entry_id: str,
    inputs: ConversationInputs | None = None,
    store: bool | None = None,
    handoff_execution: HandoffExecution | None = None,
    completion_args: CompletionArgs | Mapping[str, Any] | None = None,
    guardrails: Sequence[GuardrailConfig | Mapping[str, Any]] | None | Unset = UNSET,
    metadata: Mapping[str, Any] | None | Unset = UNSET,
    agent_version: str | int | None | Unset = UNSET,
    options: RequestOptions | None = None,
) -> Result[ConversationResponse, Failure]:
    """Start a new conversation from an entry of another.

    Args:
        client: The client that sends the request.
        conversation_id: ID of the conversation.
        from_entry_id: ID of the last entry to keep. Later entries are not part of the new
            conversation.
        inputs: A user message as a string, or a list of entries.
        store: Whether to store the response, so that the conversation can be continued. Defaults to
            true.
        handoff_execution: Whether the server continues with the next agent after a handoff, or
            returns the handoff to the client. Defaults to `"server"`.
        completion_args: Settings of the completions.
        guardrails: Guardrails to apply.
        metadata: Your own metadata, stored with the conversation.
        agent_version: Version number or alias of the agent. Defaults to the current version.
        options: Per-call overrides: headers, timeout, retries, server URL.

    Returns:
        The response, with the ID of the new conversation. `text` is the text of its messages.
    """
    ...
