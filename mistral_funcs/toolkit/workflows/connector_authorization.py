"""Requests of connectors for the user's authorization, among the events of an execution."""

from typing import Any, TypeAlias, TypeGuard, cast, final

import attrs

from mistral_funcs.schemas.workflows.events import CustomTaskStartedResponse, StreamEventSsePayload

__all__ = ["ConnectorAuthorization", "ExecutionEvent"]


@final
@attrs.frozen
class ConnectorAuthorization:
    """A connector needs the user's authorization. The execution resumes by itself afterwards.

    Attributes:
        connector_name: Name of the connector.
        connector_id: ID of the connector.
        credentials_name: Name of the credentials, if they have one.
        auth_url: URL for the user to visit.
        message: What to show to the user.
        event: The event.
    """

    connector_name: str
    connector_id: str | None
    credentials_name: str | None
    auth_url: str | None
    message: str | None
    event: StreamEventSsePayload = attrs.field(repr=False)


ExecutionEvent: TypeAlias = StreamEventSsePayload | ConnectorAuthorization
"""An event of an execution, or a request to authorize a connector."""


def as_execution_event(event: StreamEventSsePayload) -> ExecutionEvent:
    """Return the request to authorize a connector that an event is, or the event."""
    task = event.data
    if not isinstance(task, CustomTaskStartedResponse):
        return event
    payload = task.attributes.payload
    value = payload.value if payload is not None else None
    if task.attributes.custom_task_type != "connector_auth" or not _is_object(value):
        return event
    name = _text(value, "connector_name")
    if name is None:
        return event
    return ConnectorAuthorization(
        connector_name=name,
        connector_id=_text(value, "connector_id"),
        credentials_name=_text(value, "credentials_name"),
        auth_url=_text(value, "auth_url"),
        message=_text(value, "message"),
        event=event,
    )


def _text(value: dict[str, Any], name: str) -> str | None:
    text = value.get(name)
    return text if isinstance(text, str) else None


def _is_object(value: object) -> TypeGuard[dict[str, Any]]:
    return isinstance(cast("Any", value), dict)
