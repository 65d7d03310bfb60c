"""Guardrails of completions."""

from collections.abc import Mapping
from typing import Any, Literal, TypeAlias, final

import attrs

from mistral_core import Schema

ModerationLLMAction: TypeAlias = Literal["none", "block"] | str
"""Action to take if a score exceeds its threshold. Other values are accepted."""


@final
@attrs.frozen(kw_only=True)
class ModerationLLMV1CategoryThresholds(Schema):
    """Score thresholds of the categories, from 0 to 1.

    Attributes:
        sexual: Sexual content.
        hate_and_discrimination: Hate and discrimination.
        violence_and_threats: Violence and threats.
        dangerous_and_criminal_content: Dangerous and criminal content.
        selfharm: Self-harm.
        health: Health advice.
        financial: Financial advice.
        law: Legal advice.
        pii: Personally identifiable information.
    """

    sexual: float | None = None
    hate_and_discrimination: float | None = None
    violence_and_threats: float | None = None
    dangerous_and_criminal_content: float | None = None
    selfharm: float | None = None
    health: float | None = None
    financial: float | None = None
    law: float | None = None
    pii: float | None = None


@final
@attrs.frozen(kw_only=True)
class ModerationLLMV1Config(Schema):
    """Settings for version 1 of the moderation model.

    Attributes:
        model_name: Override of the moderation model. Usually left out.
        custom_category_thresholds: Thresholds that differ from the defaults.
        ignore_other_categories: Whether to check only the categories in
            `custom_category_thresholds`. Defaults to false.
        action: Action to take if a score exceeds its threshold.
    """

    model_name: str | None = None
    custom_category_thresholds: ModerationLLMV1CategoryThresholds | Mapping[str, Any] | None = None
    ignore_other_categories: bool | None = None
    action: ModerationLLMAction | None = None


@final
@attrs.frozen(kw_only=True)
class ModerationLLMV2CategoryThresholds(Schema):
    """Score thresholds of the categories, from 0 to 1.

    Attributes:
        sexual: Sexual content.
        hate_and_discrimination: Hate and discrimination.
        violence_and_threats: Violence and threats.
        dangerous: Dangerous content.
        criminal: Criminal content.
        selfharm: Self-harm.
        health: Health advice.
        financial: Financial advice.
        law: Legal advice.
        pii: Personally identifiable information.
        jailbreaking: Jailbreak attempts.
    """

    sexual: float | None = None
    hate_and_discrimination: float | None = None
    violence_and_threats: float | None = None
    dangerous: float | None = None
    criminal: float | None = None
    selfharm: float | None = None
    health: float | None = None
    financial: float | None = None
    law: float | None = None
    pii: float | None = None
    jailbreaking: float | None = None


@final
@attrs.frozen(kw_only=True)
class ModerationLLMV2Config(Schema):
    """Settings for version 2 of the moderation model.

    Attributes:
        model_name: Override of the moderation model. Usually left out.
        custom_category_thresholds: Thresholds that differ from the defaults.
        ignore_other_categories: Whether to check only the categories in
            `custom_category_thresholds`. Defaults to false.
        action: Action to take if a score exceeds its threshold.
    """

    model_name: str | None = None
    custom_category_thresholds: ModerationLLMV2CategoryThresholds | Mapping[str, Any] | None = None
    ignore_other_categories: bool | None = None
    action: ModerationLLMAction | None = None


@final
@attrs.frozen(kw_only=True)
class GuardrailConfig(Schema):
    """A guardrail of a completion.

    Attributes:
        block_on_error: Whether to reject the request with a 403 if moderation itself fails.
            Defaults to false.
        moderation_llm_v1: Settings for version 1 of the moderation model.
        moderation_llm_v2: Settings for version 2 of the moderation model.
    """

    block_on_error: bool | None = None
    moderation_llm_v1: ModerationLLMV1Config | Mapping[str, Any] | None = None
    moderation_llm_v2: ModerationLLMV2Config | Mapping[str, Any] | None = None
