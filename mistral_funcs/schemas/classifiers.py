"""Schemas of the moderation and classification operations."""

from typing import final

import attrs

from mistral_core import Schema


@final
@attrs.frozen(kw_only=True)
class ModerationObject(Schema):
    """The moderation result of one input.

    Attributes:
        categories: Whether the input falls into each category.
        category_scores: Score of each category, from 0 to 1.
    """

    categories: dict[str, bool] = attrs.field(factory=dict[str, bool])
    category_scores: dict[str, float] = attrs.field(factory=dict[str, float])


@final
@attrs.frozen(kw_only=True)
class ModerationResponse(Schema):
    """Moderation results.

    Attributes:
        id: ID of the response. Empty if the server sent none.
        model: ID of the model.
        results: One result per input, in order.
    """

    id: str = ""
    model: str | None = None
    results: list[ModerationObject] = attrs.field(factory=list[ModerationObject])


@final
@attrs.frozen(kw_only=True)
class ClassificationTargetResult(Schema):
    """The scores of the labels of one target.

    Attributes:
        scores: Scores of the labels, from 0 to 1.
    """

    scores: dict[str, float] = attrs.field(factory=dict[str, float])


@final
@attrs.frozen(kw_only=True)
class ClassificationResponse(Schema):
    """Classification results.

    Attributes:
        id: ID of the response. Empty if the server sent none.
        model: ID of the model.
        results: One result per input, in order: the scores of each target.
    """

    id: str = ""
    model: str | None = None
    results: list[dict[str, ClassificationTargetResult]] = attrs.field(
        factory=list[dict[str, ClassificationTargetResult]]
    )
