"""GET /v1/conversations/{conversation_id}."""

from mistral_core import JSON, Failure, MistralCore, RequestOptions, Result, Unknown, operation
from mistral_funcs.schemas.beta.conversations.conversation import (
    AgentConversation,
    ModelConversation,
)


@operation(
    "GET",
    "/v1/conversations/{conversation_id}",
    returns=JSON(AgentConversation | ModelConversation | Unknown),
)
async def beta_conversations_get(
    client: MistralCore,
    conversation_id: str,
    *,
    options: RequestOptions | None = None,
) -> Result[AgentConversation | ModelConversation | Unknown, Failure]:
    """Get a conversation, without its entries.

    Args:
        client: The client that sends the request.
        conversation_id: ID of the conversation.
        options: Per-call overrides: headers, timeout, retries, server URL.

    Returns:
        The conversation, with an agent or with a model.
    """
    ...
