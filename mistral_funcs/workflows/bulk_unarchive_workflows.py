"""PUT /v1/workflows/unarchive."""

from collections.abc import Sequence

from mistral_core import JSON, Failure, MistralCore, RequestOptions, Result, operation
from mistral_funcs.schemas.workflows.workflow import WorkflowBulkUnarchiveResponse


@operation("PUT", "/v1/workflows/unarchive", returns=JSON(WorkflowBulkUnarchiveResponse))
async def workflows_bulk_unarchive_workflows(
    client: MistralCore,
    *,
    workflow_ids: Sequence[str],
    options: RequestOptions | None = None,
) -> Result[WorkflowBulkUnarchiveResponse, Failure]:
    """Unarchive several workflows.

    Args:
        client: The client that sends the request.
        workflow_ids: IDs of the workflows to unarchive, at most 100.
        options: Per-call overrides: headers, timeout, retries, server URL.

    Returns:
        The unarchived workflows, and those that could not be unarchived.
    """
    ...
