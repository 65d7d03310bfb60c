"""POST /v1/workflows/schedules/{schedule_id}/trigger."""

from collections.abc import Mapping
from typing import Any

from mistral_core import Failure, MistralCore, NoContent, RequestOptions, Result, operation
from mistral_funcs.schemas.workflows.schedules import WorkflowScheduleTriggerRequest


@operation(
    "POST", "/v1/workflows/schedules/{schedule_id}/trigger", returns=NoContent(), body="request"
)
async def workflows_schedules_trigger_schedule(
    client: MistralCore,
    schedule_id: str,
    *,
    request: WorkflowScheduleTriggerRequest | Mapping[str, Any] | None = None,
    options: RequestOptions | None = None,
) -> Result[None, Failure]:
    """Execute the workflow of a schedule now.

    Args:
        client: The client that sends the request.
        schedule_id: ID of the schedule.
        request: Options for this execution.
        options: Per-call overrides: headers, timeout, retries, server URL.
    """
    ...
