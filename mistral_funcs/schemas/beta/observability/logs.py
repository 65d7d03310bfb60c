"""Logs."""

from datetime import datetime
from typing import final

import attrs

from mistral_core import Schema


@final
@attrs.frozen(kw_only=True)
class GetLog(Schema):
    """A log record.

    Attributes:
        customer_id: ID of the customer.
        organization_id: ID of the organization.
        workspace_id: ID of the workspace.
        user_id: ID of the user.
        timestamp: When it was logged.
        trace_id: ID of the trace.
        span_id: ID of the span.
        trace_flags: Flags of the trace.
        severity_text: Severity, such as `INFO`.
        severity_number: Severity as an OpenTelemetry number.
        service_name: Name of the service.
        body: The message.
        event_name: Name of the event.
        resource_schema_url: URL of the schema of the resource.
        resource_attributes: Attributes of the resource.
        scope_schema_url: URL of the schema of the instrumentation scope.
        scope_name: Name of the instrumentation scope.
        scope_version: Version of the instrumentation scope.
        scope_attributes: Attributes of the instrumentation scope.
        log_attributes: Attributes of the record.
        service_account_id: ID of the service account. Empty if there is none.
    """

    customer_id: str | None = None
    organization_id: str | None = None
    workspace_id: str | None = None
    user_id: str | None = None
    timestamp: datetime | None = None
    trace_id: str | None = None
    span_id: str | None = None
    trace_flags: int | None = None
    severity_text: str | None = None
    severity_number: int | None = None
    service_name: str | None = None
    body: str | None = None
    event_name: str | None = None
    resource_schema_url: str | None = None
    resource_attributes: dict[str, str] = attrs.field(factory=dict[str, str])
    scope_schema_url: str | None = None
    scope_name: str | None = None
    scope_version: str | None = None
    scope_attributes: dict[str, str] = attrs.field(factory=dict[str, str])
    log_attributes: dict[str, str] = attrs.field(factory=dict[str, str])
    service_account_id: str = ""


@final
@attrs.frozen(kw_only=True)
class FeedResultGetLog(Schema):
    """A page of log records, nested in the response.

    Attributes:
        results: Items on this page.
        next: Link to the next page. `None` on the last page.
        cursor: Cursor of the next page. `None` on the last page.
    """

    results: list[GetLog] | None = None
    next: str | None = None
    cursor: str | None = None


@final
@attrs.frozen(kw_only=True)
class GetLogs(Schema):
    """A page of log records.

    Attributes:
        logs: The page.
    """

    logs: FeedResultGetLog = attrs.field(factory=FeedResultGetLog)

    @property
    def data(self) -> list[GetLog]:
        """The log records of this page."""
        return self.logs.results or []

    @property
    def next_cursor(self) -> str | None:
        """Cursor of the next page. `None` on the last page."""
        return self.logs.cursor
