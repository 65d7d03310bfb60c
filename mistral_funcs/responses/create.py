"""POST /v1/responses."""

from collections.abc import Mapping, Sequence
from typing import Any, Literal

from mistral_core import JSON, UNSET, Failure, MistralCore, RequestOptions, Result, Unset, operation
from mistral_funcs.schemas.responses.input import ResponsesInputItem
from mistral_funcs.schemas.responses.response import CreateResponseResponse
from mistral_funcs.schemas.responses.settings import (
    CreateResponseRequestResponsesSupportedReasoning,
    CreateResponseRequestResponsesTextConfig,
)
from mistral_funcs.schemas.responses.tools import (
    CreateResponseRequestResponsesToolChoiceFunction,
    ResponsesTool,
)


@operation("POST", "/v1/responses", returns=JSON(CreateResponseResponse))
async def responses_create(
    client: MistralCore,
    *,
    model: str,
    input: str | Sequence[ResponsesInputItem],
    instructions: str | None | Unset = UNSET,
    parallel_tool_calls: bool | None = None,
    previous_response_id: Any | None | Unset = UNSET,
    truncation: Literal["disabled"] | None = None,
    tools: Sequence[ResponsesTool | Mapping[str, Any]] | None = None,
    tool_choice: (
        CreateResponseRequestResponsesToolChoiceFunction
        | Literal["none", "auto", "required"]
        | str
        | Mapping[str, Any]
        | None
    ) = None,
    reasoning: (
        CreateResponseRequestResponsesSupportedReasoning | Mapping[str, Any] | None | Unset
    ) = UNSET,
    conversation: Any | None | Unset = UNSET,
    prompt: Any | None | Unset = UNSET,
    text: CreateResponseRequestResponsesTextConfig | Mapping[str, Any] | None | Unset = UNSET,
    background: Literal[False] | None = None,
    store: Literal[False] | None | Unset = UNSET,
    max_output_tokens: int | None | Unset = UNSET,
    temperature: float | None | Unset = UNSET,
    top_p: float | None | Unset = UNSET,
    metadata: Mapping[str, str] | None | Unset = UNSET,
    prompt_cache_key: str | None | Unset = UNSET,
    max_tool_calls: int | None | Unset = UNSET,
    moderation: Any | None | Unset = UNSET,
    top_logprobs: Literal[0] | None | Unset = UNSET,
    options: RequestOptions | None = None,
) -> Result[CreateResponseResponse, Failure]:
    """Create a response.

    Args:
        client: The client that sends the request.
        model: ID of the model.
        input: A user message as a string, or a list of items.
        instructions: Instructions for the model, as a system prompt.
        parallel_tool_calls: Whether the model may request several tool calls at once.
        previous_response_id: Response to continue.
        truncation: Whether to truncate a long input. The API accepts only `"disabled"`.
        tools: Tools that the model may call.
        tool_choice: Whether the model calls tools, or the function it must call.
        reasoning: Settings of the reasoning.
        conversation: Conversation of the response.
        prompt: Reference to a stored prompt.
        text: Settings of the text.
        background: Whether to run in the background. The API accepts only false.
        store: Whether to store the response. The API accepts only false.
        max_output_tokens: Maximum number of tokens to generate.
        temperature: Sampling temperature.
        top_p: Probability mass of the tokens to sample from.
        metadata: Your own metadata.
        prompt_cache_key: Key shared by requests with a common prefix.
        max_tool_calls: Maximum number of tool calls.
        moderation: Settings of the moderation.
        top_logprobs: Number of most likely tokens to return for each token. The API accepts only 0.
        options: Per-call overrides: headers, timeout, retries, server URL.

    Returns:
        The response. `output_text` is the text of its messages.
    """
    ...
