"""GET /v1/audio/sessions/{session_id}."""

from mistral_core import JSON, Failure, MistralCore, RequestOptions, Result, operation
from mistral_funcs.schemas.audio.sessions import AudioSessionResponse


@operation("GET", "/v1/audio/sessions/{session_id}", returns=JSON(AudioSessionResponse))
async def audio_sessions_get(
    client: MistralCore,
    session_id: str,
    *,
    options: RequestOptions | None = None,
) -> Result[AudioSessionResponse, Failure]:
    """Get a session with a voice agent and its transcript.

    Args:
        client: The client that sends the request.
        session_id: ID of the session.
        options: Per-call overrides: headers, timeout, retries, server URL.

    Returns:
        The session.
    """
    ...
