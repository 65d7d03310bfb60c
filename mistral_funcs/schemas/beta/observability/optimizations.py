"""Optimizations and their trials."""

from datetime import datetime
from typing import Any, final

import attrs

from mistral_core import Schema, Unknown
from mistral_funcs.schemas.beta.observability.evaluation_runs import EvaluationRunV2Response


@attrs.frozen(kw_only=True)
class _Optimization(Schema):
    """Base class for optimizations.

    Attributes:
        id: ID of the optimization.
        created_at: When it was created.
        updated_at: When it was last updated.
        deleted_at: When it was deleted. `None` if it was not.
        project_id: ID of the project.
        evaluation_id: ID of the evaluation.
        name: Name of the optimization.
        description: Description of the optimization.
        tags: Tags.
        creator_id: ID of the user who created it.
        algorithm: Algorithm of the optimization.
        status: Status of the optimization.
        source: Origin of the optimization.
        objective_spec: What to optimize.
        outcome: The outcome.
        steer: Guidance for the optimization.
        workflow_execution_id: ID of the execution of the workflow that optimizes.
        workflow_run_id: ID of the run of the workflow that optimizes.
    """

    id: str
    created_at: datetime | None = None
    updated_at: datetime | None = None
    deleted_at: datetime | None = None
    project_id: str | None = None
    evaluation_id: str | None = None
    name: str | None = None
    description: str | None = None
    tags: list[str] | None = None
    creator_id: str | None = None
    algorithm: str | None = None
    status: str | None = None
    source: str | None = None
    objective_spec: dict[str, Any] | None = None
    outcome: dict[str, Any] | None = None
    steer: str | None = None
    workflow_execution_id: str | None = None
    workflow_run_id: str | None = None


@final
@attrs.frozen(kw_only=True)
class Optimization(_Optimization):
    """An optimization."""


@final
@attrs.frozen(kw_only=True)
class OptimizationReference(Schema):
    """A reference to a project or an evaluation.

    Attributes:
        id: ID of the project or evaluation.
        slug: URL-friendly name.
        name: Name.
    """

    id: str
    slug: str | None = None
    name: str | None = None


@final
@attrs.frozen(kw_only=True)
class OptimizationDetail(_Optimization):
    """An optimization, with its project and evaluation.

    Attributes:
        evaluation: The evaluation.
        project: The project.
    """

    evaluation: OptimizationReference | None = None
    project: OptimizationReference | None = None


@final
@attrs.frozen(kw_only=True)
class PaginatedResultOptimization(Schema):
    """A page of optimizations, nested in the response.

    Attributes:
        count: Number of items on all pages.
        results: Items on this page.
        next: Link to the next page. `None` on the last page.
        previous: Link to the previous page. `None` on the first page.
    """

    count: int | None = None
    results: list[Optimization | Unknown] | None = None
    next: str | None = None
    previous: str | None = None


@final
@attrs.frozen(kw_only=True)
class ListOptimizationsResponse(Schema):
    """A page of optimizations.

    Attributes:
        optimizations: The page.
    """

    optimizations: PaginatedResultOptimization = attrs.field(factory=PaginatedResultOptimization)

    @property
    def data(self) -> list[Optimization | Unknown]:
        """The optimizations of this page."""
        return self.optimizations.results or []

    @property
    def total(self) -> int | None:
        """The number of optimizations on all pages."""
        return self.optimizations.count


@final
@attrs.frozen(kw_only=True)
class OptimizationTrialObservation(Schema):
    """A run of a trial.

    Attributes:
        run: The run.
        observation_type: Kind of observation.
        score: Score of the run.
        metadata: Metadata.
    """

    run: EvaluationRunV2Response | None = None
    observation_type: str | None = None
    score: float | None = None
    metadata: dict[str, Any] | None = None


@final
@attrs.frozen(kw_only=True)
class OptimizationTrialWithObservations(Schema):
    """A trial, with its runs.

    Attributes:
        id: ID of the trial.
        created_at: When it was created.
        updated_at: When it was last updated.
        deleted_at: When it was deleted. `None` if it was not.
        optimization_id: ID of the optimization.
        algorithm_trial_key: Key of the trial in the algorithm.
        status: Status of the trial.
        metadata: Metadata.
        parent_trial_id: ID of the trial that it builds on.
        hypothesis: What the trial tests.
        resolution: What the trial showed.
        observations: Runs of the trial.
    """

    id: str
    created_at: datetime | None = None
    updated_at: datetime | None = None
    deleted_at: datetime | None = None
    optimization_id: str | None = None
    algorithm_trial_key: str | None = None
    status: str | None = None
    metadata: dict[str, Any] = attrs.field(
        factory=dict[str, Any], metadata={"json_key": "metadata_"}
    )
    parent_trial_id: str | None = None
    hypothesis: str | None = None
    resolution: str | None = None
    observations: list[OptimizationTrialObservation] | None = None


@final
@attrs.frozen(kw_only=True)
class PaginatedResultOptimizationTrialWithObservations(Schema):
    """A page of trials, nested in the response.

    Attributes:
        count: Number of items on all pages.
        results: Items on this page.
        next: Link to the next page. `None` on the last page.
        previous: Link to the previous page. `None` on the first page.
    """

    count: int | None = None
    results: list[OptimizationTrialWithObservations | Unknown] | None = None
    next: str | None = None
    previous: str | None = None


@final
@attrs.frozen(kw_only=True)
class ListOptimizationTrialsResponse(Schema):
    """A page of trials.

    Attributes:
        trials: The page.
    """

    trials: PaginatedResultOptimizationTrialWithObservations = attrs.field(
        factory=PaginatedResultOptimizationTrialWithObservations
    )

    @property
    def data(self) -> list[OptimizationTrialWithObservations | Unknown]:
        """The trials of this page."""
        return self.trials.results or []

    @property
    def total(self) -> int | None:
        """The number of trials on all pages."""
        return self.trials.count
