"""How much an answer took."""

from typing import final

import attrs

from mistral_core import Schema


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
    """

    prompt_tokens: int = 0
    completion_tokens: int = 0
    total_tokens: int = 0
    prompt_audio_seconds: int | None = None
    service_tier: str | None = None
