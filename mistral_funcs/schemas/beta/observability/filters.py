"""Conditions on evaluation runs and their records."""

from collections.abc import Mapping, Sequence
from typing import Any, Literal, TypeAlias, final

import attrs

from mistral_core import UNSET, Schema, Unset

Combinator: TypeAlias = Literal["and", "or"] | str
"""Whether all conditions must hold or only one. Other values are accepted."""


ComparisonOperator: TypeAlias = Literal["eq", "contains", "gt", "gte", "lt", "lte"] | str
"""Operator of a comparison. Other values are accepted."""


@attrs.frozen(kw_only=True)
class _FilterGroup(Schema):
    """Base class for combined conditions.

    Attributes:
        combinator: Whether all conditions must hold or only one.
    """

    combinator: Combinator | None = None


@final
@attrs.frozen(kw_only=True)
class MetadataFilter(Schema):
    """A condition on metadata.

    Attributes:
        key: Key in the metadata.
        operator: How the value is compared.
        value: Value to compare with.
    """

    key: str
    operator: ComparisonOperator
    value: float | str | bool


@final
@attrs.frozen(kw_only=True)
class MetadataFilterGroup(_FilterGroup):
    """Conditions on metadata.

    Attributes:
        filters: The conditions.
    """

    filters: Sequence[MetadataFilter | Mapping[str, Any]] | None = None


@final
@attrs.frozen(kw_only=True)
class ScoreFilter(Schema):
    """A condition on scores.

    Attributes:
        evaluator_name: Name of the evaluator.
        metric: Name of the statistic.
        operator: How the value is compared.
        value: Value to compare with.
    """

    evaluator_name: str
    metric: str
    operator: Literal["gt", "gte", "lt", "lte", "eq"] | str
    value: float | str


@final
@attrs.frozen(kw_only=True)
class ScoreFilterGroup(_FilterGroup):
    """Conditions on scores.

    Attributes:
        filters: The conditions.
    """

    filters: Sequence[ScoreFilter | Mapping[str, Any]] | None = None


@final
@attrs.frozen(kw_only=True)
class GoalStatusFilter(Schema):
    """A condition on goals.

    Attributes:
        values: Accepted states.
        evaluator_name: Name of the evaluator.
    """

    values: Sequence[Literal["passed", "failed", "not_evaluated"] | str]
    evaluator_name: str | None | Unset = UNSET


@final
@attrs.frozen(kw_only=True)
class GoalStatusFilterGroup(_FilterGroup):
    """Conditions on goals.

    Attributes:
        filters: The conditions.
    """

    filters: Sequence[GoalStatusFilter | Mapping[str, Any]] | None = None


@final
@attrs.frozen(kw_only=True)
class TagFilter(_FilterGroup):
    """A condition on tags.

    Attributes:
        values: The tags.
    """

    values: Sequence[str] | None = None


@final
@attrs.frozen(kw_only=True)
class RunOwnershipFilter(Schema):
    """A condition on creators and projects.

    Attributes:
        combinator: Whether all conditions must hold or only one.
        creator_ids: IDs of the users who created the runs.
        project_ids: IDs of the projects.
        starred_by_me: Whether to accept the runs of the caller's favorite projects.
    """

    combinator: Combinator | None = None
    creator_ids: Sequence[str] | None = None
    project_ids: Sequence[str] | None = None
    starred_by_me: bool | None = None


@final
@attrs.frozen(kw_only=True)
class SystemNameFilter(Schema):
    """A condition on the name of a system.

    Attributes:
        value: Value to compare with.
        operator: How the value is compared.
    """

    value: str
    operator: Literal["contains", "equals"] | str | None = None


@final
@attrs.frozen(kw_only=True)
class SystemNameFilterGroup(_FilterGroup):
    """Conditions on the name of a system.

    Attributes:
        filters: The conditions.
    """

    filters: Sequence[SystemNameFilter | Mapping[str, Any]] | None = None


@final
@attrs.frozen(kw_only=True)
class SystemParamFilter(Schema):
    """A condition on a parameter of a system.

    Attributes:
        key: Name of the parameter.
        operator: How the value is compared.
        value: Value to compare with.
    """

    key: str
    operator: ComparisonOperator
    value: float | str | bool


