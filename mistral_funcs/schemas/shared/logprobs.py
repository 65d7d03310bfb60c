"""Log probabilities of tokens in completions."""

from typing import final

import attrs

from mistral_core import Schema


@final
@attrs.frozen(kw_only=True)
class ChatCompletionResponseTokenLogprobs(Schema):
    """The log probability of a token.

    Attributes:
        token: Text of the token.
        logprob: Natural logarithm of the probability.
        bytes: UTF-8 bytes of the token, which may be part of a character.
        token_id: ID of the token in the vocabulary.
    """

    token: str | None = None
    logprob: float | None = None
    bytes: list[int] = attrs.field(factory=list[int])
    token_id: int | None = None


@final
@attrs.frozen(kw_only=True)
class ChatCompletionResponseTokenLogprobsTopK(Schema):
    """The log probability of a token, with the most likely alternatives.

    Attributes:
        token: Text of the token.
        logprob: Natural logarithm of the probability.
        bytes: UTF-8 bytes of the token, which may be part of a character.
        token_id: ID of the token in the vocabulary.
        top_logprobs: Most likely tokens at this position, as many as requested.
    """

    token: str | None = None
    logprob: float | None = None
    bytes: list[int] = attrs.field(factory=list[int])
    token_id: int | None = None
    top_logprobs: list[ChatCompletionResponseTokenLogprobs] | None = None


@final
@attrs.frozen(kw_only=True)
class ChatCompletionResponseChoiceLogprobs(Schema):
    """The log probabilities of a sequence of tokens.

    Attributes:
        content: The tokens, in order.
    """

    content: list[ChatCompletionResponseTokenLogprobsTopK] = attrs.field(
        factory=list[ChatCompletionResponseTokenLogprobsTopK]
    )
