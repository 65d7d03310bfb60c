"""POST /v1/responses/input_tokens."""

from collections.abc import Mapping, Sequence
from typing import Any, Literal

from mistral_core import JSON, UNSET, Failure, MistralCore, RequestOptions, Result, Unset, operation
from mistral_funcs.schemas.responses.input import ResponsesInputItem
from mistral_funcs.schemas.responses.response import CountResponseInputTokensResponse
from mistral_funcs.schemas.responses.settings import (
    CountResponseInputTokensRequestResponsesSupportedReasoning,
    CountResponseInputTokensRequestResponsesTextConfig,
)
from mistral_funcs.schemas.responses.tools import (
    CountResponseInputTokensRequestResponsesToolChoiceFunction,
    ResponsesTool,
)


@operation("POST", "/v1/responses/input_tokens", returns=JSON(CountResponseInputTokensResponse))
async def responses_count_input_tokens(
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
        CountResponseInputTokensRequestResponsesToolChoiceFunction
        | Literal["none", "auto", "required"]
        | str
        | Mapping[str, Any]
        | None
    ) = None,
    reasoning: (
        CountResponseInputTokensRequestResponsesSupportedReasoning
        | Mapping[str, Any]
        | None
        | Unset
    ) = UNSET,
    conversation: Any | None | Unset = UNSET,
    prompt: Any | None | Unset = UNSET,
    text: (
        CountResponseInputTokensRequestResponsesTextConfig | Mapping[str, Any] | None | Unset
    ) = UNSET,
    options: RequestOptions | None = None,
) -> Result[CountResponseInputTokensResponse, Failure]:
    """Count the tokens of an input.

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
        options: Per-call overrides: headers, timeout, retries, server URL.

    Returns:
        The number of tokens.
    """
    ...
