"""GET /v1/workflows/schedules/{schedule_id}."""

from mistral_core import JSON, Failure, MistralCore, RequestOptions, Result, operation
from mistral_funcs.schemas.workflows.schedules import ScheduleDefinitionOutput


@operation("GET", "/v1/workflows/schedules/{schedule_id}", returns=JSON(ScheduleDefinitionOutput))
async def workflows_schedules_get_schedule(
    client: MistralCore,
    schedule_id: str,
    *,
    options: RequestOptions | None = None,
) -> Result[ScheduleDefinitionOutput, Failure]:
    """Get a schedule.

    Args:
        client: The client that sends the request.
        schedule_id: ID of the schedule.
        options: Per-call overrides: headers, timeout, retries, server URL.

    Returns:
        The schedule.
    """
    ...
