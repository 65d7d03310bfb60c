"""A server in a child process, and its messages over standard input and output."""

import asyncio
import json
import logging
import math
import os
import shutil
import signal
from collections.abc import AsyncGenerator, Mapping, Sequence
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from types import TracebackType
from typing import Any, Self, cast, final

import anyio
import attrs
from mcp.client.stdio import get_default_environment
from mcp.shared.message import SessionMessage
from mcp_types import PARSE_ERROR, ErrorData, JSONRPCError, jsonrpc_message_adapter

from mistral_funcs.toolkit.mcp.session_messages import MAX_MESSAGE_BYTES, Streams

STDERR_BYTES = 64 * 2**10
"""Size of the end of the standard error that is kept."""

EXIT_SECONDS = 2.0
"""Time to exit by itself, after standard input is closed."""

TERMINATION_SECONDS = 1.0
"""Time to exit after SIGTERM, before SIGKILL."""

OUTPUT_SECONDS = 0.5
"""Time to read the remaining output after the exit. A grandchild may keep the pipe open."""

logger = logging.getLogger("mistral_funcs")


@final
@attrs.define(eq=False)
class ChildProcess:
    """A command that is started as a server.

    Attributes:
        command: The executable.
        args: Its arguments.
        env: Environment variables beside the few that are inherited.
        cwd: The working directory.
        stderr: The end of the standard error of the last process.
        ending: How the last process ended. Empty if it was running until the end of the session.
    """

    command: str
    args: Sequence[str] = ()
    env: Mapping[str, str] | None = attrs.field(default=None, repr=False)
    cwd: str | Path | None = None
    stderr: str = attrs.field(default="", init=False, repr=False)
    ending: str = attrs.field(default="", init=False)

    @asynccontextmanager
    async def connect(self) -> AsyncGenerator[Streams, None]:
        """Start the process. Leaving the block ends it.

        Raises:
            OSError: The process cannot be started.
            ValueError: An argument cannot be passed to a process.
        """
        env = {**get_default_environment(), **(self.env or {})}
        command = shutil.which(self.command, path=env.get("PATH")) or self.command
        self.stderr = self.ending = ""
        protocol = _Pipes(self.command)
        try:
            await asyncio.get_running_loop().subprocess_exec(
                lambda: protocol,
                command,
                *self.args,
                env=env,
                cwd=self.cwd,
                start_new_session=True,  # Ctrl-C in a terminal is not sent to the server.
            )
        except BaseException:
            protocol.close_streams()
            raise
        try:
            yield protocol.received, protocol
            await protocol.end()
        except asyncio.CancelledError:  # The event loop is closing: there is no time to wait.
            await protocol.kill()
            raise
        except BaseException:
            await protocol.end()
            raise
        finally:
            protocol.process.close()
            protocol.close_streams()
            self.stderr = protocol.stderr.decode("utf-8", "replace")
            self.ending = protocol.ending


