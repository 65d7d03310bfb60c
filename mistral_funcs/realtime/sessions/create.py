"""POST /v1/client/sessions."""

from typing import Literal

from mistral_core import JSON, UNSET, Failure, MistralCore, RequestOptions, Result, Unset, operation
from mistral_funcs.schemas.realtime import CreateRealtimeSessionResponse


@operation("POST", "/v1/client/sessions", returns=JSON(CreateRealtimeSessionResponse))
async def realtime_sessions_create(
    client: MistralCore,
    *,
    model: str,
    purpose: Literal["realtime"] | None = None,
    ttl_seconds: int | None | Unset = UNSET,
    options: RequestOptions | None = None,
) -> Result[CreateRealtimeSessionResponse, Failure]:
    """Create a short-lived key for a realtime session.

    Args:
        client: The client that sends the request.
        model: ID of the model.
        purpose: What the session is for.
        ttl_seconds: How long the key is valid, in seconds.
        options: Per-call overrides: headers, timeout, retries, server URL.

    Returns:
        The key, for a browser or an app that must not know yours.
    """
    ...
