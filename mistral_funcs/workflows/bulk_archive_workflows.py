"""PUT /v1/workflows/archive."""

from collections.abc import Sequence

from mistral_core import JSON, Failure, MistralCore, RequestOptions, Result, operation
from mistral_funcs.schemas.workflows.workflow import WorkflowBulkArchiveResponse


@operation("PUT", "/v1/workflows/archive", returns=JSON(WorkflowBulkArchiveResponse))
async def workflows_bulk_archive_workflows(
    client: MistralCore,
    *,
    workflow_ids: Sequence[str],
    options: RequestOptions | None = None,
) -> Result[WorkflowBulkArchiveResponse, Failure]:
    """Archive several workflows.

    Args:
        client: The client that sends the request.
        workflow_ids: IDs of the workflows to archive, at most 100.
        options: Per-call overrides: headers, timeout, retries, server URL.

    Returns:
        The archived workflows, and those that could not be archived.
    """
    ...
