"""POST /v1/workflows/{workflow_identifier}/tags."""

from collections.abc import Sequence

from mistral_core import Failure, MistralCore, NoContent, RequestOptions, Result, operation


@operation("POST", "/v1/workflows/{workflow_identifier}/tags", returns=NoContent())
async def workflows_add_workflow_tags(
    client: MistralCore,
    workflow_identifier: str,
    *,
    tags: Sequence[str],
    options: RequestOptions | None = None,
) -> Result[None, Failure]:
    """Add tags to a workflow.

    Args:
        client: The client that sends the request.
        workflow_identifier: ID or name of the workflow.
        tags: Tags to add. Existing tags are kept.
        options: Per-call overrides: headers, timeout, retries, server URL.
    """
    ...
