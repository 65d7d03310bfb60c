"""Token usage."""

from typing import Literal, TypeAlias, final

import attrs

from mistral_core import Schema

Roles: TypeAlias = Literal["system", "user", "assistant", "tool"] | str
"""Role of the author of a message. Other values are accepted."""


@final
@attrs.frozen(kw_only=True)
class MessageTokens(Schema):
    """Token usage of a message in the prompt.

    Attributes:
        role: Role of the author.
        total_tokens: Number of tokens.
        truncated: Whether the message was truncated.
        usage_count: Number of times the message was used.
    """

    role: Roles | None = None
    total_tokens: int | None = None
    truncated: bool = False
    usage_count: int = 1


@final
@attrs.frozen(kw_only=True)
class PromptTokensDetails(Schema):
    """Details of the prompt tokens.

    Attributes:
        messages: The messages of the prompt.
        cached_tokens: Number of tokens read from the cache.
        audio_tokens: Number of audio tokens.
    """

    messages: list[MessageTokens] = attrs.field(factory=list[MessageTokens])
    cached_tokens: int = 0
    audio_tokens: int = 0


@final
@attrs.frozen(kw_only=True)
class CompletionTokensDetails(Schema):
    """Details of the generated tokens.

    Attributes:
        reasoning_tokens: Number of reasoning tokens.
    """

    reasoning_tokens: int = 0


@final
@attrs.frozen(kw_only=True)
class UsageInfo(Schema):
    """Usage of a request, in tokens.

    Attributes:
        prompt_tokens: Number of tokens in the prompt.
        completion_tokens: Number of generated tokens.
        total_tokens: Total number of tokens.
        prompt_audio_seconds: Duration of audio input, in seconds.
        service_tier: Service tier that processed the request.
        request_count: Number of requests counted.
        prompt_tokens_details: Details of the prompt tokens.
        completion_tokens_details: Details of the generated tokens.
        prompt_token_details: Alternative spelling of `prompt_tokens_details`, sent by some servers.
        num_cached_tokens: Number of prompt tokens read from the cache.
    """

    prompt_tokens: int = 0
    completion_tokens: int = 0
    total_tokens: int = 0
    prompt_audio_seconds: int | None = None
    service_tier: str | None = None
    request_count: int | None = None
    prompt_tokens_details: PromptTokensDetails | None = None
    completion_tokens_details: CompletionTokensDetails | None = None
    prompt_token_details: PromptTokensDetails | None = None
    num_cached_tokens: int | None = None
