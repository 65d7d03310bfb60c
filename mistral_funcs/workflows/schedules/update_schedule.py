"""PATCH /v1/workflows/schedules/{schedule_id}."""

from collections.abc import Mapping
from typing import Any

from mistral_core import JSON, Failure, MistralCore, RequestOptions, Result, operation
from mistral_funcs.schemas.workflows.schedules import (
    PartialScheduleDefinition,
    WorkflowScheduleResponse,
)


@operation("PATCH", "/v1/workflows/schedules/{schedule_id}", returns=JSON(WorkflowScheduleResponse))
async def workflows_schedules_update_schedule(
    client: MistralCore,
    schedule_id: str,
    *,
    schedule: PartialScheduleDefinition | Mapping[str, Any],
    options: RequestOptions | None = None,
) -> Result[WorkflowScheduleResponse, Failure]:
    """Update a schedule.

    Omitted fields keep their values.

    Args:
        client: The client that sends the request.
        schedule_id: ID of the schedule.
        schedule: The changes.
        options: Per-call overrides: headers, timeout, retries, server URL.

    Returns:
        The ID of the schedule.
    """
    ...
