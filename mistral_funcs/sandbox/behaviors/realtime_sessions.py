"""Short-lived keys for realtime sessions. The sandbox accepts its own key only."""

from datetime import timedelta

from mistral_funcs.realtime.sessions.create import realtime_sessions_create
from mistral_funcs.sandbox.registry import responds_to
from mistral_funcs.sandbox.request_arguments import check_range
from mistral_funcs.sandbox.state import State
from mistral_funcs.schemas.realtime import ClientSecret, CreateRealtimeSessionResponse

SECONDS = 60
"""Default lifetime of a key in seconds."""

MOST_SECONDS = 86_400


@responds_to(realtime_sessions_create)
def create_key(
    state: State, model: str, ttl_seconds: int | None = None
) -> CreateRealtimeSessionResponse:
    """Create a key."""
    check_range("ttl_seconds", ttl_seconds, 1, MOST_SECONDS)
    expires_at = state.moment() + timedelta(seconds=ttl_seconds or SECONDS)
    secret = ClientSecret(value=f"key-for-{model}-{state.new_id()}", expires_at=expires_at)
    return CreateRealtimeSessionResponse(
        purpose="realtime", client_secret=secret, expires_at=expires_at
    )
