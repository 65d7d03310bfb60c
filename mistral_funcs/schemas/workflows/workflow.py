"""Workflows, and the responses of the operations that change them."""

from typing import Literal, final

import attrs

from mistral_core import Schema, Unknown


@attrs.frozen(kw_only=True)
class _Workflow(Schema):
    """Base class for workflows.

    Attributes:
        type: `"code"`.
        id: ID of the workflow.
        name: Name of the workflow.
        display_name: Display name.
        customer_id: ID of the customer that it belongs to.
        workspace_id: ID of the workspace that it belongs to.
        description: Description of the workflow.
        shared_namespace: Namespace of a shared workflow.
        available_in_chat_assistant: Whether it is available in the chat assistant.
        is_technical: Whether the workflow is internal, such as those that the SDK manages.
        archived: Whether it is archived.
        tags: Tags to filter by.
    """

    type: Literal["code"] = "code"
    id: str
    name: str | None = None
    display_name: str | None = None
    customer_id: str | None = None
    workspace_id: str | None = None
    description: str | None = None
    shared_namespace: str | None = None
    available_in_chat_assistant: bool = False
    is_technical: bool = False
    archived: bool = False
    tags: list[str] | None = None


@final
@attrs.frozen(kw_only=True)
class Workflow(_Workflow):
    """A workflow."""


@final
@attrs.frozen(kw_only=True)
class WorkflowWithWorkerStatus(_Workflow):
    """A workflow, and whether a worker offers it.

    Attributes:
        active: Whether a worker offers it.
    """

    active: bool | None = None


@final
@attrs.frozen(kw_only=True)
class WorkflowMetadata(Schema):
    """Additional metadata of a workflow.

    Attributes:
        shared_namespace: Namespace of a shared workflow. `None` if users own it.
    """

    shared_namespace: str | None = None


@final
@attrs.frozen(kw_only=True)
class WorkflowBasicDefinition(Schema):
    """A workflow in a list.

    Attributes:
        id: ID of the workflow.
        name: Name of the workflow.
        display_name: Display name.
        archived: Whether it is archived.
        description: Description of the workflow.
        metadata: Additional metadata of the workflow.
        tags: Tags to filter by.
    """

    id: str
    name: str | None = None
    display_name: str | None = None
    archived: bool | None = None
    description: str | None = None
    metadata: WorkflowMetadata | None = None
    tags: list[str] | None = None


@final
@attrs.frozen(kw_only=True)
class WorkflowListResponse(Schema):
    """A page of workflows.

    Attributes:
        workflows: Workflows on this page.
        next_cursor: Cursor of the next page. `None` on the last page.
    """

    workflows: list[WorkflowBasicDefinition | Unknown] = attrs.field(
        factory=list[WorkflowBasicDefinition | Unknown]
    )
    next_cursor: str | None = None

    @property
    def data(self) -> list[WorkflowBasicDefinition | Unknown]:
        """The workflows of this page."""
        return self.workflows


@final
@attrs.frozen(kw_only=True)
class WorkflowGetResponse(Schema):
    """A workflow.

    Attributes:
        workflow: The workflow.
    """

    workflow: WorkflowWithWorkerStatus | None = None


@final
@attrs.frozen(kw_only=True)
class WorkflowUpdateResponse(Schema):
    """A workflow that was changed.

    Attributes:
        workflow: The workflow.
    """

    workflow: Workflow | None = None


@final
@attrs.frozen(kw_only=True)
class WorkflowArchiveResponse(Schema):
    """A workflow that was archived.

    Attributes:
        workflow: The workflow.
    """

    workflow: Workflow | None = None


@final
@attrs.frozen(kw_only=True)
class WorkflowUnarchiveResponse(Schema):
    """A workflow that was unarchived.

    Attributes:
        workflow: The workflow.
    """

    workflow: Workflow | None = None


@final
@attrs.frozen(kw_only=True)
class WorkflowBulkError(Schema):
    """A workflow that could not be archived or unarchived.

    Attributes:
        workflow_id: ID that was requested.
        message: What went wrong.
        workflow: The workflow, if one has this ID.
    """

    workflow_id: str | None = None
    message: str | None = None
    workflow: Workflow | None = None


@final
@attrs.frozen(kw_only=True)
class WorkflowBulkArchiveResponse(Schema):
    """The archived workflows, and those that could not be archived.

    Attributes:
        archived: Archived workflows.
        errored: Workflows that could not be changed.
    """

    archived: list[Workflow | Unknown] = attrs.field(factory=list[Workflow | Unknown])
    errored: list[WorkflowBulkError] | None = None


@final
@attrs.frozen(kw_only=True)
class WorkflowBulkUnarchiveResponse(Schema):
    """The unarchived workflows, and those that could not be unarchived.

    Attributes:
        unarchived: Unarchived workflows.
        errored: Workflows that could not be changed.
    """

    unarchived: list[Workflow | Unknown] = attrs.field(factory=list[Workflow | Unknown])
    errored: list[WorkflowBulkError] | None = None
