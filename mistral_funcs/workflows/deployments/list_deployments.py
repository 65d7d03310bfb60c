"""GET /v1/workflows/deployments."""

from collections.abc import Sequence
from typing import Literal

from mistral_core import JSON, Failure, MistralCore, RequestOptions, Result, operation
from mistral_funcs.schemas.workflows.deployments import (
    DeploymentListResponse,
    DeploymentLocationType,
)


@operation("GET", "/v1/workflows/deployments", returns=JSON(DeploymentListResponse))
async def workflows_deployments_list_deployments(
    client: MistralCore,
    *,
    active_only: bool | None = None,
    is_hardened: bool | None = None,
    workflow_name: str | None = None,
    created_by: str | None = None,
    owner: str | None = None,
    location_types: Sequence[DeploymentLocationType] | None = None,
    search: str | None = None,
    order_by: Literal["updated_at", "created_at"] | str | None = None,
    order: Literal["asc", "desc"] | str | None = None,
    limit: int | None = None,
    cursor: str | None = None,
    workspace_id: str | None = None,
    repository_url: str | None = None,
    dockerfile_path: str | None = None,
    options: RequestOptions | None = None,
) -> Result[DeploymentListResponse, Failure]:
    """List deployments.

    Args:
        client: The client that sends the request.
        active_only: Return only the deployments with a running worker. Defaults to true.
        is_hardened: If true, return only hardened deployments; if false, only the others.
        workflow_name: Return only the deployments with this workflow.
        created_by: Return only the deployments that the user with this ID created.
        owner: Return only the deployments that the user with this ID owns.
        location_types: Return only the deployments with a worker in one of these kinds of location.
        search: Return only the deployments whose name or ID begins with this text.
        order_by: Field to sort by. By default, active and managed deployments come first.
        order: Sort order: `"asc"` or `"desc"`. Defaults to `"desc"`.
        limit: Maximum number of items per page, from 1 to 100.
        cursor: Page cursor: `next_cursor` of the previous page.
        workspace_id: ID of the workspace. Defaults to the caller's.
        repository_url: Return only the deployments built from this repository.
        dockerfile_path: Return only the deployments built with this Dockerfile.
        options: Per-call overrides: headers, timeout, retries, server URL.

    Returns:
        A page of deployments. Entries that cannot be parsed are `Unknown`.
    """
    ...
