"""Evaluation runs."""

from datetime import datetime
from typing import Any, Literal, final

import attrs

from mistral_core import Schema, Unknown
from mistral_funcs.schemas.beta.observability.statistics import (
    GoalResult,
    GoalSpec,
    Statistics,
    StatisticSpec,
)


@final
@attrs.frozen(kw_only=True)
class EvaluatorV2(Schema):
    """An evaluator of a run.

    Attributes:
        id: ID of the evaluator.
        created_at: When it was created.
        updated_at: When it was last updated.
        deleted_at: When it was deleted. `None` if it was not.
        name: Name of the evaluator.
        description: Description of the evaluator.
        tags: Tags.
        num_scores: Number of scores per output.
        goal: Goal for each score.
        aggregate_goal: Goal for the aggregated scores.
        statistics: Statistics to compute.
        weight: Weight of the evaluator.
        direction: Which scores are better.
        min_value: Lowest score.
        max_value: Highest score.
    """

    id: str
    created_at: datetime | None = None
    updated_at: datetime | None = None
    deleted_at: datetime | None = None
    name: str | None = None
    description: str | None = None
    tags: list[str] = attrs.field(factory=list[str])
    num_scores: int | None = None
    goal: GoalSpec | None = None
    aggregate_goal: GoalSpec | None = None
    statistics: list[StatisticSpec] | None = None
    weight: float = 1
    direction: Literal["maximize", "minimize"] | str | None = None
    min_value: float | None = None
    max_value: float | None = None


@final
@attrs.frozen(kw_only=True)
class SystemV2(Schema):
    """A system under evaluation.

    Attributes:
        id: ID of the system.
        created_at: When it was created.
        updated_at: When it was last updated.
        deleted_at: When it was deleted. `None` if it was not.
        name: Name of the system.
        params: Parameters of the system.
        kind: Kind of system.
        spec: Specification of the system.
    """

    id: str
    created_at: datetime | None = None
    updated_at: datetime | None = None
    deleted_at: datetime | None = None
    name: str | None = None
    params: dict[str, str | int | float | bool] = attrs.field(
        factory=dict[str, str | int | float | bool]
    )
    kind: str = "custom"
    spec: dict[str, Any] | None = None


@final
@attrs.frozen(kw_only=True)
class EvaluationRunScoreV2(Schema):
    """A score.

    Attributes:
        id: ID of the score.
        created_at: When it was created.
        updated_at: When it was last updated.
        deleted_at: When it was deleted. `None` if it was not.
        value: The score.
        metadata: Metadata.
        status: Status of the score.
        rationale: The reasons for the score.
        error: What went wrong.
    """

    id: str
    created_at: datetime | None = None
    updated_at: datetime | None = None
    deleted_at: datetime | None = None
    value: Any | None = None
    metadata: dict[str, Any] = attrs.field(
        factory=dict[str, Any], metadata={"json_key": "metadata_"}
    )
    status: str | None = None
    rationale: str | None = None
    error: str | None = None


@final
@attrs.frozen(kw_only=True)
class RunOptimizationRef(Schema):
    """The optimization of a run.

    Attributes:
        optimization_id: ID of the optimization.
        name: Name of the optimization.
    """

    optimization_id: str
    name: str | None = None


