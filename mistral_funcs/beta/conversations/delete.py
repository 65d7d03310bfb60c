"""DELETE /v1/conversations/{conversation_id}."""

from mistral_core import Failure, MistralCore, NoContent, RequestOptions, Result, operation


@operation("DELETE", "/v1/conversations/{conversation_id}", returns=NoContent())
async def beta_conversations_delete(
    client: MistralCore,
    conversation_id: str,
    *,
    options: RequestOptions | None = None,
) -> Result[None, Failure]:
    """Delete a conversation.

    Args:
        client: The client that sends the request.
        conversation_id: ID of the conversation.
        options: Per-call overrides: headers, timeout, retries, server URL.
    """
    ...
