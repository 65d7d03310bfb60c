"""Messages of a session, repaired so that an invalid tool or result does not affect others."""

import json
import logging
from collections.abc import Callable, Mapping
from types import TracebackType
from typing import Any, Self, TypeAlias, cast, final

import anyio.abc
from mcp.client._transport import ReadStream, WriteStream
from mcp.shared.dispatcher import CallOptions, OnNotify, OnNotifyIntercept, OnRequest
from mcp.shared.jsonrpc_dispatcher import JSONRPCDispatcher
from mcp.shared.message import SessionMessage
from mcp.shared.transport_context import TransportContext
from mcp_types import ContentBlock
from pydantic import TypeAdapter, ValidationError

from mistral_funcs.toolkit.mcp.tool_schemas import RejectedSchema, repair

Streams: TypeAlias = tuple[ReadStream[SessionMessage | Exception], WriteStream[SessionMessage]]
"""The streams of received and of sent messages."""

MAX_MESSAGE_BYTES = 64 * 2**20
"""Size limit of a message of a server."""

CONTENT: TypeAdapter[Any] = TypeAdapter(ContentBlock)

logger = logging.getLogger("mistral_funcs")


@final
class Messages:
    """Requests to a server and its notifications, in the form that a `ClientSession` requires.

    Attributes:
        ended: Whether the connection has ended. All requests have failed, and no more are sent.
        rejected: Tools that the API would refuse, by name, with the reason.
    """

    def __init__(self, streams: Streams, when_ended: Callable[["Messages"], None]) -> None:
        """Use the streams of a connection.

        Args:
            streams: The streams.
            when_ended: Called when the connection ends.
        """
        received, sent = streams
        self._dispatcher: JSONRPCDispatcher[TransportContext] = JSONRPCDispatcher(
            _Received(received, self), sent
        )
        self._when_ended = when_ended
        self.ended = False
        self.rejected: dict[str, str] = {}

    async def send_raw_request(
        self, method: str, params: Mapping[str, Any] | None, opts: CallOptions | None = None
    ) -> dict[str, Any]:
        """Send a request. Return the result, with its invalid parts repaired or replaced.

        Raises:
            MCPError: The server responded with an error, or the connection ended.
        """
        result = await self._dispatcher.send_raw_request(method, params, opts)
        if method == "tools/list":
            return self._repair_tools(result)
        return _repair_content(result) if method == "tools/call" else result

    async def notify(
        self, method: str, params: Mapping[str, Any] | None, opts: CallOptions | None = None
    ) -> None:
        """Send a notification."""
        await self._dispatcher.notify(method, params, opts)

    async def run(
        self,
        on_request: OnRequest,
        on_notify: OnNotify,
        on_notify_intercept: OnNotifyIntercept | None = None,
        *,
        task_status: anyio.abc.TaskStatus[None] = anyio.TASK_STATUS_IGNORED,
    ) -> None:
        """Receive messages until the connection ends."""
        try:
            await self._dispatcher.run(
                on_request, on_notify, on_notify_intercept, task_status=task_status
            )
        finally:
            self.ended = True
            self._when_ended(self)

    def _repair_tools(self, result: dict[str, Any]) -> dict[str, Any]:
        """Return a page with the valid tools, reduced to name, schema and texts."""
        tools: list[dict[str, Any]] = []
        given: Any = result.get("tools")
        for index, tool in enumerate(_items(given)):
            match tool:
                case {"name": str() as name} if name:
                    try:
                        schema = repair(cast("dict[str, Any]", tool).get("inputSchema"))
                    except RejectedSchema as error:
                        self.rejected[name] = str(error)
                        continue
                    tools.append({"name": name, "inputSchema": schema, **_texts(tool)})
                case _:
                    self.rejected[f"#{index}"] = "it has no name"
        cursor = result.get("nextCursor")
        kept = {key: value for key, value in result.items() if key not in ("tools", "nextCursor")}
        return {
            **kept,
            "tools": tools,
            **({"nextCursor": cursor} if isinstance(cursor, str) else {}),
        }


@final
class _Received(ReadStream[SessionMessage | Exception]):
    """The stream of received messages. Its end is known before the requests fail."""

    def __init__(self, stream: ReadStream[SessionMessage | Exception], messages: Messages) -> None:
        self._stream = stream
        self._messages = messages

    @property
    def last_context(self) -> Any:
        """The context variables of the task that sent the last message."""
        return getattr(self._stream, "last_context", None)

    async def receive(self) -> SessionMessage | Exception:
        return await self._stream.receive()

    async def aclose(self) -> None:
        await self._stream.aclose()

    def __aiter__(self) -> Self:
        return self

    async def __anext__(self) -> SessionMessage | Exception:
        try:
            return await self._stream.__anext__()
        except BaseException:
            self._messages.ended = True
            raise

    async def __aenter__(self) -> Self:
        await self._stream.__aenter__()
        return self

    async def __aexit__(
        self,
        exc_type: type[BaseException] | None,
        exc_val: BaseException | None,
        exc_tb: TracebackType | None,
    ) -> bool | None:
        return await self._stream.__aexit__(exc_type, exc_val, exc_tb)


def _items(value: Any) -> list[Any]:
    """Return a list unchanged, and any other value in a list."""
    if isinstance(value, list):
        return cast("list[Any]", value)  # type: ignore[redundant-cast] # pyright requires it
    return [] if value is None else [value]


def _texts(tool: dict[str, Any]) -> dict[str, str]:
    """Return the description of a tool, or its title."""
    for key in ("description", "title"):
        if isinstance(tool.get(key), str):
            return {"description": tool[key]}
    return {}


def _repair_content(result: dict[str, Any]) -> dict[str, Any]:
    """Return a result of a tool with each block that is not valid replaced by its name."""
    if "inputRequests" in result or "requestState" in result:
        return result
    content = [_repair_block(block) for block in _items(result.get("content"))]
    structured = result.get("structuredContent")
    if structured is not None and not isinstance(structured, dict):
        content.append({"type": "text", "text": json.dumps(structured, ensure_ascii=False)})
        structured = None
    repaired: dict[str, Any] = {"content": content, "isError": result.get("isError") is True}
    if structured is not None:
        repaired["structuredContent"] = structured
    if isinstance(result.get("resultType"), str):
        repaired["resultType"] = result["resultType"]
    return repaired


def _repair_block(block: Any) -> Any:
    try:
        CONTENT.validate_python(block, by_name=False)
    except ValidationError:
        kind = cast("dict[str, Any]", block).get("type") if isinstance(block, dict) else None
        return {"type": "text", "text": f"[content of the type {kind!r}, which is not supported]"}
    return block
