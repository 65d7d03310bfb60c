"""POST /v1/conversations/{conversation_id}."""

from collections.abc import Mapping, Sequence
from typing import Any

from mistral_core import JSON, UNSET, Failure, MistralCore, RequestOptions, Result, Unset, operation
from mistral_funcs.schemas.beta.conversations.conversation import ConversationResponse
from mistral_funcs.schemas.beta.conversations.entries import (
    ConversationInputs,
    HandoffExecution,
    ToolCallConfirmation,
)
from mistral_funcs.schemas.shared.completion_args import CompletionArgs


@operation("POST", "/v1/conversations/{conversation_id}", returns=JSON(ConversationResponse))
async def beta_conversations_append(
    client: MistralCore,
    conversation_id: str,
    *,
    inputs: ConversationInputs | None = None,
    store: bool | None = None,
    handoff_execution: HandoffExecution | None = None,
    completion_args: CompletionArgs | Mapping[str, Any] | None = None,
    tool_confirmations: Sequence[ToolCallConfirmation | Mapping[str, Any]] | None | Unset = UNSET,
    options: RequestOptions | None = None,
) -> Result[ConversationResponse, Failure]:
    """Continue a conversation.

    Args:
        client: The client that sends the request.
        conversation_id: ID of the conversation.
        inputs: A user message as a string, or a list of entries, such as the `FunctionResultEntry`
            of each function call. Optional with `tool_confirmations`.
        store: Whether to store the response, so that the conversation can be continued. Defaults to
            true.
        handoff_execution: Whether the server continues with the next agent after a handoff, or
            returns the handoff to the client. Defaults to `"server"`.
        completion_args: Settings of the completions.
        tool_confirmations: Decisions on tool calls that wait for confirmation. They can be combined
            with `inputs`.
        options: Per-call overrides: headers, timeout, retries, server URL.

    Returns:
        The response. `text` is the text of its messages.
    """
    ...
