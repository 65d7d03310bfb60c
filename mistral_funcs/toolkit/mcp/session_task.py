"""The task that owns a session. All others reach the session through its queue."""

import asyncio
import enum
import logging
from asyncio import Future, Queue, Task, TaskGroup
from collections.abc import Mapping
from contextlib import AsyncExitStack, suppress
from functools import partial
from typing import Any, TypeAlias, cast, final

import attrs
from mcp.client import ClientSession
from mcp.client.session import IncomingMessage
from mcp.client.subscriptions import listen
from mcp.shared.exceptions import MCPError
from mcp_types import (
    METHOD_NOT_FOUND,
    UNSUPPORTED_PROTOCOL_VERSION,
    CallToolRequest,
    CallToolRequestParams,
    CallToolResult,
    Implementation,
    InputRequiredResult,
    PaginatedRequestParams,
    Tool,
    ToolListChangedNotification,
)
from pydantic import TypeAdapter

from mistral_core import Failure, SDKError, __version__
from mistral_funcs.toolkit.mcp.session_failures import Endpoint, failure_of
from mistral_funcs.toolkit.mcp.session_messages import Messages
from mistral_funcs.toolkit.tools.runnable import ToolError

CLOSING_SECONDS = 10.0
"""Time to close a session, before its task is cancelled."""

MAX_PAGES = 1_000

CLOSED = "The MCP server has been closed"

RESULT: TypeAdapter[CallToolResult | InputRequiredResult] = TypeAdapter(
    CallToolResult | InputRequiredResult
)

logger = logging.getLogger("mistral_funcs")


class Signal(enum.Enum):
    """A message without data for the task."""

    CLOSE = enum.auto()
    TOOLS_CHANGED = enum.auto()


@final
@attrs.frozen(eq=False)
class Broken:
    """The end of a connection.

    Attributes:
        messages: The messages of the connection.
        failure: Why it ended, if known.
    """

    messages: Messages | None
    failure: Failure | None = None


@final
@attrs.define(eq=False)
class ToolCall:
    """A call that waits for its result.

    Attributes:
        name: Name of the tool at the server.
        arguments: The arguments.
        result: The result. Cancelling it cancels the call.
        repeated: Whether the call was sent before, in a session that the server did not know.
    """

    name: str
    arguments: dict[str, Any]
    result: Future[CallToolResult]
    repeated: bool = False

    def fail(self, message: str, cause: Exception | None = None) -> None:
        """End the call with an error, unless it has ended."""
        error = ToolError(message)
        error.__cause__ = cause
        with suppress(asyncio.InvalidStateError):
            self.result.set_exception(error)

    def succeed(self, result: CallToolResult) -> None:
        """End the call with a result, unless it has ended."""
        with suppress(asyncio.InvalidStateError):
            self.result.set_result(result)


Item: TypeAlias = ToolCall | Signal | Broken


