"""The guardrails of a completion: what a moderator lets pass."""

from collections.abc import Mapping
from typing import Any, Literal, TypeAlias, final

import attrs

from mistral_core import UNSET, Schema, Unset

ModerationLLMAction: TypeAlias = Literal["none", "block"] | str
"""What is done about a score above its threshold. An open set."""


@final
@attrs.frozen(kw_only=True)
class ModerationLLMV1CategoryThresholds(Schema):
    """Set the score, from 0 to 1, above which each category is found.

    Attributes:
        sexual: Sexual content.
        hate_and_discrimination: Hate and discrimination.
        violence_and_threats: Violence and threats.
        dangerous_and_criminal_content: What is dangerous or a crime.
        selfharm: Harm to oneself.
        health: Advice on health.
        financial: Advice on money.
        law: Advice on law.
        pii: What identifies a person.
    """

    sexual: float | None | Unset = UNSET
    hate_and_discrimination: float | None | Unset = UNSET
    violence_and_threats: float | None | Unset = UNSET
    dangerous_and_criminal_content: float | None | Unset = UNSET
    selfharm: float | None | Unset = UNSET
    health: float | None | Unset = UNSET
    financial: float | None | Unset = UNSET
    law: float | None | Unset = UNSET
    pii: float | None | Unset = UNSET


@final
@attrs.frozen(kw_only=True)
class ModerationLLMV1Config(Schema):
    """Configure the first version of the moderator.

    Attributes:
        model_name: Another model than the moderator's own; best left out.
        custom_category_thresholds: Where other scores count than by default.
        ignore_other_categories: Whether only the categories of the thresholds count.
        action: What is done about a score above its threshold.
    """

    model_name: str | None = None
    custom_category_thresholds: (
        ModerationLLMV1CategoryThresholds | Mapping[str, Any] | None | Unset
    ) = UNSET
    ignore_other_categories: bool | None = None
    action: ModerationLLMAction | None = None


@final
@attrs.frozen(kw_only=True)
class ModerationLLMV2CategoryThresholds(Schema):
    """Set the score, from 0 to 1, above which each category is found.

    Attributes:
        sexual: Sexual content.
        hate_and_discrimination: Hate and discrimination.
        violence_and_threats: Violence and threats.
        dangerous: What is dangerous.
        criminal: What is a crime.
        selfharm: Harm to oneself.
        health: Advice on health.
        financial: Advice on money.
        law: Advice on law.
        pii: What identifies a person.
        jailbreaking: Attempts to get around the rules.
    """

    sexual: float | None | Unset = UNSET
    hate_and_discrimination: float | None | Unset = UNSET
    violence_and_threats: float | None | Unset = UNSET
    dangerous: float | None | Unset = UNSET
    criminal: float | None | Unset = UNSET
    selfharm: float | None | Unset = UNSET
    health: float | None | Unset = UNSET
    financial: float | None | Unset = UNSET
    law: float | None | Unset = UNSET
    pii: float | None | Unset = UNSET
    jailbreaking: float | None | Unset = UNSET


@final
@attrs.frozen(kw_only=True)
class ModerationLLMV2Config(Schema):
    """Configure the second version of the moderator.

    Attributes:
        model_name: Another model than the moderator's own; best left out.
        custom_category_thresholds: Where other scores count than by default.
        ignore_other_categories: Whether only the categories of the thresholds count.
        action: What is done about a score above its threshold.
    """

    model_name: str | None = None
    custom_category_thresholds: (
        ModerationLLMV2CategoryThresholds | Mapping[str, Any] | None | Unset
    ) = UNSET
    ignore_other_categories: bool | None = None
    action: ModerationLLMAction | None = None


@final
@attrs.frozen(kw_only=True)
class GuardrailConfig(Schema):
    """Guard a completion.

    Attributes:
        block_on_error: Whether the call is refused, with 403, where the moderator itself fails.
        moderation_llm_v1: The first version of the moderator.
        moderation_llm_v2: The second version of the moderator.
    """

    block_on_error: bool | None = None
    moderation_llm_v1: ModerationLLMV1Config | Mapping[str, Any] | None | Unset = UNSET
    moderation_llm_v2: ModerationLLMV2Config | Mapping[str, Any] | None | Unset = UNSET
