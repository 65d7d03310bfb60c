"""DELETE /v1/workflows/schedules/{schedule_id}."""

from mistral_core import Failure, MistralCore, NoContent, RequestOptions, Result, operation


@operation("DELETE", "/v1/workflows/schedules/{schedule_id}", returns=NoContent())
async def workflows_schedules_unschedule_workflow(
    client: MistralCore,
    schedule_id: str,
    *,
    options: RequestOptions | None = None,
) -> Result[None, Failure]:
    """Delete a schedule.

    Args:
        client: The client that sends the request.
        schedule_id: ID of the schedule.
        options: Per-call overrides: headers, timeout, retries, server URL.
    """
    ...
