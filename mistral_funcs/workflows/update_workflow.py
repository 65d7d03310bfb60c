"""PUT /v1/workflows/{workflow_identifier}."""

from collections.abc import Sequence

from mistral_core import JSON, UNSET, Failure, MistralCore, RequestOptions, Result, Unset, operation
from mistral_funcs.schemas.workflows.workflow import WorkflowUpdateResponse


@operation("PUT", "/v1/workflows/{workflow_identifier}", returns=JSON(WorkflowUpdateResponse))
async def workflows_update_workflow(
    client: MistralCore,
    workflow_identifier: str,
    *,
    display_name: str | None | Unset = UNSET,
    description: str | None | Unset = UNSET,
    available_in_chat_assistant: bool | None | Unset = UNSET,
    tags: Sequence[str] | None | Unset = UNSET,
    options: RequestOptions | None = None,
) -> Result[WorkflowUpdateResponse, Failure]:
    """Update a workflow.

    Omitted fields keep their values.

    Args:
        client: The client that sends the request.
        workflow_identifier: ID or name of the workflow.
        display_name: New display name, at most 128 characters.
        description: New description.
        available_in_chat_assistant: Whether it is available in the chat assistant.
        tags: New tags, which replace all existing ones.
        options: Per-call overrides: headers, timeout, retries, server URL.

    Returns:
        The updated workflow.
    """
    ...
