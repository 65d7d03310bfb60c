"""Responses, their errors and their usage."""

from typing import Literal, final

import attrs

from mistral_core import Schema
from mistral_funcs.schemas.responses.output import ResponsesOutputItem, ResponsesOutputMessage
from mistral_funcs.schemas.responses.settings import (
    CreateResponseResponseResponsesSupportedReasoning,
    CreateResponseResponseResponsesTextConfig,
)
from mistral_funcs.schemas.responses.tools import ResponsesTool, ResponsesToolChoiceFunction


@final
@attrs.frozen(kw_only=True)
class ResponsesInputTokensDetails(Schema):
    """Details of the input tokens.

    Attributes:
        cache_write_tokens: Number of tokens written to the cache.
        cached_tokens: Number of tokens read from the cache.
    """

    cache_write_tokens: int | None = None
    cached_tokens: int | None = None


@final
@attrs.frozen(kw_only=True)
class ResponsesOutputTokensDetails(Schema):
    """Details of the output tokens.

    Attributes:
        reasoning_tokens: Number of reasoning tokens.
    """

    reasoning_tokens: int | None = None


@final
@attrs.frozen(kw_only=True)
class ResponsesUsage(Schema):
    """Token usage of a response.

    Attributes:
        input_tokens: Number of tokens in the input.
        input_tokens_details: Details of the input tokens.
        output_tokens: Number of generated tokens.
        output_tokens_details: Details of the output tokens.
        total_tokens: Total number of tokens.
    """

    input_tokens: int | None = None
    input_tokens_details: ResponsesInputTokensDetails = attrs.field(
        factory=ResponsesInputTokensDetails
    )
    output_tokens: int | None = None
    output_tokens_details: ResponsesOutputTokensDetails = attrs.field(
        factory=ResponsesOutputTokensDetails
    )
    total_tokens: int | None = None


@final
@attrs.frozen(kw_only=True)
class ResponsesError(Schema):
    """The error of a failed response.

    Attributes:
        code: Code of the error.
        message: What went wrong.
    """

    code: (
        Literal[
            "server_error",
            "rate_limit_exceeded",
            "invalid_prompt",
            "bio_policy",
            "vector_store_timeout",
            "invalid_image",
            "invalid_image_format",
            "invalid_base64_image",
            "invalid_image_url",
            "image_too_large",
            "image_too_small",
            "image_parse_error",
            "image_content_policy_violation",
            "invalid_image_mode",
            "image_file_too_large",
            "unsupported_image_media_type",
            "empty_image_file",
            "failed_to_download_image",
            "image_file_not_found",
        ]
        | str
        | None
    ) = None
    message: str | None = None


@final
@attrs.frozen(kw_only=True)
class ResponsesIncompleteDetails(Schema):
    """The cause of an incomplete response.

    Attributes:
        reason: Why the response is incomplete.
    """

    reason: Literal["max_output_tokens", "content_filter"] | str | None = None


@final
@attrs.frozen(kw_only=True)
class CreateResponseResponse(Schema):
    """A response.

    Attributes:
        object: `"response"`.
        id: ID of the response.
        created_at: Time of creation, in seconds since the Unix epoch.
        model: ID of the model.
        output: Items that the model generated.
        parallel_tool_calls: Whether the model may request several tool calls at once.
        tool_choice: Whether the model calls tools, or the function it must call.
        tools: Tools that the model may call.
        error: Error, if the response failed.
        incomplete_details: Why the response is incomplete, if it is.
        instructions: Instructions for the model, as a system prompt.
        metadata: Your own metadata.
        temperature: Sampling temperature.
        top_p: Probability mass of the tokens to sample from.
        background: Whether the response runs in the background.
        completed_at: Time of completion, in seconds since the Unix epoch.
        max_output_tokens: Maximum number of tokens to generate.
        max_tool_calls: Maximum number of tool calls.
        previous_response_id: ID of the response that it continues.
        prompt_cache_key: Key shared by requests with a common prefix.
        prompt_cache_retention: How long the prefix is cached.
        reasoning: Settings of the reasoning.
        safety_identifier: Identifier of the user for safety checks.
        service_tier: Service tier that processed the request.
        status: Status of the response.
        text: Settings of the text. `output_text` is the text itself.
        top_logprobs: Number of most likely tokens returned for each token.
        truncation: Whether a long input is truncated.
        usage: Token usage.
        user: Identifier of the user.
    """

    object: str = "response"
    id: str
    created_at: float | None = None
    model: str | None = None
    output: list[ResponsesOutputItem] = attrs.field(factory=list[ResponsesOutputItem])
    parallel_tool_calls: bool | None = None
    tool_choice: ResponsesToolChoiceFunction | Literal["none", "auto", "required"] | str = (
        attrs.field(factory=ResponsesToolChoiceFunction)
    )
    tools: list[ResponsesTool] = attrs.field(factory=list[ResponsesTool])
    error: ResponsesError | None = None
    incomplete_details: ResponsesIncompleteDetails | None = None
    instructions: str | None = None
    metadata: dict[str, str] | None = None
    temperature: float | None = None
    top_p: float | None = None
    background: bool | None = None
    completed_at: float | None = None
    max_output_tokens: int | None = None
    max_tool_calls: int | None = None
    previous_response_id: str | None = None
    prompt_cache_key: str | None = None
    prompt_cache_retention: Literal["in_memory", "24h"] | str | None = None
    reasoning: CreateResponseResponseResponsesSupportedReasoning | None = None
    safety_identifier: str | None = None
    service_tier: Literal["auto", "default", "flex", "scale", "priority"] | str | None = None
    status: (
        Literal["completed", "failed", "in_progress", "cancelled", "queued", "incomplete"]
        | str
        | None
    ) = None
    text: CreateResponseResponseResponsesTextConfig | None = None
    top_logprobs: int | None = None
    truncation: Literal["auto", "disabled"] | str | None = None
    usage: ResponsesUsage | None = None
    user: str | None = None

    @property
    def output_text(self) -> str:
        """The text of the messages in `output`. Empty if there is none."""
        return "".join(
            each.text for each in self.output if isinstance(each, ResponsesOutputMessage)
        )


@final
@attrs.frozen(kw_only=True)
class CountResponseInputTokensResponse(Schema):
    """The number of tokens of an input.

    Attributes:
        object: `"response.input_tokens"`.
        input_tokens: Number of tokens in the input.
    """

    object: str = "response.input_tokens"
    input_tokens: int
