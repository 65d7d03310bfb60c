"""Usage: how many tokens a response took."""

from typing import Literal, TypeAlias, final

import attrs

from mistral_core import Schema

Roles: TypeAlias = Literal["system", "user", "assistant", "tool"] | str
"""The role of a message. An open set."""


@final
@attrs.frozen(kw_only=True)
class MessageTokens(Schema):
    """The tokens of one message of a prompt.

    Attributes:
        role: Whose message it is.
        total_tokens: Its number of tokens.
        truncated: Whether it was cut off.
        usage_count: How often it was used.
    """

    role: Roles | None = None
    total_tokens: int | None = None
    truncated: bool = False
    usage_count: int = 1


@final
@attrs.frozen(kw_only=True)
class PromptTokensDetails(Schema):
    """What the tokens of a prompt are.

    Attributes:
        messages: Its messages.
        cached_tokens: Number of tokens that were read from the cache.
        audio_tokens: Number of tokens of audio.
    """

    messages: list[MessageTokens] = attrs.field(factory=list[MessageTokens])
    cached_tokens: int = 0
    audio_tokens: int = 0


@final
@attrs.frozen(kw_only=True)
class CompletionTokensDetails(Schema):
    """What the tokens of a completion are.

    Attributes:
        reasoning_tokens: Number of tokens that the model thought in.
    """

    reasoning_tokens: int = 0


@final
@attrs.frozen(kw_only=True)
class UsageInfo(Schema):
    """Count what an answer took, in tokens.

    Attributes:
        prompt_tokens: What was read.
        completion_tokens: What was written.
        total_tokens: Both.
        prompt_audio_seconds: The seconds of audio that were heard.
        service_tier: The tier that served the call.
        request_count: Number of requests that were counted.
        prompt_tokens_details: What the tokens of the prompt are.
        completion_tokens_details: What the tokens of the completion are.
        prompt_token_details: The same as `prompt_tokens_details`, as some servers spell it.
        num_cached_tokens: Number of tokens of the prompt that were read from the cache.
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
