"""GET /v1/workflows/deployments/{name}/logs/stream."""

from datetime import datetime

from mistral_core import (
    Events,
    EventStream,
    Failure,
    MistralCore,
    RequestOptions,
    Result,
    operation,
)
from mistral_funcs.schemas.workflows.logs import DeploymentLogRecord


@operation(
    "GET",
    "/v1/workflows/deployments/{name}/logs/stream",
    returns=Events(DeploymentLogRecord, ends_with_body=True),
)
async def workflows_deployments_stream_deployment_logs(
    client: MistralCore,
    name: str,
    *,
    worker_name: str | None = None,
    workflow_name: str | None = None,
    after: datetime | None = None,
    last_event_id: str | None = None,
    options: RequestOptions | None = None,
) -> Result[EventStream[DeploymentLogRecord], Failure]:
    """Stream the logs of a deployment.

    Args:
        client: The client that sends the request.
        name: Name of the deployment.
        worker_name: Return only the records of this worker.
        workflow_name: Return only the records of this workflow.
        after: Start with the records logged at this time. Ignored with `last_event_id`.
        last_event_id: Resume after the event with this ID.
        options: Per-call overrides: headers, timeout, retries, server URL.

    Returns:
        The stream of log records. Enter it with `async with` before iterating. It ends when the
        server ends it. If the stream fails, the last item is an `Err`: an `SDKError` whose `type`
        is the server's reason, such as `read_error`.
    """
    ...
