"""POST /v1/workflows/schedules/{schedule_id}/pause."""

from collections.abc import Mapping
from typing import Any

from mistral_core import Failure, MistralCore, NoContent, RequestOptions, Result, operation
from mistral_funcs.schemas.workflows.schedules import WorkflowSchedulePauseRequest


@operation(
    "POST", "/v1/workflows/schedules/{schedule_id}/pause", returns=NoContent(), body="request"
)
async def workflows_schedules_pause_schedule(
    client: MistralCore,
    schedule_id: str,
    *,
    request: WorkflowSchedulePauseRequest | Mapping[str, Any] | None = None,
    options: RequestOptions | None = None,
) -> Result[None, Failure]:
    """Pause a schedule.

    Args:
        client: The client that sends the request.
        schedule_id: ID of the schedule.
        request: Note to store with the schedule.
        options: Per-call overrides: headers, timeout, retries, server URL.
    """
    ...
