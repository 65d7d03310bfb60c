"""Traces."""

from datetime import datetime
from typing import Literal, final

import attrs

from mistral_core import Schema, Unknown


@final
@attrs.frozen(kw_only=True)
class GetTrace(Schema):
    """A trace.

    Attributes:
        customer_id: ID of the customer.
        organization_id: ID of the organization.
        workspace_id: ID of the workspace.
        user_id: ID of the user.
        trace_id: ID of the trace.
        root_span_id: ID of the root span.
        root_span_name: Name of the root span.
        start_time: When it started.
        end_time: When it ended.
        duration_ns: Duration in nanoseconds.
        service_name: Name of the service.
        environment: Name of the environment.
        conversation_id: ID of the conversation.
        workflow_name: Name of the workflow.
        agent_id: ID of the agent.
        agent_name: Name of the agent.
        status_code: Status code.
        error_count: Number of errors.
        span_count: Number of spans.
        gen_ai_span_count: Number of generative AI spans.
        llm_call_count: Number of model calls.
        tool_call_count: Number of tool calls.
        retrieval_count: Number of retrievals.
        evaluation_count: Number of evaluations.
        input_tokens: Number of tokens in the input.
        output_tokens: Number of tokens in the output.
        cache_read_input_tokens: Number of tokens that were read from the cache.
        cache_creation_input_tokens: Number of tokens that were written to the cache.
        models_used: Models that were used.
        tools_used: Tools that were used.
        first_turn_last_input_message: Last message of the input of the first turn.
        first_turn_last_output_message: Last message of the output of the first turn.
        last_turn_last_input_message: Last message of the input of the last turn.
        last_turn_last_output_message: Last message of the output of the last turn.
        service_account_id: ID of the service account. Empty if there is none.
    """

    customer_id: str | None = None
    organization_id: str | None = None
    workspace_id: str | None = None
    user_id: str | None = None
    trace_id: str
    root_span_id: str | None = None
    root_span_name: str | None = None
    start_time: datetime | None = None
    end_time: datetime | None = None
    duration_ns: int | None = None
    service_name: str | None = None
    environment: str | None = None
    conversation_id: str | None = None
    workflow_name: str | None = None
    agent_id: str | None = None
    agent_name: str | None = None
    status_code: Literal["Error", "Unset"] | str | None = None
    error_count: int | None = None
    span_count: int | None = None
    gen_ai_span_count: int | None = None
    llm_call_count: int | None = None
    tool_call_count: int | None = None
    retrieval_count: int | None = None
    evaluation_count: int | None = None
    input_tokens: int | None = None
    output_tokens: int | None = None
    cache_read_input_tokens: int | None = None
    cache_creation_input_tokens: int | None = None
    models_used: list[str] = attrs.field(factory=list[str])
    tools_used: list[str] = attrs.field(factory=list[str])
    first_turn_last_input_message: str | None = None
    first_turn_last_output_message: str | None = None
    last_turn_last_input_message: str | None = None
    last_turn_last_output_message: str | None = None
    service_account_id: str = ""


@final
@attrs.frozen(kw_only=True)
class FeedResultGetTrace(Schema):
    """A page of traces, nested in the response.

    Attributes:
        results: Items on this page.
        next: Link to the next page. `None` on the last page.
        cursor: Cursor of the next page. `None` on the last page.
    """

    results: list[GetTrace | Unknown] | None = None
    next: str | None = None
    cursor: str | None = None


@final
@attrs.frozen(kw_only=True)
class GetTraces(Schema):
    """A page of traces.

    Attributes:
        traces: The page.
    """

    traces: FeedResultGetTrace = attrs.field(factory=FeedResultGetTrace)

    @property
    def data(self) -> list[GetTrace | Unknown]:
        """The traces of this page."""
        return self.traces.results or []

    @property
    def next_cursor(self) -> str | None:
        """Cursor of the next page. `None` on the last page."""
        return self.traces.cursor
