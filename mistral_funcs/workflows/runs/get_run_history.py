"""GET /v1/workflows/runs/{run_id}/history."""

from typing import Any

from mistral_core import JSON, Failure, MistralCore, RequestOptions, Result, operation


@operation("GET", "/v1/workflows/runs/{run_id}/history", returns=JSON(Any))
async def workflows_runs_get_run_history(
    client: MistralCore,
    run_id: str,
    *,
    decode_payloads: bool | None = None,
    options: RequestOptions | None = None,
) -> Result[Any, Failure]:
    """Get the history of a run.

    Args:
        client: The client that sends the request.
        run_id: ID of the run.
        decode_payloads: Whether to decode the payloads. Defaults to false.
        options: Per-call overrides: headers, timeout, retries, server URL.

    Returns:
        The history, as the API returns it.
    """
    ...
