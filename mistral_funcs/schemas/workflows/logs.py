"""Logs of deployments and executions."""

from datetime import datetime
from typing import final

import attrs

from mistral_core import Schema


@attrs.frozen(kw_only=True)
class _LogRecord(Schema):
    """Base class for log records.

    Attributes:
        timestamp: When it was logged.
        body: The message.
        severity_text: Severity, such as `INFO`.
        trace_id: ID of the trace.
        span_id: ID of the span.
        log_attributes: Attributes of the record.
    """

    timestamp: datetime | None = None
    body: str | None = None
    severity_text: str | None = None
    trace_id: str | None = None
    span_id: str | None = None
    log_attributes: dict[str, str] = attrs.field(factory=dict[str, str])


@final
@attrs.frozen(kw_only=True)
class DeploymentLogRecord(_LogRecord):
    """A log record of a deployment."""


@final
@attrs.frozen(kw_only=True)
class DeploymentLogSearchResponse(Schema):
    """A page of log records of a deployment.

    Attributes:
        results: Log records on this page, in the requested order.
        next_cursor: Cursor of the next page. `None` on the last page.
    """

    results: list[DeploymentLogRecord] = attrs.field(factory=list[DeploymentLogRecord])
    next_cursor: str | None = None

    @property
    def data(self) -> list[DeploymentLogRecord]:
        """The log records of this page."""
        return self.results


@final
@attrs.frozen(kw_only=True)
class ExecutionLogRecord(_LogRecord):
    """A log record of an execution."""


@final
@attrs.frozen(kw_only=True)
class ExecutionLogSearchResponse(Schema):
    """A page of log records of an execution.

    Attributes:
        results: Log records on this page, in the requested order.
        next_cursor: Cursor of the next page. `None` on the last page.
    """

    results: list[ExecutionLogRecord] = attrs.field(factory=list[ExecutionLogRecord])
    next_cursor: str | None = None

    @property
    def data(self) -> list[ExecutionLogRecord]:
        """The log records of this page."""
        return self.results
