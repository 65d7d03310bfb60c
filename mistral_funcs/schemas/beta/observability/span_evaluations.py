"""Evaluations of spans, and results of pipelines."""

from datetime import datetime
from typing import final

import attrs

from mistral_core import Schema


@final
@attrs.frozen(kw_only=True)
class GetSpanEvaluation(Schema):
    """An evaluation of a span.

    Attributes:
        customer_id: ID of the customer.
        organization_id: ID of the organization.
        workspace_id: ID of the workspace.
        user_id: ID of the user.
        trace_id: ID of the trace.
        span_id: ID of the span.
        response_id: ID of the response.
        conversation_id: ID of the conversation.
        timestamp: When it was evaluated.
        evaluation_name: Name of the evaluation.
        score_value: Score as a number.
        score_label: Score as a label.
        explanation: The reasons for the score.
        metadata: Metadata.
        service_account_id: ID of the service account. Empty if there is none.
    """

    customer_id: str | None = None
    organization_id: str | None = None
    workspace_id: str | None = None
    user_id: str | None = None
    trace_id: str | None = None
    span_id: str | None = None
    response_id: str | None = None
    conversation_id: str | None = None
    timestamp: datetime | None = None
    evaluation_name: str | None = None
    score_value: float | None = None
    score_label: str | None = None
    explanation: str | None = None
    metadata: dict[str, str] = attrs.field(factory=dict[str, str])
    service_account_id: str = ""


@final
@attrs.frozen(kw_only=True)
class FeedResultGetSpanEvaluation(Schema):
    """A page of evaluations, nested in the response.

    Attributes:
        results: Items on this page.
        next: Link to the next page. `None` on the last page.
        cursor: Cursor of the next page. `None` on the last page.
    """

    results: list[GetSpanEvaluation] | None = None
    next: str | None = None
    cursor: str | None = None


@final
@attrs.frozen(kw_only=True)
class GetSpanEvaluations(Schema):
    """A page of evaluations of spans.

    Attributes:
        span_evaluations: The page.
    """

    span_evaluations: FeedResultGetSpanEvaluation = attrs.field(factory=FeedResultGetSpanEvaluation)

    @property
    def data(self) -> list[GetSpanEvaluation]:
        """The evaluations of this page."""
        return self.span_evaluations.results or []

    @property
    def next_cursor(self) -> str | None:
        """Cursor of the next page. `None` on the last page."""
        return self.span_evaluations.cursor


@final
@attrs.frozen(kw_only=True)
class PipelineResult(Schema):
    """The results of pipelines for a span.

    Attributes:
        trace_id: ID of the trace.
        span_id: ID of the span.
        span_name: Name of the span.
        duration_ns: Duration in nanoseconds.
        evaluated_at: When it was evaluated.
        judge_scores: Scores by the name of the judge.
        judge_labels: Labels by the name of the judge.
        judge_explanations: The reasons, by the name of the judge.
    """

    trace_id: str | None = None
    span_id: str | None = None
    span_name: str | None = None
    duration_ns: int | None = None
    evaluated_at: datetime | None = None
    judge_scores: dict[str, float] = attrs.field(factory=dict[str, float])
    judge_labels: dict[str, str] = attrs.field(factory=dict[str, str])
    judge_explanations: dict[str, str] = attrs.field(factory=dict[str, str])


@final
@attrs.frozen(kw_only=True)
class FeedResultGetPipelineResult(Schema):
    """A page of results, nested in the response.

    Attributes:
        results: Items on this page.
        next: Link to the next page. `None` on the last page.
        cursor: Cursor of the next page. `None` on the last page.
    """

    results: list[PipelineResult] | None = None
    next: str | None = None
    cursor: str | None = None


@final
@attrs.frozen(kw_only=True)
class GetPipelineResults(Schema):
    """A page of results of pipelines.

    Attributes:
        pipeline_results: The page.
    """

    pipeline_results: FeedResultGetPipelineResult = attrs.field(factory=FeedResultGetPipelineResult)

    @property
    def data(self) -> list[PipelineResult]:
        """The results of this page."""
        return self.pipeline_results.results or []

    @property
    def next_cursor(self) -> str | None:
        """Cursor of the next page. `None` on the last page."""
        return self.pipeline_results.cursor
