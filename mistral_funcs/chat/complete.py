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
    """Complete a chat: answer its last message.

    Args:
        client: The client to call through.
        model: The id of the model, base or fine-tuned.
        messages: The conversation so far, in its order.
        temperature: The sampling temperature, from 0 to 1.5; by default the model's own.
        top_p: The probability mass of the tokens to sample from, up to 1; by default all of it.
        max_tokens: The most tokens to write; by default as many as the context has room for.
        stop: The text before which the answer ends, or several of them.
        random_seed: The seed of the sampling: the same one gives the same answer again.
        metadata: Data of your own, to be kept with the call.
        response_format: What the answer is written in; by default text.
        tools: The tools that the model may call.
        tool_choice: Whether it calls them, or which one; by default `"auto"`: as it sees fit.
        presence_penalty: The penalty on a token that was written before, from -2 to 2.
        frequency_penalty: The penalty on a token for each time it was written before, from -2 to 2.
        min_tokens: Minimum number of tokens to generate.
        repetition_penalty: Penalty on tokens that were used before; above 1 makes them less likely.
        top_k: Number of the most likely tokens to sample from. Defaults to all of them.
        logprobs: Whether to return the log probabilities of the generated tokens.
        top_logprobs: Number of the most likely tokens to return for each generated one. Requires
            `logprobs`.
        prompt_logprobs: Whether to return the log probabilities of the tokens of the prompt.
        top_prompt_logprobs: Number of the most likely tokens to return for each one of the prompt.
            Requires `prompt_logprobs`.
        n: How many answers to make; by default 1.
        prediction: The answer to expect, where most of it is known: that makes it faster.
        parallel_tool_calls: Whether one answer may call several tools; by default it may.
        reasoning_effort: How much the model thinks before it answers.
        prompt_mode: `"reasoning"` for the system prompt of the reasoning models.
        guardrails: The moderators that guard the call.
        prompt_cache_key: A key that calls with the same beginning share, so that it is cached.
        service_tier: Which capacity may serve the call: `"standard_only"` for no other.
        safe_prompt: Whether a safety prompt is put first; by default it is not.
        options: What this one call does differently.

    Returns:
        The answer, whole. Its `text` is what was said.
    """
    ...
