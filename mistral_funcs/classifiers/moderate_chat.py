"""POST /v1/chat/moderations."""

from collections.abc import Sequence

from mistral_core import JSON, Failure, MistralCore, RequestOptions, Result, operation
from mistral_funcs.schemas.classifiers import ModerationResponse
from mistral_funcs.schemas.shared.messages import ChatCompletionRequestMessage


@operation("POST", "/v1/chat/moderations", returns=JSON(ModerationResponse))
async def classifiers_moderate_chat(
    client: MistralCore,
    *,
    model: str,
    input: Sequence[ChatCompletionRequestMessage]
    | Sequence[Sequence[ChatCompletionRequestMessage]],
    options: RequestOptions | None = None,
) -> Result[ModerationResponse, Failure]:
    """Check the last message of conversations for harmful content.

    Args:
        client: The client to use.
        model: ID of the model, such as `"mistral-moderation-latest"`.
        input: The messages of a conversation, or a list of conversations.
        options: Per-call overrides: headers, timeout, retries, server URL.

    Returns:
        One result per conversation, in order.
    """
    ...
