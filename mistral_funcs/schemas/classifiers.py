"""The schemas of the classifiers API: moderation and classification."""

from typing import final

import attrs

from mistral_core import Schema


@final
@attrs.frozen(kw_only=True)
class ModerationObject(Schema):
    """Tell what a moderator found in one input.

    Attributes:
        categories: Whether it is of each category.
        category_scores: How sure that is, from 0 to 1.
    """

    categories: dict[str, bool] = attrs.field(factory=dict[str, bool])
    category_scores: dict[str, float] = attrs.field(factory=dict[str, float])


@final
@attrs.frozen(kw_only=True)
class ModerationResponse(Schema):
    """Tell what a moderator found.

    Attributes:
        id: The id of the response; empty if the server sent none.
        model: The model that moderated.
        results: What was found in each input, in their order.
    """

    id: str = ""
    model: str | None = None
    results: list[ModerationObject] = attrs.field(factory=list[ModerationObject])


@final
@attrs.frozen(kw_only=True)
class ClassificationTargetResult(Schema):
    """Tell how likely each label of a target is.

    Attributes:
        scores: The labels, with a score from 0 to 1 each.
    """

    scores: dict[str, float] = attrs.field(factory=dict[str, float])


@final
@attrs.frozen(kw_only=True)
class ClassificationResponse(Schema):
    """Classify.

    Attributes:
        id: The id of the response; empty if the server sent none.
        model: The model that classified.
        results: What each input is, in their order: the targets, each with its labels.
    """

    id: str = ""
    model: str | None = None
    results: list[dict[str, ClassificationTargetResult]] = attrs.field(
        factory=list[dict[str, ClassificationTargetResult]]
    )
