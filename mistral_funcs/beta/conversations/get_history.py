"""GET /v1/conversations/{conversation_id}/history."""

from mistral_core import JSON, Failure, MistralCore, RequestOptions, Result, operation
from mistral_funcs.schemas.beta.conversations.conversation import ConversationHistory


@operation("GET", "/v1/conversations/{conversation_id}/history", returns=JSON(ConversationHistory))
async def beta_conversations_get_history(
    client: MistralCore,
    conversation_id: str,
    *,
    options: RequestOptions | None = None,
) -> Result[ConversationHistory, Failure]:
    """Get all entries of a conversation.

    Args:
        client: The client that sends the request.
        conversation_id: ID of the conversation.
        options: Per-call overrides: headers, timeout, retries, server URL.

    Returns:
        The entries. Entries that cannot be parsed are `Unknown`.
    """
    ...
