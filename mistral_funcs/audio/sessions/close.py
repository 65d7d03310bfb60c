"""DELETE /v1/audio/sessions/{session_id}."""

from mistral_core import Failure, MistralCore, NoContent, RequestOptions, Result, operation


@operation("DELETE", "/v1/audio/sessions/{session_id}", returns=NoContent())
async def audio_sessions_close(
    client: MistralCore,
    session_id: str,
    *,
    options: RequestOptions | None = None,
) -> Result[None, Failure]:
    """End a session with a voice agent.

    Args:
        client: The client that sends the request.
        session_id: ID of the session.
        options: Per-call overrides: headers, timeout, retries, server URL.
    """
    ...
