"""POST /v1/chat/completions."""

from collections.abc import Mapping, Sequence
from typing import Any

from mistral_core import (
    JSON,
    UNSET,
    Failure,
    MistralCore,
    RequestOptions,
    Result,
    Unset,
    operation,
)
from mistral_funcs.schemas.shared.completions import (
    ChatCompletionResponse,
    MistralPromptMode,
    Prediction,
    ReasoningEffort,
    RequestedServiceTier,
    ResponseFormat,
)
from mistral_funcs.schemas.shared.guardrails import GuardrailConfig
from mistral_funcs.schemas.shared.messages import ChatCompletionRequestMessage
from mistral_funcs.schemas.shared.tools import ChatCompletionRequestTool, ToolChoice, ToolChoiceEnum


@operation("POST", "/v1/chat/completions", returns=JSON(ChatCompletionResponse))
async def chat_complete(
    client: MistralCore,
    *,
    model: str,
    messages: Sequence[ChatCompletionRequestMessage],
    temperature: float | None | Unset = UNSET,
    top_p: float | None | Unset = UNSET,
    max_tokens: int | None | Unset = UNSET,
    stop: str | Sequence[str] | None | Unset = UNSET,
    random_seed: int | None | Unset = UNSET,
    metadata: Mapping[str, Any] | None | Unset = UNSET,
    response_format: ResponseFormat | Mapping[str, Any] | None = None,
    tools: Sequence[ChatCompletionRequestTool] | None | Unset = UNSET,
    tool_choice: ToolChoice | ToolChoiceEnum | Mapping[str, Any] | None = None,
    presence_penalty: float | None | Unset = UNSET,
    frequency_penalty: float | None | Unset = UNSET,
    min_tokens: int | None | Unset = UNSET,
    repetition_penalty: float | None | Unset = UNSET,
    top_k: int | None | Unset = UNSET,
    logprobs: bool | None | Unset = UNSET,
    top_logprobs: int | None | Unset = UNSET,
    prompt_logprobs: bool | None | Unset = UNSET,
    top_prompt_logprobs: int | None | Unset = UNSET,
    n: int | None | Unset = UNSET,
    prediction: Prediction | Mapping[str, Any] | None = None,
    parallel_tool_calls: bool | None = None,
    reasoning_effort: ReasoningEffort | None | Unset = UNSET,
    prompt_mode: MistralPromptMode | None | Unset = UNSET,
    guardrails: Sequence[GuardrailConfig | Mapping[str, Any]] | None | Unset = UNSET,
    prompt_cache_key: str | None | Unset = UNSET,
    service_tier: RequestedServiceTier | None | Unset = UNSET,
    safe_prompt: bool | None = None,
    options: RequestOptions | None = None,
) -> Result[ChatCompletionResponse, Failure]:
    """Generate a chat completion.

    Args:
        client: The client to use.
        model: ID of a base or fine-tuned model.
        messages: The conversation so far, oldest message first.
        temperature: Sampling temperature, from 0 to 1.5. Defaults to the model's own.
        top_p: Probability mass of the tokens to sample from, up to 1. Defaults to 1.
        max_tokens: Maximum number of tokens to generate. Defaults to the remaining context.
        stop: String, or strings, before which generation stops.
        random_seed: Seed for sampling. The same seed gives reproducible results.
        metadata: Your own metadata, stored with the request.
        response_format: Format of the response. Defaults to text.
        tools: Tools that the model may call.
        tool_choice: Whether the model calls tools, or the tool it must call. Defaults to `"auto"`:
            the model decides.
        presence_penalty: Penalty on tokens that already occurred, from -2 to 2.
        frequency_penalty: Penalty on tokens in proportion to how often they already occurred, from
            -2 to 2.
        min_tokens: Minimum number of tokens to generate.
        repetition_penalty: Penalty on repeated tokens. Above 1 makes them less likely.
        top_k: Number of most likely tokens to sample from. Defaults to all of them.
        logprobs: Whether to return the log probabilities of the generated tokens.
        top_logprobs: Number of most likely tokens to return for each generated token. Requires
            `logprobs`.
        prompt_logprobs: Whether to return the log probabilities of the prompt tokens.
        top_prompt_logprobs: Number of most likely tokens to return for each prompt token. Requires
            `prompt_logprobs`.
        n: Number of completions to generate. Defaults to 1.
        prediction: Expected content of the response. Reduces latency when most of it is
            predictable.
        parallel_tool_calls: Whether the model may request several tool calls at once. Defaults to
            true.
        reasoning_effort: How much reasoning the model does before it responds.
        prompt_mode: `"reasoning"` to use the system prompt for reasoning models.
        guardrails: Guardrails to apply to the request.
        prompt_cache_key: Key shared by requests with a common prefix, so that the prefix is cached.
        service_tier: Capacity that may serve the request. `"standard_only"` excludes priority
            capacity.
        safe_prompt: Whether to prepend a safety prompt. Defaults to false.
        options: Per-call overrides: headers, timeout, retries, server URL.

    Returns:
        The completion. `text` is the text of the first choice.
    """
    ...
