"""A scripted model: what it says and which tools it calls, plain or streamed."""

import json
from collections.abc import Callable, Mapping
from typing import Any, TypeAlias

from mistral_core import Request, Response
from mistral_core.errors import MistralError
from mistral_core.testing import json_response, stream_response

USAGE = {"prompt_tokens": 3, "completion_tokens": 2, "total_tokens": 5}

Message: TypeAlias = dict[str, Any]
Turn: TypeAlias = Message | Response | MistralError | Callable[[Any], Message | Response]


def says(text: str | None) -> Message:
    """Return a message with text."""
    return {"role": "assistant", "content": text}


def calls(
    *requested: tuple[str, Any], text: str = "", ids: list[str | None] | None = None
) -> Message:
    """Return a message with tool calls: names, and arguments as a value or JSON."""
    tool_calls = [
        {
            "id": ids[index] if ids else f"call{index:05d}",
            "index": index,
            "function": {
                "name": name,
                "arguments": given if isinstance(given, str) else json.dumps(given),
            },
        }
        for index, (name, given) in enumerate(requested)
    ]
    return {"role": "assistant", "content": text, "tool_calls": tool_calls}


class ScriptedModel:
    """A transport that responds with the turns of a script, streamed on request.

    Attributes:
        bodies: The bodies of the requests, in order.
    """

    api_key = "key"

    def __init__(self, *turns: Turn) -> None:
        """Take the turns. The last one is repeated."""
        self.bodies: list[dict[str, Any]] = []
        self._turns = list(turns)

    async def send(self, request: Request) -> Response:
        """Respond with the next turn."""
        body = request.body
        assert isinstance(body, bytes)
        self.bodies.append(json.loads(body))
        turn = self._turns.pop(0) if len(self._turns) > 1 else self._turns[0]
        if callable(turn):
            turn = turn(self.bodies[-1])
        if isinstance(turn, MistralError):
            raise turn
        if isinstance(turn, Response):
            return turn
        return streamed(turn) if self.bodies[-1].get("stream") else complete(turn)

    async def aclose(self) -> None:
        """Do nothing."""


def complete(message: Message) -> Response:
    """Return a message as a response."""
    reason = "tool_calls" if message.get("tool_calls") else "stop"
    choice = {"index": 0, "message": message, "finish_reason": reason}
    return json_response({"id": "c", "model": "m", "usage": USAGE, "choices": [choice]})


def streamed(message: Message, *, cut_off: bool = False) -> Response:
    """Return a message as a stream of words and tool calls."""
    words = (message.get("content") or "").split(" ")
    deltas: list[Mapping[str, Any]] = [
        {"role": "assistant", "content": f"{' ' if index else ''}{word}"}
        for index, word in enumerate(words)
    ]
    if message.get("tool_calls"):
        deltas.append({"tool_calls": message["tool_calls"]})
    chunks: list[dict[str, Any]] = [
        {"id": "c", "choices": [{"index": 0, "delta": delta, "finish_reason": None}]}
        for delta in deltas
    ]
    chunks[-1] |= {"usage": USAGE}
    events = [b"data: %s\n\n" % json.dumps(chunk).encode() for chunk in chunks]
    return stream_response(*events, *(() if cut_off else (b"data: [DONE]\n\n",)))
