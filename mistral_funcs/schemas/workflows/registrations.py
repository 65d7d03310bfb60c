"""Registrations of workflows: the versions that workers offer."""

from typing import Any, final

import attrs

from mistral_core import Schema, Unknown
from mistral_funcs.schemas.workflows.workflow import Workflow


@final
@attrs.frozen(kw_only=True)
class SignalDefinition(Schema):
    """A signal that a workflow handles.

    Attributes:
        name: Name of the signal.
        input_schema: JSON schema of its input.
        description: Description of the signal.
    """

    name: str | None = None
    input_schema: dict[str, Any] = attrs.field(factory=dict[str, Any])
    description: str | None = None


@final
@attrs.frozen(kw_only=True)
class QueryDefinition(Schema):
    """A query that a workflow handles.

    Attributes:
        name: Name of the query.
        input_schema: JSON schema of its input.
        description: Description of the query.
        output_schema: JSON schema of its result.
    """

    name: str | None = None
    input_schema: dict[str, Any] = attrs.field(factory=dict[str, Any])
    description: str | None = None
    output_schema: dict[str, Any] | None = None


@final
@attrs.frozen(kw_only=True)
class UpdateDefinition(Schema):
    """An update that a workflow handles.

    Attributes:
        name: Name of the update.
        input_schema: JSON schema of its input.
        description: Description of the update.
        output_schema: JSON schema of its result.
    """

    name: str | None = None
    input_schema: dict[str, Any] = attrs.field(factory=dict[str, Any])
    description: str | None = None
    output_schema: dict[str, Any] | None = None


@final
@attrs.frozen(kw_only=True)
class WorkflowCodeDefinition(Schema):
    """The definition of a workflow: its schemas, and what it handles.

    Attributes:
        input_schema: JSON schema of the input.
        output_schema: JSON schema of the result.
        signals: Signals that it handles.
        queries: Queries that it handles.
        updates: Updates that it handles.
        enforce_determinism: Whether deterministic execution is enforced.
        on_behalf_of: Whether it must run on behalf of a user.
        execution_timeout: Time limit of an execution, with its retries and continuations.
        plugin_metadata: Metadata of plugins, such as the connectors that it declares.
    """

    input_schema: dict[str, Any] = attrs.field(factory=dict[str, Any])
    output_schema: dict[str, Any] | None = None
    signals: list[SignalDefinition] | None = None
    queries: list[QueryDefinition] | None = None
    updates: list[UpdateDefinition] | None = None
    enforce_determinism: bool = False
    on_behalf_of: bool = False
    execution_timeout: float | None = None
    plugin_metadata: dict[str, Any] | None = None


@attrs.frozen(kw_only=True)
class _Registration(Schema):
    """Base class for registrations of workflows.

    Attributes:
        id: ID of the registration.
        workflow_id: ID of the workflow.
        definition: Definition of the workflow.
        deployment_id: Deprecated: use `deployment_name`.
        task_queue: Deprecated: use `deployment_name`.
        workflow: The workflow, if requested.
        deployment_name: Name of the deployment that it belongs to.
        compatible_with_chat_assistant: Whether the workflow is compatible with the chat assistant.
    """

    id: str
    workflow_id: str | None = None
    definition: WorkflowCodeDefinition = attrs.field(factory=WorkflowCodeDefinition)
    deployment_id: str | None = None
    task_queue: str | None = None
    workflow: Workflow | None = None
    deployment_name: str | None = None
    compatible_with_chat_assistant: bool = False


@final
@attrs.frozen(kw_only=True)
class WorkflowRegistration(_Registration):
    """A registration of a workflow."""


@final
@attrs.frozen(kw_only=True)
class WorkflowRegistrationWithWorkerStatus(_Registration):
    """A registration of a workflow, and whether a worker offers it.

    Attributes:
        active: Whether a worker offers it.
    """

    active: bool | None = None


@final
@attrs.frozen(kw_only=True)
class WorkflowRegistrationListResponse(Schema):
    """A page of registrations.

    Attributes:
        workflow_registrations: Registrations on this page.
        next_cursor: Cursor of the next page. `None` on the last page.
        workflow_versions: Deprecated: use `workflow_registrations`.
    """

    workflow_registrations: list[WorkflowRegistration | Unknown] = attrs.field(
        factory=list[WorkflowRegistration | Unknown]
    )
    next_cursor: str | None = None
    workflow_versions: list[WorkflowRegistration | Unknown] = attrs.field(
        factory=list[WorkflowRegistration | Unknown]
    )

    @property
    def data(self) -> list[WorkflowRegistration | Unknown]:
        """The registrations of this page."""
        return self.workflow_registrations


@final
@attrs.frozen(kw_only=True)
class WorkflowRegistrationGetResponse(Schema):
    """A registration.

    Attributes:
        workflow_registration: The registration.
        workflow_version: Deprecated: use `workflow_registration`.
    """

    workflow_registration: WorkflowRegistrationWithWorkerStatus | None = None
    workflow_version: WorkflowRegistrationWithWorkerStatus | None = None