@attrs.frozen(kw_only=True)
class _Run(Schema):
    """Base class for evaluation runs.

    Attributes:
        id: ID of the run.
        created_at: When it was created.
        updated_at: When it was last updated.
        deleted_at: When it was deleted. `None` if it was not.
        evaluation_id: ID of the evaluation.
        name: Name of the run.
        description: Description of the run.
        tags: Tags.
        creator_id: ID of the user who created it.
        num_generations: Number of outputs for each record.
        evaluators: Evaluators of outputs.
        run_evaluators: Evaluators of the whole run.
        system: The system under evaluation.
        status: Status of the run.
        dataset_id: ID of the dataset.
        metadata: Metadata.
        run_info: Details of the run.
        statistics: Statistics by the name of the evaluator.
        goal_results: Whether goals were reached, by the name of the evaluator.
        run_scores: Scores of the whole run, by the name of the evaluator.
        passed: Whether the goals were reached. `None` if that is unknown.
        optimization: The optimization that the run is a part of.
    """

    id: str
    created_at: datetime | None = None
    updated_at: datetime | None = None
    deleted_at: datetime | None = None
    evaluation_id: str | None = None
    name: str | None = None
    description: str | None = None
    tags: list[str] = attrs.field(factory=list[str])
    creator_id: str | None = None
    num_generations: int | None = None
    evaluators: list[EvaluatorV2 | Unknown] = attrs.field(factory=list[EvaluatorV2 | Unknown])
    run_evaluators: list[EvaluatorV2 | Unknown] | None = None
    system: SystemV2 | None = None
    status: str = "completed"
    dataset_id: str | None = None
    metadata: dict[str, Any] = attrs.field(
        factory=dict[str, Any], metadata={"json_key": "metadata_"}
    )
    run_info: dict[str, Any] | None = None
    statistics: dict[str, Statistics] | None = None
    goal_results: dict[str, GoalResult] | None = None
    run_scores: dict[str, EvaluationRunScoreV2] | None = None
    passed: bool | None = None
    optimization: RunOptimizationRef | None = None


@final
@attrs.frozen(kw_only=True)
class EvaluationRunV2Response(_Run):
    """An evaluation run."""


@final
@attrs.frozen(kw_only=True)
class RunEvaluationSummary(Schema):
    """The evaluation of a run.

    Attributes:
        id: ID of the evaluation.
        name: Name of the evaluation.
        slug: URL-friendly name.
    """

    id: str
    name: str | None = None
    slug: str | None = None


@final
@attrs.frozen(kw_only=True)
class RunProjectSummary(Schema):
    """The project of a run.

    Attributes:
        id: ID of the project.
        name: Name of the project.
        slug: URL-friendly name.
    """

    id: str
    name: str | None = None
    slug: str | None = None


@final
@attrs.frozen(kw_only=True)
class EvaluationRunV2WithRefsResponse(_Run):
    """An evaluation run, with its evaluation and project.

    Attributes:
        evaluation: The evaluation.
        project: The project.
    """

    evaluation: RunEvaluationSummary | None = None
    project: RunProjectSummary | None = None


@final
@attrs.frozen(kw_only=True)
class PaginatedResultEvaluationRunV2Response(Schema):
    """A page of runs, nested in the response.

    Attributes:
        count: Number of items on all pages.
        results: Items on this page.
        next: Link to the next page. `None` on the last page.
        previous: Link to the previous page. `None` on the first page.
    """

    count: int | None = None
    results: list[EvaluationRunV2Response | Unknown] | None = None
    next: str | None = None
    previous: str | None = None


@final
@attrs.frozen(kw_only=True)
class ListEvaluationRunsResponse(Schema):
    """A page of runs.

    Attributes:
        runs: The page.
    """

    runs: PaginatedResultEvaluationRunV2Response = attrs.field(
        factory=PaginatedResultEvaluationRunV2Response
    )

    @property
    def data(self) -> list[EvaluationRunV2Response | Unknown]:
        """The runs of this page."""
        return self.runs.results or []

    @property
    def total(self) -> int | None:
        """The number of runs on all pages."""
        return self.runs.count


@final
@attrs.frozen(kw_only=True)
class PaginatedResultEvaluationRunV2WithRefsResponse(Schema):
    """A page of runs, nested in the response.

    Attributes:
        count: Number of items on all pages.
        results: Items on this page.
        next: Link to the next page. `None` on the last page.
        previous: Link to the previous page. `None` on the first page.
    """

    count: int | None = None
    results: list[EvaluationRunV2WithRefsResponse | Unknown] | None = None
    next: str | None = None
    previous: str | None = None


@final
@attrs.frozen(kw_only=True)
class SearchAllEvaluationRunsResponse(Schema):
    """A page of runs, with their evaluations and projects.

    Attributes:
        runs: The page.
    """

    runs: PaginatedResultEvaluationRunV2WithRefsResponse = attrs.field(
        factory=PaginatedResultEvaluationRunV2WithRefsResponse
    )

    @property
    def data(self) -> list[EvaluationRunV2WithRefsResponse | Unknown]:
        """The runs of this page."""
        return self.runs.results or []

    @property
    def total(self) -> int | None:
        """The number of runs on all pages."""
        return self.runs.count
