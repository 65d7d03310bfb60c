"""The WebSockets of the API: endpoints and their behaviors."""

import json
from collections.abc import Callable, Mapping
from importlib import import_module
from typing import TYPE_CHECKING, Any, TypeAlias

from mistral_core import Response
from mistral_core.http.headers import Headers
from mistral_core.structuring.converter import converter
from mistral_funcs.sandbox.channels import Conversation, SandboxChannel
from mistral_funcs.sandbox.error_responses import RefusalError
from mistral_funcs.sandbox.event_streams import Fault
from mistral_funcs.sandbox.request_arguments import invalid
from mistral_funcs.sandbox.routing import Route

if TYPE_CHECKING:
    from mistral_funcs.sandbox.state import State

Start: TypeAlias = "Callable[[State, str, str], Conversation]"

ROUTES = {
    "/v1/audio/transcriptions/realtime": Route(
        "GET",
        "/v1/audio/transcriptions/realtime",
        "sandbox.behaviors.realtime_transcription",
        "Transcription",
    ),
    "/v1/audio/speech/realtime": Route(
        "GET", "/v1/audio/speech/realtime", "sandbox.behaviors.realtime_speech", "Speech"
    ),
}
"""Each WebSocket by its path, with the module and class of its behavior."""


def match_websocket(path: str) -> Route:
    """Return the route of a WebSocket, or respond with 404."""
    if path not in ROUTES:
        raise RefusalError(404, {"message": "no Route matched with those values"})
    return ROUTES[path]


def open_websocket(
    state: "State",
    route: Route,
    query: Mapping[str, str],
    headers: Mapping[str, str],
    fault: tuple[Fault, int] | None,
) -> Response:
    """Open a WebSocket, and send its first message.

    Raises:
        RefusalError: The handshake is refused.
    """
    if not query.get("model"):
        invalid("model", "Field required", None)
    start: Start = getattr(import_module(f"mistral_funcs.{route.module}"), route.name)
    conversation = start(state, query["model"], headers["mistral-correlation-id"])
    greeting: Any = converter.unstructure(conversation.greet())
    channel = SandboxChannel(conversation, *(fault or (None, 0)))
    return Response(101, Headers(headers.items()), json.dumps(greeting).encode(), channel)
