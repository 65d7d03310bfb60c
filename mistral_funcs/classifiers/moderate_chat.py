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
    """Moderate chats: tell what in their last message is unfit.

    Args:
        client: The client to call through.
        model: The id of the model, such as `"mistral-moderation-latest"`.
        input: The messages of a conversation, or of several.
        options: What this one call does differently.

    Returns:
        What was found in each conversation, in their order.
    """
    ...
