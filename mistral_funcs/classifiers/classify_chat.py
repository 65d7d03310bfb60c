"""POST /v1/chat/classifications."""

from mistral_core import JSON, Failure, MistralCore, RequestOptions, Result, operation
from mistral_funcs.schemas.classifiers import ClassificationResponse
from mistral_funcs.schemas.shared.messages import ChatClassificationRequestInputs


@operation("POST", "/v1/chat/classifications", returns=JSON(ClassificationResponse))
async def classifiers_classify_chat(
    client: MistralCore,
    *,
    model: str,
    input: ChatClassificationRequestInputs,
    options: RequestOptions | None = None,
) -> Result[ClassificationResponse, Failure]:
    """Classify conversations.

    Args:
        client: The client to use.
        model: ID of a fine-tuned classifier.
        input: The conversation, or a list of conversations.
        options: Per-call overrides: headers, timeout, retries, server URL.

    Returns:
        One result per conversation, in order.
    """
    ...
