"""Settings of completions in conversations and agents."""

from typing import final

import attrs

from mistral_core import Schema
from mistral_funcs.schemas.shared.completions import Prediction, ReasoningEffort, ResponseFormat
from mistral_funcs.schemas.shared.tools import ToolChoiceEnum


@final
@attrs.frozen(kw_only=True)
class CompletionArgs(Schema):
    """Settings of the completions of an agent or a conversation.

    Attributes:
        stop: String, or strings, before which generation stops.
        presence_penalty: Penalty on tokens that already occurred, from -2 to 2.
        frequency_penalty: Penalty on tokens in proportion to how often they already occurred, from
            -2 to 2.
        temperature: Sampling temperature, from 0 to 1. Defaults to the model's own.
        top_p: Probability mass of the tokens to sample from, from 0 to 1.
        max_tokens: Maximum number of tokens to generate. Defaults to the remaining context.
        random_seed: Seed for sampling. The same seed gives reproducible results.
        prediction: Expected content of the response. Reduces latency when most of it is
            predictable.
        response_format: Format of the response. Defaults to text.
        tool_choice: Whether the model calls tools. Defaults to `"auto"`: the model decides.
        reasoning_effort: How much reasoning the model does before it responds.
    """

    stop: str | list[str] | None = None
    presence_penalty: float | None = None
    frequency_penalty: float | None = None
    temperature: float | None = None
    top_p: float | None = None
    max_tokens: int | None = None
    random_seed: int | None = None
    prediction: Prediction | None = None
    response_format: ResponseFormat | None = None
    tool_choice: ToolChoiceEnum | None = None
    reasoning_effort: ReasoningEffort | None = None
