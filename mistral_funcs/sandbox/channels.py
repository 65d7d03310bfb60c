"""WebSockets of the sandbox: connect a client's channel to a behavior that receives messages."""

import asyncio
import json
from collections import deque
from collections.abc import Iterable
from typing import Any, Protocol, Self, cast, final

from mistral_core import APIConnectionError, RequestTimeoutError, Response
from mistral_core.transports.close_codes import close_error
from mistral_funcs.sandbox.error_responses import RefusalError, refuse
from mistral_funcs.sandbox.event_streams import Fault, fault_body

SERVER = "The sandbox"
POLICY_VIOLATION = 1008
"""The close code for a client that breaks a rule of the API."""


@final
class CloseError(Exception):
    """Close the WebSocket with a code and a reason."""

    def __init__(self, code: int, reason: str) -> None:
        """Store the content of the close frame."""
        super().__init__(code, reason)
        self.code = code
        self.reason = reason


class Conversation(Protocol):
    """A behavior of a WebSocket."""

    def greet(self) -> object:
        """Return the first message."""
        ...

    def receive(self, message: dict[str, Any]) -> Iterable[object]:
        """Return the messages to send in response to a message of the client.

        Raises:
            RefusalError: The message is refused. An `error` is sent and the WebSocket is closed.
            CloseError: The WebSocket is closed immediately.
        """
        ...


@final
class SandboxChannel:
    """A client's channel to a behavior.

    Attributes:
        close_frame: Code and reason with which the sandbox closed the WebSocket.
    """

    close_frame: CloseError | None

    def __init__(self, conversation: Conversation, fault: Fault | None, after: int) -> None:
        """Create an open channel.

        Args:
            conversation: The behavior.
            fault: A fault to cause.
            after: Number of messages to send before the fault.
        """
        self.close_frame = None
        self._conversation = conversation
        self._fault = fault
        self._left = after
        self._messages: deque[bytes] = deque()
        self._changed = asyncio.Event()
        self._closed = False

    def __aiter__(self) -> Self:
        return self

    async def __anext__(self) -> bytes:
        """Return the next message of the sandbox."""
        while not (self._messages or self.close_frame or self._closed or self._is_to_fail()):
            self._changed.clear()
            await self._changed.wait()
        if self._closed:
            raise APIConnectionError(f"The connection to {SERVER.lower()} is closed")
        if self._is_to_fail():
            self._fail()
        self._left -= 1
        if self._messages:
            return self._messages.popleft()
        assert self.close_frame is not None  # noqa: S101 - the loop above waits for it
        raise close_error(SERVER, self.close_frame.code, self.close_frame.reason)

    def _is_to_fail(self) -> bool:
        return self._fault is not None and self._left == 0

    def _fail(self) -> None:
        fault, self._fault = self._fault, None
        assert fault is not None  # noqa: S101 - it is called if there is one
        if isinstance(fault, APIConnectionError | RequestTimeoutError):
            raise fault
        self._messages.clear()
        if isinstance(fault, Response):
            self._messages.append(fault.body)
        else:
            self._refuse(RefusalError(fault, fault_body(fault)))

    async def send(self, text: str) -> None:
        """Receive a message of the client."""
        if self.close_frame is not None or self._closed:
            raise APIConnectionError(f"The connection to {SERVER.lower()} is closed")
        try:
            for each in self._conversation.receive(_parse(text)):
                self._add(each)
        except RefusalError as refusal:
            self._refuse(refusal)
        except CloseError as close:
            self.close_frame = close
        self._changed.set()

    def _refuse(self, refusal: RefusalError) -> None:
        body: Any = refusal.body
        message = body.get("message") or {"detail": body.get("detail")}
        self._add({"type": "error", "error": {"message": message, "code": refusal.status}})
        self.close_frame = CloseError(POLICY_VIOLATION, "")

    def _add(self, message: object) -> None:
        from mistral_core.structuring.converter import converter  # noqa: PLC0415 - slow to import

        self._messages.append(json.dumps(converter.unstructure(message)).encode())

    async def keep_alive(self) -> None:
        """Do nothing: the connection is within the process and cannot break."""

    async def aclose(self) -> None:
        """Close the channel. Safe to call twice."""
        self._closed = True
        self._changed.set()


def _parse(text: str) -> dict[str, Any]:
    try:
        message = json.loads(text)
    except ValueError:
        message = None
    if not isinstance(message, dict):
        refuse(400, "A message must be a JSON object")
    return cast("dict[str, Any]", message)
