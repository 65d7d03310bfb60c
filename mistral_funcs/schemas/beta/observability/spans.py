"""Spans."""

from datetime import datetime
from typing import Literal, final

import attrs

from mistral_core import Schema, Unknown


@final
@attrs.frozen(kw_only=True)
class GetSpan(Schema):
    """A span.

    Attributes:
        customer_id: ID of the customer.
        organization_id: ID of the organization.
        workspace_id: ID of the workspace.
        user_id: ID of the user.
        trace_id: ID of the trace.
        span_id: ID of the span.
        parent_span_id: ID of the parent span. Empty if there is none.
        trace_state: State of the trace.
        start_time: When it started.
        end_time: When it ended.
        duration_ns: Duration in nanoseconds.
        span_name: Name of the span.
        span_kind: Kind of span.
        service_name: Name of the service.
        status_code: Status code.
        status_message: Details of the status.
        error_type: Type of the error.
        operation_name: Name of the operation.
        provider_name: Name of the provider.
        request_model: Requested model.
        response_model: Model that responded.
        response_id: ID of the response.
        output_type: Type of the output.
        conversation_id: ID of the conversation.
        data_source_id: ID of the data source.
        agent_id: ID of the agent.
        agent_name: Name of the agent.
        agent_version: Version of the agent.
        agent_description: Description of the agent.
        workflow_name: Name of the workflow.
        prompt_name: Name of the prompt.
        tool_name: Name of the tool.
        tool_type: Kind of tool.
        tool_call_id: ID of the tool call.
        input_messages: The input.
        output_messages: The output.
        system_instructions: Instructions for the model.
        tool_definitions: Definitions of the tools.
        tool_call_arguments: Arguments of the tool call.
        tool_call_result: Result of the tool call.
        request_choice_count: Number of requested choices.
        request_max_tokens: Requested maximum number of tokens.
        request_temperature: Requested temperature.
        request_top_p: Requested probability mass of the tokens to sample from.
        request_top_k: Requested number of tokens to sample from.
        request_presence_penalty: Requested presence penalty.
        request_frequency_penalty: Requested frequency penalty.
        request_seed: Requested seed.
        request_stop_sequences: Requested stop sequences.
        request_encoding_formats: Requested encodings of embeddings.
        response_finish_reasons: Why generation ended, for each choice.
        usage_input_tokens: Number of tokens in the input.
        usage_output_tokens: Number of tokens in the output.
        usage_cache_read_input_tokens: Number of tokens that were read from the cache.
        usage_cache_creation_input_tokens: Number of tokens that were written to the cache.
        resource_attributes: Attributes of the resource.
        span_attributes: Attributes of the span.
        scope_name: Name of the instrumentation scope.
        scope_version: Version of the instrumentation scope.
        service_account_id: ID of the service account. Empty if there is none.
    """

    customer_id: str | None = None
    organization_id: str | None = None
    workspace_id: str | None = None
    user_id: str | None = None
    trace_id: str | None = None
    span_id: str
    parent_span_id: str | None = None
    trace_state: str | None = None
    start_time: datetime | None = None
    end_time: datetime | None = None
    duration_ns: int | None = None
    span_name: str | None = None
    span_kind: str | None = None
    service_name: str | None = None
    status_code: Literal["Error", "Ok", "Unset"] | str | None = None
    status_message: str | None = None
    error_type: str | None = None
    operation_name: str | None = None
    provider_name: str | None = None
    request_model: str | None = None
    response_model: str | None = None
    response_id: str | None = None
    output_type: str | None = None
    conversation_id: str | None = None
    data_source_id: str | None = None
    agent_id: str | None = None
    agent_name: str | None = None
    agent_version: str | None = None
    agent_description: str | None = None
    workflow_name: str | None = None
    prompt_name: str | None = None
    tool_name: str | None = None
    tool_type: str | None = None
    tool_call_id: str | None = None
    input_messages: str | None = None
    output_messages: str | None = None
    system_instructions: str | None = None
    tool_definitions: str | None = None
    tool_call_arguments: str | None = None
    tool_call_result: str | None = None
    request_choice_count: int | None = None
    request_max_tokens: int | None = None
    request_temperature: float | None = None
    request_top_p: float | None = None
    request_top_k: float | None = None
    request_presence_penalty: float | None = None
    request_frequency_penalty: float | None = None
    request_seed: int | None = None
    request_stop_sequences: list[str] = attrs.field(factory=list[str])
    request_encoding_formats: list[str] = attrs.field(factory=list[str])
    response_finish_reasons: list[str] = attrs.field(factory=list[str])
    usage_input_tokens: int | None = None
    usage_output_tokens: int | None = None
    usage_cache_read_input_tokens: int | None = None
    usage_cache_creation_input_tokens: int | None = None
    resource_attributes: dict[str, str] = attrs.field(factory=dict[str, str])
    span_attributes: dict[str, str] = attrs.field(factory=dict[str, str])
    scope_name: str | None = None
    scope_version: str | None = None
    service_account_id: str = ""


@final
@attrs.frozen(kw_only=True)
class FeedResultGetSpan(Schema):
    """A page of spans, nested in the response.

    Attributes:
        results: Items on this page.
        next: Link to the next page. `None` on the last page.
        cursor: Cursor of the next page. `None` on the last page.
    """

    results: list[GetSpan | Unknown] | None = None
    next: str | None = None
    cursor: str | None = None


@final
@attrs.frozen(kw_only=True)
class GetSpans(Schema):
    """A page of spans.

    Attributes:
        spans: The page.
    """

    spans: FeedResultGetSpan = attrs.field(factory=FeedResultGetSpan)

    @property
    def data(self) -> list[GetSpan | Unknown]:
        """The spans of this page."""
        return self.spans.results or []

    @property
    def next_cursor(self) -> str | None:
        """Cursor of the next page. `None` on the last page."""
        return self.spans.cursor