@final
@attrs.frozen(kw_only=True)
class SystemParamFilterGroup(_FilterGroup):
    """Conditions on parameters of a system.

    Attributes:
        filters: The conditions.
    """

    filters: Sequence[SystemParamFilter | Mapping[str, Any]] | None = None


@final
@attrs.frozen(kw_only=True)
class SystemFilter(Schema):
    """Conditions on a system.

    Attributes:
        name: Conditions on the name.
        params: Conditions on parameters.
    """

    name: SystemNameFilterGroup | Mapping[str, Any] | None | Unset = UNSET
    params: SystemParamFilterGroup | Mapping[str, Any] | None | Unset = UNSET


@final
@attrs.frozen(kw_only=True)
class EvaluationRunFilterInput(Schema):
    """Conditions on runs. All of them apply.

    Attributes:
        run_ids: IDs of the runs.
        evaluation_ids: IDs of the evaluations.
        creator_ids: IDs of the users who created the runs.
        project_ids: IDs of the projects.
        ownership: Conditions on creators and projects.
        tags: Conditions on tags.
        score_filters: Conditions on scores.
        goal_filters: Conditions on goals.
        system: Conditions on the system.
        metadata: Conditions on metadata.
    """

    run_ids: Sequence[str] | None | Unset = UNSET
    evaluation_ids: Sequence[str] | None | Unset = UNSET
    creator_ids: Sequence[str] | None | Unset = UNSET
    project_ids: Sequence[str] | None | Unset = UNSET
    ownership: RunOwnershipFilter | Mapping[str, Any] | None | Unset = UNSET
    tags: TagFilter | Mapping[str, Any] | None | Unset = UNSET
    score_filters: ScoreFilterGroup | Mapping[str, Any] | None | Unset = UNSET
    goal_filters: GoalStatusFilterGroup | Mapping[str, Any] | None | Unset = UNSET
    system: SystemFilter | Mapping[str, Any] | None | Unset = UNSET
    metadata: MetadataFilterGroup | Mapping[str, Any] | None | Unset = UNSET


@final
@attrs.frozen(kw_only=True)
class ContentSearchFilter(Schema):
    """A condition on content.

    Attributes:
        value: Text to compare with.
        path: Path of the value in the content.
        operator: How the value is compared.
    """

    value: str
    path: str | None | Unset = UNSET
    operator: Literal["contains", "equals"] | str | None = None


@final
@attrs.frozen(kw_only=True)
class ContentSearchFilterGroup(_FilterGroup):
    """Conditions on content.

    Attributes:
        filters: The conditions.
    """

    filters: Sequence[ContentSearchFilter | Mapping[str, Any]] | None = None


@final
@attrs.frozen(kw_only=True)
class FieldSortInput(Schema):
    """A sort order by field.

    Attributes:
        field: Field to sort by.
        kind: `"field"`.
        direction: Sort direction: `"asc"` or `"desc"`.
    """

    field: Literal["created_at"] = "created_at"
    kind: Literal["field"] = "field"
    direction: Literal["asc", "desc"] | str | None = None


@final
@attrs.frozen(kw_only=True)
class ScoreSortInput(Schema):
    """A sort order by score.

    Attributes:
        evaluator_name: Name of the evaluator.
        kind: `"score"`.
        metric: Statistic to sort by.
        direction: Sort direction: `"asc"` or `"desc"`.
    """

    evaluator_name: str
    kind: Literal["score"] = "score"
    metric: Literal["avg", "min", "max", "std"] | str | None = None
    direction: Literal["asc", "desc"] | str | None = None


@final
@attrs.frozen(kw_only=True)
class EvaluationRunRecordFilterInput(Schema):
    """Conditions on records, and their order. All conditions apply.

    Attributes:
        input_filters: Conditions on the input.
        output_filters: Conditions on the output.
        score_filters: Conditions on scores.
        goal_filters: Conditions on goals.
        sort: Order of the records.
    """

    input_filters: ContentSearchFilterGroup | Mapping[str, Any] | None | Unset = UNSET
    output_filters: ContentSearchFilterGroup | Mapping[str, Any] | None | Unset = UNSET
    score_filters: ScoreFilterGroup | Mapping[str, Any] | None | Unset = UNSET
    goal_filters: GoalStatusFilterGroup | Mapping[str, Any] | None | Unset = UNSET
    sort: FieldSortInput | ScoreSortInput | Mapping[str, Any] | None | Unset = UNSET
