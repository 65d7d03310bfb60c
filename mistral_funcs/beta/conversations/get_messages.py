"""GET /v1/conversations/{conversation_id}/messages."""

from mistral_core import JSON, Failure, MistralCore, RequestOptions, Result, operation
from mistral_funcs.schemas.beta.conversations.conversation import ConversationMessages


@operation(
    "GET", "/v1/conversations/{conversation_id}/messages", returns=JSON(ConversationMessages)
)
async def beta_conversations_get_messages(
    client: MistralCore,
    conversation_id: str,
    *,
    options: RequestOptions | None = None,
) -> Result[ConversationMessages, Failure]:
    """Get the messages of a conversation.

    Args:
        client: The client that sends the request.
        conversation_id: ID of the conversation.
        options: Per-call overrides: headers, timeout, retries, server URL.

    Returns:
        The messages. Messages that cannot be parsed are `Unknown`.
    """
    ...
