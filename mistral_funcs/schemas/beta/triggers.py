"""Schemas of triggers, their actions and events."""

from datetime import datetime
from typing import Literal, final

import attrs

from mistral_core import Schema, Unknown
from mistral_funcs.schemas.shared.webhooks import Webhook


@final
@attrs.frozen(kw_only=True)
class CreateTriggerAction(Schema):
    """The action of a new trigger.

    Attributes:
        primitive_id: ID of the primitive.
        type: Type of the action.
    """

    primitive_id: str
    type: Literal["start_workflow", "build_app", "deploy_app", "start_agent_session"] | str


@final
@attrs.frozen(kw_only=True)
class TriggerAction(Schema):
    """The action of a trigger.

    Attributes:
        primitive_id: ID of the primitive.
        type: Type of the action.
    """

    primitive_id: str | None = None
    type: (
        Literal["start_workflow", "build_app", "deploy_app", "start_agent_session"] | str | None
    ) = None


@final
@attrs.frozen(kw_only=True)
class Trigger(Schema):
    """A trigger.

    Attributes:
        id: ID of the trigger.
        creator_id: ID of the creator.
        workspace_id: ID of the workspace that it belongs to.
        organization_id: ID of the organization that it belongs to.
        customer_id: ID of the customer that it belongs to.
        owner_type: Whether a workspace or a user owns the trigger.
        event_source: Webhook that the events come from.
        handler: Product that handles the events.
        action: Action of the trigger.
        filters: Filters of the trigger, as a string.
        title: Title of the trigger.
    """

    id: str
    creator_id: str | None = None
    workspace_id: str | None = None
    organization_id: str | None = None
    customer_id: str | None = None
    owner_type: Literal["workspace", "user"] | str | None = None
    event_source: Webhook | None = None
    handler: Literal["workflows", "agents", "spaces"] | str | None = None
    action: TriggerAction = attrs.field(factory=TriggerAction)
    filters: str | None = None
    title: str | None = None


@final
@attrs.frozen(kw_only=True)
class TriggerEvent(Schema):
    """An event of a trigger.

    Attributes:
        event_id: ID of the event.
        trigger_id: ID of the trigger.
        source_id: ID of the event source.
        status: Status of the event.
        received_at: When the event was received.
        submitted_at: When the event was submitted.
        triggered_at: When the event was triggered.
        detail: Detail of the status.
        url: URL of the event.
    """

    event_id: str
    trigger_id: str | None = None
    source_id: str | None = None
    status: (
        Literal["SUBMITTED", "SUBMISSION_FAILED", "TRIGGERED", "TRIGGER_FAILED"] | str | None
    ) = None
    received_at: datetime | None = None
    submitted_at: datetime | None = None
    triggered_at: datetime | None = None
    detail: str | None = None
    url: str | None = None


@final
@attrs.frozen(kw_only=True)
class TriggerEventList(Schema):
    """The events of a trigger.

    Attributes:
        data: The events.
    """

    data: list[TriggerEvent | Unknown] = attrs.field(factory=list[TriggerEvent | Unknown])