@final
class _Pipes(asyncio.SubprocessProtocol):
    """The pipes of a process. Also the stream that messages are sent to."""

    process: asyncio.SubprocessTransport
    _input: asyncio.WriteTransport

    def __init__(self, name: str) -> None:
        self._name = name
        self._messages, self.received = anyio.create_memory_object_stream[
            SessionMessage | Exception
        ](math.inf)
        self._line: list[bytes] = []
        self._size = 0
        self._exited: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._is_ending = False
        self._is_too_large = False
        self._ended_itself = False
        self.stderr = b""

    # ---------------------------------------------------------------- called by the event loop

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.process = cast("asyncio.SubprocessTransport", transport)
        pipe = self.process.get_pipe_transport(0)
        self._input = cast("asyncio.WriteTransport", pipe)

    def pipe_data_received(self, fd: int, data: bytes) -> None:
        if fd == 2:
            self.stderr = (self.stderr + data)[-STDERR_BYTES:]
            logger.debug("%s: %s", self._name, data.decode("utf-8", "replace").rstrip())
            return
        first, *lines = data.split(b"\n")
        self._line.append(first)
        self._size += len(first)
        for line in lines:
            self._receive(b"".join(self._line))
            self._line, self._size = [line], len(line)
        if self._size > MAX_MESSAGE_BYTES:
            self._is_too_large = True
            self.stop_reading()

    def pipe_connection_lost(self, fd: int, exc: Exception | None) -> None:  # noqa: ARG002
        if fd != 2:
            self.stop_reading()

    def process_exited(self) -> None:
        self._exited.set_result(None)
        asyncio.get_running_loop().call_later(OUTPUT_SECONDS, self.stop_reading)

    # -------------------------------------------------------------------------------- messages

    def _receive(self, line: bytes) -> None:
        message = parse(line)
        if message is None:
            logger.debug("%s printed a line that is not a message", self._name)
            return
        with suppress(anyio.BrokenResourceError, anyio.ClosedResourceError):
            self._messages.send_nowait(message)

    def stop_reading(self) -> None:
        """End the stream of received messages. Safe to call twice."""
        self._ended_itself = self._ended_itself or not self._is_ending
        self._line, self._size = [], 0
        self._messages.close()

    def close_streams(self) -> None:
        """Close the streams of messages."""
        self.stop_reading()
        self.received.close()

    async def send(self, item: SessionMessage) -> None:
        """Send a message. If the process no longer reads it, the session is about to end."""
        text = item.message.model_dump_json(by_alias=True, exclude_unset=True)
        self._input.write(text.encode() + b"\n")

    async def aclose(self) -> None:
        """Close the standard input of the process. Safe to call twice."""
        self._is_ending = True
        self._input.close()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self,
        exc_type: type[BaseException] | None,
        exc_val: BaseException | None,
        exc_tb: TracebackType | None,
    ) -> None:
        await self.aclose()

    # ------------------------------------------------------------------------------ the ending

    async def end(self) -> None:
        """Close the standard input, then terminate the process if it does not exit."""
        await self.aclose()
        if await self._exits_within(EXIT_SECONDS):
            return
        self._signal(signal.SIGTERM)
        if not await self._exits_within(TERMINATION_SECONDS):
            await self.kill()

    @property
    def ending(self) -> str:
        """How the process ended, unless it was running until `end`."""
        if self._is_too_large:
            return f"sent a message of more than {MAX_MESSAGE_BYTES} bytes"
        if not self._ended_itself:
            return ""
        return f"ended with exit status {self.process.get_returncode()}"

    async def kill(self) -> None:
        """Kill the process and its children."""
        self._is_ending = True
        self._signal(getattr(signal, "SIGKILL", signal.SIGTERM))
        await self._exits_within(TERMINATION_SECONDS)

    def _signal(self, number: int) -> None:
        """Send a signal to the process group, or to the process on platforms without groups."""
        if self.process.get_returncode() is None:
            with suppress(OSError):
                getattr(os, "killpg", os.kill)(self.process.get_pid(), number)

    async def _exits_within(self, seconds: float) -> bool:
        """Return whether the process exits. It may leave children that keep its pipes open."""
        await asyncio.wait([self._exited], timeout=seconds)
        return self._exited.done()


def parse(line: bytes) -> SessionMessage | None:
    """Return the message in a line of output, or `None` if there is none.

    A response that is not valid becomes an error, because its request would wait for it.
    """
    with suppress(ValueError):
        return SessionMessage(jsonrpc_message_adapter.validate_json(line, by_name=False))
    try:
        value: Any = json.loads(line)
    except (ValueError, RecursionError):
        return None
    match value:
        case {"id": int() | str() as key, **rest} if "method" not in rest:
            error = ErrorData(code=PARSE_ERROR, message="The response is not valid")
            return SessionMessage(JSONRPCError(jsonrpc="2.0", id=key, error=error))
        case _:
            return None
