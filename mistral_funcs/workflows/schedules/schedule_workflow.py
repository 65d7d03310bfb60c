"""POST /v1/workflows/schedules."""

from collections.abc import Mapping
from typing import Any

from mistral_core import JSON, UNSET, Failure, MistralCore, RequestOptions, Result, Unset, operation
from mistral_funcs.schemas.workflows.schedules import ScheduleDefinition, WorkflowScheduleResponse


@operation("POST", "/v1/workflows/schedules", returns=JSON(WorkflowScheduleResponse))
async def workflows_schedules_schedule_workflow(
    client: MistralCore,
    *,
    schedule: ScheduleDefinition | Mapping[str, Any],
    workflow_registration_id: str | None | Unset = UNSET,
    workflow_version_id: str | None | Unset = UNSET,
    workflow_identifier: str | None | Unset = UNSET,
    workflow_task_queue: str | None | Unset = UNSET,
    schedule_id: str | None | Unset = UNSET,
    deployment_name: str | None | Unset = UNSET,
    options: RequestOptions | None = None,
) -> Result[WorkflowScheduleResponse, Failure]:
    """Schedule a workflow.

    Args:
        client: The client that sends the request.
        schedule: The schedule: times, input and policy.
        workflow_registration_id: ID of a registration of the workflow.
        workflow_version_id: Deprecated: use `workflow_registration_id`.
        workflow_identifier: ID or name of the workflow.
        workflow_task_queue: Deprecated: use `deployment_name`.
        schedule_id: ID of the new schedule. Defaults to a random one.
        deployment_name: Name of the deployment that runs the workflow.
        options: Per-call overrides: headers, timeout, retries, server URL.

    Returns:
        The ID of the new schedule.
    """
    ...
