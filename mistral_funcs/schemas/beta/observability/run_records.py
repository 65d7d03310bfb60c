"""Records of evaluation runs."""

from datetime import datetime
from typing import Any, final

import attrs

from mistral_core import Schema, Unknown
from mistral_funcs.schemas.beta.observability.evaluation_runs import EvaluationRunScoreV2
from mistral_funcs.schemas.beta.observability.statistics import GoalResult, Statistics


@final
@attrs.frozen(kw_only=True)
class EvaluationRunGenerationV2(Schema):
    """An output, with its scores.

    Attributes:
        id: ID of the output.
        created_at: When it was created.
        updated_at: When it was last updated.
        deleted_at: When it was deleted. `None` if it was not.
        output: The output.
        metadata: Metadata.
        status: Status of the output.
        error: What went wrong.
        scores: Scores by the name of the evaluator.
        statistics: Statistics by the name of the evaluator.
        goal_results: Whether goals were reached, by the name of the evaluator.
    """

    id: str
    created_at: datetime | None = None
    updated_at: datetime | None = None
    deleted_at: datetime | None = None
    output: Any | None = None
    metadata: dict[str, Any] = attrs.field(
        factory=dict[str, Any], metadata={"json_key": "metadata_"}
    )
    status: str | None = None
    error: str | None = None
    scores: dict[str, list[EvaluationRunScoreV2]] | None = None
    statistics: dict[str, Statistics] | None = None
    goal_results: dict[str, GoalResult] | None = None


@final
@attrs.frozen(kw_only=True)
class EvaluationRunOutputRecordV2(Schema):
    """The outputs for a record.

    Attributes:
        id: ID of the outputs.
        created_at: When it was created.
        updated_at: When it was last updated.
        deleted_at: When it was deleted. `None` if it was not.
        metadata: Metadata.
        record_info: Details of the record.
        generations: The outputs.
        statistics: Statistics by the name of the evaluator.
        goal_results: Whether goals were reached, by the name of the evaluator.
    """

    id: str
    created_at: datetime | None = None
    updated_at: datetime | None = None
    deleted_at: datetime | None = None
    metadata: dict[str, Any] = attrs.field(
        factory=dict[str, Any], metadata={"json_key": "metadata_"}
    )
    record_info: dict[str, Any] | None = None
    generations: list[EvaluationRunGenerationV2 | Unknown] | None = None
    statistics: dict[str, Statistics] | None = None
    goal_results: dict[str, GoalResult] | None = None


@final
@attrs.frozen(kw_only=True)
class EvaluationRunRecordV2Response(Schema):
    """A record of a run.

    Attributes:
        id: ID of the record.
        created_at: When it was created.
        updated_at: When it was last updated.
        deleted_at: When it was deleted. `None` if it was not.
        input: The input.
        dataset_record_id: ID of the record in the dataset.
        output_record: The outputs.
    """

    id: str
    created_at: datetime | None = None
    updated_at: datetime | None = None
    deleted_at: datetime | None = None
    input: Any | None = None
    dataset_record_id: str | None = None
    output_record: EvaluationRunOutputRecordV2 | None = None


@final
@attrs.frozen(kw_only=True)
class PaginatedResultEvaluationRunRecordV2Response(Schema):
    """A page of records, nested in the response.

    Attributes:
        count: Number of items on all pages.
        results: Items on this page.
        next: Link to the next page. `None` on the last page.
        previous: Link to the previous page. `None` on the first page.
    """

    count: int | None = None
    results: list[EvaluationRunRecordV2Response | Unknown] | None = None
    next: str | None = None
    previous: str | None = None


@final
@attrs.frozen(kw_only=True)
class ListEvaluationRunRecordsResponse(Schema):
    """A page of records.

    Attributes:
        records: The page.
    """

    records: PaginatedResultEvaluationRunRecordV2Response = attrs.field(
        factory=PaginatedResultEvaluationRunRecordV2Response
    )

    @property
    def data(self) -> list[EvaluationRunRecordV2Response | Unknown]:
        """The records of this page."""
        return self.records.results or []

    @property
    def total(self) -> int | None:
        """The number of records on all pages."""
        return self.records.count
