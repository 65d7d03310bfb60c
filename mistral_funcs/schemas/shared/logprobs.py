"""Log probabilities of tokens, as completions return them where they were asked for."""

from typing import final

import attrs

from mistral_core import Schema


@final
@attrs.frozen(kw_only=True)
class ChatCompletionResponseTokenLogprobs(Schema):
    """The log probability of a token.

    Attributes:
        token: The text of the token.
        logprob: The natural logarithm of its probability.
        bytes: The bytes of the token, in UTF-8: a token may be a part of a character.
        token_id: The id of the token in the vocabulary.
    """

    token: str | None = None
    logprob: float | None = None
    bytes: list[int] = attrs.field(factory=list[int])
    token_id: int | None = None


@final
@attrs.frozen(kw_only=True)
class ChatCompletionResponseTokenLogprobsTopK(Schema):
    """The log probability of a token, and those of the most likely tokens at its position.

    Attributes:
        token: The text of the token.
        logprob: The natural logarithm of its probability.
        bytes: The bytes of the token, in UTF-8: a token may be a part of a character.
        token_id: The id of the token in the vocabulary.
        top_logprobs: The most likely tokens at its position, as many as were asked for.
    """

    token: str | None = None
    logprob: float | None = None
    bytes: list[int] = attrs.field(factory=list[int])
    token_id: int | None = None
    top_logprobs: list[ChatCompletionResponseTokenLogprobs] | None = None


@final
@attrs.frozen(kw_only=True)
class ChatCompletionResponseChoiceLogprobs(Schema):
    """The log probabilities of the tokens of a text.

    Attributes:
        content: The tokens, in their order.
    """

    content: list[ChatCompletionResponseTokenLogprobsTopK] = attrs.field(
        factory=list[ChatCompletionResponseTokenLogprobsTopK]
    )