@final
class SessionTask:
    """The owner of a session with a server.

    A session that is lost is opened again for the next call. Calls that were running fail: they
    are not repeated, because the server may have executed them.

    Attributes:
        tools: The valid tools of the server.
        rejected: Tools that the API would refuse, by name, with the reason.
        instructions: The server's instructions for the model, if any.
    """

    def __init__(self, endpoint: Endpoint, connect_timeout: float) -> None:
        """Prepare a session.

        Args:
            endpoint: Connects to the server.
            connect_timeout: Time limit to open a session, in seconds.
        """
        self.tools: tuple[Tool, ...] = ()
        self.rejected: Mapping[str, str] = {}
        self.instructions: str | None = None
        self._endpoint = endpoint
        self._connect_timeout = connect_timeout
        self._loop = asyncio.get_running_loop()
        self._queue: Queue[Item] = Queue()
        self._running: set[ToolCall] = set()
        self._messages: Messages | None = None
        self._listing = asyncio.Lock()
        self._serving = False
        self._task: Task[None] | None = None

    # --------------------------------------------------------------------- for all other tasks

    async def open(self) -> Failure | None:
        """Open the session. Return the failure if that is not possible."""
        opened: Future[Failure | None] = self._loop.create_future()
        task = self._task = self._loop.create_task(
            self._own(opened), name=f"MCP {self._endpoint.name}"
        )
        waited: list[Future[Any]] = [task, opened]
        try:
            await asyncio.wait(waited, return_when=asyncio.FIRST_COMPLETED)
        except BaseException:
            await self.close()
            raise
        return opened.result()

    async def call(self, name: str, arguments: Mapping[str, Any], limit: float) -> CallToolResult:
        """Call a tool.

        Raises:
            ToolError: No result.
            RuntimeError: The server was opened in another event loop.
        """
        if asyncio.get_running_loop() is not self._loop:
            raise RuntimeError("The MCP server was opened in another event loop")
        if self._task is None or self._task.done():
            raise ToolError(CLOSED)
        call = ToolCall(name, {**arguments}, self._loop.create_future())
        self._queue.put_nowait(call)
        try:
            async with asyncio.timeout(limit):
                return await call.result
        except TimeoutError:
            raise ToolError(f"No result within {limit:g} s") from None

    async def close(self) -> None:
        """Close the session. Safe to call twice, and from any task or event loop."""
        task = self._task
        if task is None or task.done():
            return
        if asyncio.get_running_loop() is not self._loop:
            self.close_soon()
            return
        self._queue.put_nowait(Signal.CLOSE)
        if not self._serving:
            task.cancel()
        _, late = await asyncio.wait({task}, timeout=CLOSING_SECONDS)
        if late:
            logger.warning("%s is not closed yet; its task is cancelled", self._endpoint.name)
            task.cancel()
            await asyncio.wait({task}, timeout=CLOSING_SECONDS)

    def close_soon(self) -> None:
        """Close the session without waiting for it, from any thread."""
        with suppress(RuntimeError):  # The event loop is closed.
            self._loop.call_soon_threadsafe(self._queue.put_nowait, Signal.CLOSE)

    @property
    def is_open(self) -> bool:
        """Whether the task runs."""
        return self._task is not None and not self._task.done() and not self._loop.is_closed()

    # ------------------------------------------------------------------------- in the own task

    async def _own(self, opened: Future[Failure | None]) -> None:
        """Open the session, and open it again for the next call after it is lost."""
        call: ToolCall | None = None
        try:
            while True:
                failure = await self._session(opened, call)
                if failure is None:
                    return
                if not opened.done():
                    opened.set_result(failure)
                    return
                logger.warning("%s", failure)
                self._fail_all(failure.message, failure)
                call = await self._next_call()
                if call is None:
                    return
        finally:
            self._fail_queued(CLOSED)
            self._fail_all(CLOSED)
            if not opened.done():
                opened.cancel()

    async def _next_call(self) -> ToolCall | None:
        """Return the next call that has not been cancelled, or `None` to close."""
        self._serving = True
        while True:
            item = await self._queue.get()
            if item is Signal.CLOSE:
                return None
            if isinstance(item, ToolCall) and not item.result.done():
                return item

    def _fail_queued(self, message: str, cause: Exception | None = None) -> None:
        """End the calls that were not sent. All other items remain in the queue."""
        for _ in range(self._queue.qsize()):
            item = self._queue.get_nowait()
            if isinstance(item, ToolCall):
                item.fail(message, cause)
            else:
                self._queue.put_nowait(item)

    def _fail_all(self, message: str, cause: Exception | None = None) -> None:
        for call in self._running:
            call.fail(message, cause)
        self._running.clear()

    async def _session(
        self, opened: Future[Failure | None], call: ToolCall | None
    ) -> Failure | None:
        """Run a session. Return why it ended, or `None` if it was closed."""
        self._serving = False
        if call is not None:
            self._queue.put_nowait(call)
        failure: Failure | None = None
        error: Exception | None = None
        connected = False
        try:
            async with TaskGroup() as tasks, AsyncExitStack() as stack:
                async with asyncio.timeout(self._connect_timeout):
                    session = await self._connect(stack)
                self._serving = connected = True
                if not opened.done():
                    opened.set_result(None)
                if session.discover_result is not None:
                    tasks.create_task(self._listen(session))
                ended = await self._serve(session, tasks)
                if ended is None:
                    return None
                failure = ended.failure
        except Exception as caught:  # noqa: BLE001 - whatever a transport raises ends a session
            error = caught
        finally:
            self._serving = False
        failure = failure or failure_of(error, self._endpoint, self._connect_timeout)
        if not connected:
            self._fail_queued(failure.message, failure)
        return failure

    async def _connect(self, stack: AsyncExitStack) -> ClientSession:
        """Connect to the server, and list its tools."""
        streams = await stack.enter_async_context(self._endpoint.connect(self._put_broken))
        messages = self._messages = Messages(
            streams, lambda each: self._queue.put_nowait(Broken(each))
        )
        session = await stack.enter_async_context(
            ClientSession(
                dispatcher=messages,
                message_handler=self._notified,
                client_info=Implementation(name="mistral-funcs", version=__version__),
            )
        )
        await _negotiate(session)
        self.instructions = session.instructions
        await self._list(session, messages)
        return session

    def _put_broken(self, failure: Failure) -> None:
        self._queue.put_nowait(Broken(self._messages, failure))

    async def _serve(self, session: ClientSession, tasks: TaskGroup) -> Broken | None:
        """Serve the queue until the connection ends, or return `None` to close."""
        messages = cast("Messages", self._messages)
        while True:
            match await self._queue.get():
                case Signal.CLOSE:
                    return None
                case Signal.TOOLS_CHANGED:
                    tasks.create_task(self._refresh(session, messages))
                case Broken() as broken:
                    if broken.messages is messages:
                        return broken
                case call:
                    if messages.ended:
                        self._queue.put_nowait(call)
                        return Broken(messages)
                    if not call.result.done():
                        task = tasks.create_task(self._send(session, messages, call))
                        self._running.add(call)
                        call.result.add_done_callback(partial(_cancel, task))

    async def _send(self, session: ClientSession, messages: Messages, call: ToolCall) -> None:
        """Send a call, and set its result."""
        params = CallToolRequestParams(name=call.name, arguments=call.arguments)
        try:
            result = await session.send_request(CallToolRequest(params=params), RESULT)
        except asyncio.CancelledError:
            self._running.discard(call)
            raise
        except MCPError as error:
            if messages.ended:
                return  # The call remains in `_running`, and fails with the reason of the end.
            failure = self._endpoint.failure_of(error)
            if _is_unknown_session(failure, error) and not call.repeated:
                call.repeated = True
                self._queue.put_nowait(Broken(messages, failure))
                self._queue.put_nowait(call)
            else:
                call.fail(failure.message if failure else error.message, failure or error)
        except Exception as error:  # noqa: BLE001 - such as a result that is not valid
            call.fail(f"The result is not valid: {type(error).__name__}", error)
        else:
            if isinstance(result, InputRequiredResult):
                call.fail("The tool requires input from the user, which is not supported")
            else:
                call.succeed(result)
        self._running.discard(call)

    # ---------------------------------------------------------------------------------- tools

    async def _notified(self, message: IncomingMessage) -> None:
        if isinstance(message, ToolListChangedNotification):
            self._queue.put_nowait(Signal.TOOLS_CHANGED)

    async def _listen(self, session: ClientSession) -> None:
        """Subscribe to changes of the tools, which newer servers do not send otherwise."""
        try:
            async with listen(session, tools_list_changed=True) as changes:
                async for _ in changes:
                    self._queue.put_nowait(Signal.TOOLS_CHANGED)
        except Exception as error:  # noqa: BLE001
            logger.debug("%s: no changes of the tools: %r", self._endpoint.name, error)

    async def _refresh(self, session: ClientSession, messages: Messages) -> None:
        try:
            async with self._listing, asyncio.timeout(self._connect_timeout):
                await self._list(session, messages)
        except Exception as error:  # noqa: BLE001
            logger.warning("%s: the tools cannot be listed: %r", self._endpoint.name, error)

    async def _list(self, session: ClientSession, messages: Messages) -> None:
        """List the tools of all pages."""
        tools: dict[str, Tool] = {}
        messages.rejected = {}
        cursors: list[str | None] = [None]
        while len(cursors) <= MAX_PAGES:
            params = PaginatedRequestParams(cursor=cursors[-1]) if cursors[-1] else None
            page = await session.list_tools(params=params)
            for tool in page.tools:
                tools.setdefault(tool.name, tool)
            if page.next_cursor is None or page.next_cursor in cursors:
                break
            cursors.append(page.next_cursor)
        for name, reason in messages.rejected.items() - self.rejected.items():
            logger.warning("%s: the tool %r is left out: %s", self._endpoint.name, name, reason)
        self.tools, self.rejected = tuple(tools.values()), dict(messages.rejected)


def _cancel(task: Task[None], _: object) -> None:
    task.cancel()


def _is_unknown_session(failure: Failure | None, error: MCPError) -> bool:
    """Return whether the server does not know the session, so that it executed nothing."""
    if isinstance(failure, SDKError):
        return failure.status == 404
    return error.message == "Session terminated"


async def _negotiate(session: ClientSession) -> None:
    """Begin a session, of the newest protocol with servers that know no other.

    Older protocols send changes of the tools without a subscription.
    """
    try:
        await session.initialize()
    except MCPError as error:
        if error.code not in (UNSUPPORTED_PROTOCOL_VERSION, METHOD_NOT_FOUND):
            raise
        await session.discover()
