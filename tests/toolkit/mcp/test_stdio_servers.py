"""MCP servers in child processes: real and misbehaving ones."""

import asyncio
import logging
import os
import subprocess
import sys
import textwrap
import threading
import time
from collections.abc import AsyncGenerator, Mapping
from contextlib import AsyncExitStack
from pathlib import Path
from typing import Any

import pytest

from mistral_core import (
    APIConnectionError,
    Err,
    Failure,
    InvalidRequestError,
    Ok,
    RequestTimeoutError,
    ResponseValidationError,
    Result,
)
from mistral_funcs import McpServer, mcp_stdio
from mistral_funcs.schemas import AudioChunk, ImageURLChunk, TextChunk
from mistral_funcs.toolkit.mcp import child_process, session_opening, session_task
from mistral_funcs.toolkit.tools.runnable import ToolError
from tests.toolkit.mcp.serving import MISBEHAVING, REAL, call, misbehaving, tools_of, until

PYTHON = Path(sys.executable).name
"""The name of the command in the names of servers."""

ROOT = Path(__file__).parents[3]


@pytest.fixture
async def real() -> AsyncGenerator[McpServer, None]:
    """A server written with the package `mcp`."""
    async with (await mcp_stdio(sys.executable, REAL)).unwrap() as server:
        yield server


async def opened(beginning: str, **options: Any) -> Result[McpServer, Failure]:
    """Open the misbehaving server. It may fail."""
    return await mcp_stdio(sys.executable, "-I", "-S", MISBEHAVING, beginning, **options)


def children() -> set[int]:
    """Return the process IDs of the child processes."""
    listed = subprocess.run(  # noqa: S603
        ["ps", "-ww", "-o", "pid=,args=", "--ppid", str(os.getpid())],  # noqa: S607
        capture_output=True,
        text=True,
        check=False,
    )
    return {int(line.split()[0]) for line in listed.stdout.splitlines() if "_server.py" in line}


# ----------------------------------------------------------------------------- well-behaved servers


async def test_tools_have_everything_the_model_needs(real: McpServer) -> None:
    """Name, description, schema, the server's instructions, and results with all content."""
    add = tools_of(real)["add"]
    assert add.definition.description == "Add two numbers."
    assert add.definition.parameters["required"] == ["a"]
    assert (add.confirm, add.timeout) == (False, 60)
    assert real.instructions == "Add before you multiply."
    assert repr(real) == f"<McpServer MCP server `{PYTHON}`: 10 tools>"
    assert await add.run({"a": 1}) == "2"

    assert await call(real, "shout_loudly", text="é") == "É"  # The server's name has a dot.
    assert len(await call(real, "huge", megabytes=3)) == 3 * 2**20
    environment = str(await call(real, "environment"))
    assert "PATH" in environment
    assert "MISTRAL_API_KEY" not in environment

    with pytest.raises(ToolError, match=r"^Ask for less\.$"):
        await call(real, "refuse")
    with pytest.raises(ToolError, match="Error executing tool fail"):
        await call(real, "fail", text="x")
    assert await call(real, "media") == (
        "Here:\n[image (image/png, 6 bytes), not shown]\n[audio (audio/wav, 6 bytes), not shown]\n"
        "[resource file:///notes.txt (text/plain): notes]\n[resource file:///a.txt]\nText of a.\n"
        "[resource file:///b.bin (application/zip, 6 bytes), not shown]"
    )

    assert await call(real, "learn") == "ok"
    await until(lambda: "learned" in tools_of(real))
    assert await call(real, "learned") == "new"


async def test_killed_process_fails_its_calls_and_is_restarted(
    real: McpServer, caplog: pytest.LogCaptureFixture
) -> None:
    """Running calls are not repeated. The next call starts the server again."""
    with caplog.at_level(logging.CRITICAL, "mistral_funcs"):
        sleeping = asyncio.create_task(call(real, "sleep", seconds=60))
        assert await call(real, "add", a=1) == "2"
        for dying in (call(real, "die"), sleeping):
            with pytest.raises(ToolError, match="ended with exit status 3") as raised:
                await dying
            assert isinstance(raised.value.__cause__, APIConnectionError)
        assert await call(real, "add", a=2) == "3"


async def test_options_choose_tools_and_what_they_require() -> None:
    """A prefix distinguishes servers. The options use the server's names."""
    async with misbehaving(
        prefix="first_",
        include=["well", "null", "text"],
        exclude={"text"},
        confirm=["null"],
        timeout=5,
    ) as server:
        tools = tools_of(server)
        assert [*tools] == ["first_well", "first_null"]
        assert [tool.confirm for tool in tools.values()] == [False, True]
        assert tools["first_well"].timeout == 5
        assert await tools["first_well"].run({}) == "well"
    async with misbehaving(confirm=True) as server:
        assert all(tool.confirm for tool in server.current_tools())


async def test_media_are_passed_on_demand() -> None:
    """As chunks, for models that accept images in results of tools."""
    result = await mcp_stdio(sys.executable, REAL, media=True, include=["media"])
    async with result.unwrap() as server:
        chunks = await call(server, "media")
    assert [type(chunk) for chunk in chunks] == [
        *(TextChunk, ImageURLChunk, AudioChunk),
        *(TextChunk, TextChunk, TextChunk),
    ]
    assert chunks[1] == ImageURLChunk(image_url="data:image/png;base64,aW1hZ2U=")


# -------------------------------------------------------------------- servers that cannot be opened

CANNOT_BE_OPENED: list[tuple[str, Mapping[str, Any], type[Failure], str]] = [
    ("dies", {}, APIConnectionError, r"exit status 7. Its last output: ModuleNotFound.*'x'"),
    ("hangs", {"connect_timeout": 0.1}, RequestTimeoutError, "opened no session within 0.1 s"),
    ("refuses", {}, APIConnectionError, "refused the session: Not today"),
    ("invalid", {}, ResponseValidationError, "sent a response that is not valid"),
    ("future", {}, APIConnectionError, "Unsupported protocol version .*2999-01-01"),
    ("well", {"include": ["well", "wel"]}, InvalidRequestError, "`include` names a tool .* 'wel'"),
    ("well", {"exclude": ["x"]}, InvalidRequestError, "`exclude` names a tool"),
    ("well", {"confirm": ["x"]}, InvalidRequestError, "`confirm` names a tool"),
    ("well", {"timeout": 0}, InvalidRequestError, "`timeout` must be positive and finite, got 0"),
    ("well", {"connect_timeout": float("inf")}, InvalidRequestError, "`connect_timeout` must be"),
]


@pytest.mark.parametrize(("beginning", "options", "kind", "message"), CANNOT_BE_OPENED)
async def test_server_that_cannot_be_opened_is_an_err(
    beginning: str, options: Mapping[str, Any], kind: type[Failure], message: str
) -> None:
    """With the reason. Its process is ended."""
    result = await opened(beginning, **options)
    assert isinstance(result, Err)
    assert isinstance(result.error, kind)
    assert result.error.message.startswith(("MCP server `python", "The session with MCP", "`"))
    with pytest.raises(kind, match=message):
        result.unwrap()
    await until(lambda: not children())


@pytest.mark.parametrize(
    ("command", "message"),
    [("no-such-command", "No such file"), ("with\0null", "null byte")],
)
async def test_command_that_cannot_be_started_is_an_err(command: str, message: str) -> None:
    """An `InvalidRequestError` that names the command."""
    result = await mcp_stdio(command)
    assert isinstance(result, Err)
    assert isinstance(result.error, InvalidRequestError)
    assert command in result.error.message
    assert message in result.error.message


async def test_opening_can_be_cancelled() -> None:
    """No process is left."""
    before = asyncio.all_tasks()
    opening = asyncio.create_task(opened("hangs"))
    await until(lambda: bool(children()))
    opening.cancel()
    with pytest.raises(asyncio.CancelledError):
        await opening
    assert not children()
    assert asyncio.all_tasks() == before


# ------------------------------------------------------------------------------ misbehaving servers


async def test_invalid_tools_do_not_affect_others() -> None:
    """Their schemas are repaired, or the tool is left out with a reason for the caller."""
    async with misbehaving() as server:
        parameters = {name: tool.definition.parameters for name, tool in tools_of(server).items()}
        rejected = dict(server.rejected)
    nothing: dict[str, Any] = {"type": "object", "properties": {}}
    tags: dict[str, Any] = {"tags": {"type": "array", "items": {}}}
    assert parameters.pop("blocks") == {"type": "object", "properties": tags}
    assert parameters == dict.fromkeys(
        [
            "well",
            "null",
            "numbered",
            "list",
            "silent",
            "endless",
            "error",
            "input",
            "text",
            "closes",
            "forgets",
        ],
        nothing,
    )
    assert rejected == {
        "scalar": "its schema must be of type 'object', not 'string'",
        "no-object": "its schema must be an object, not list",
        "invalid": (
            "its schema is not valid at 'properties/a/type': "
            "5 is not valid under any of the given schemas"
        ),
        "#16": "it has no name",
        "#17": "it has no name",
    }


FAILING: list[tuple[str, str]] = [
    ("null", "The response is not valid"),
    ("numbered", "The response is not valid"),
    ("silent", r"No result within 0\.3 s"),
    ("error", "Connection closed"),
    ("input", "The result is not valid: ValidationError"),
]
REPAIRED: list[tuple[str, str]] = [
    ("list", "[content of the type None, which is not supported]\n[1, 2]"),
    ("text", '{"only": "structured"}'),
    (
        "blocks",
        (
            "[content of the type 'video', which is not supported]\n"
            "[content of the type 'text', which is not supported]\n"
            "[content of the type None, which is not supported]\n"
            '{"a": 1}'
        ),
    ),
]


async def test_invalid_results_fail_one_call() -> None:
    """Their valid parts reach the model, and the session remains."""
    async with misbehaving(timeout=0.3) as server:
        for name, message in FAILING:
            with pytest.raises(ToolError, match=message):
                await call(server, name)
        for name, text in REPAIRED:
            assert await call(server, name) == text
        assert await call(server, "well") == "well"


@pytest.mark.parametrize("beginning", ["modern", "noisy"])
async def test_server_with_another_startup_is_supported(beginning: str) -> None:
    """One with only the newest protocol, and one that prints to standard output."""
    async with misbehaving(beginning) as server:
        if beginning == "modern":
            await until(lambda: "later" in tools_of(server))
            with pytest.raises(ToolError, match="requires input from the user"):
                await call(server, "input")
        assert await call(server, "well") == "well"


async def test_repeated_cursor_ends_the_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    """Otherwise they would never end."""
    async with misbehaving("pages") as server:
        assert [*tools_of(server)] == ["tool_0", "tool_1", "tool_2"]
    async with misbehaving("no-tools") as server:
        assert not server.current_tools()
    monkeypatch.setattr(session_task, "MAX_PAGES", 2)
    async with misbehaving("pages") as server:
        assert [*tools_of(server)] == ["tool_0", "tool_1"]


async def test_tools_remain_if_they_cannot_be_listed_again(
    caplog: pytest.LogCaptureFixture,
) -> None:
    """The failure is logged."""
    with caplog.at_level(logging.WARNING, "mistral_funcs"):
        async with misbehaving() as server:
            before = server.current_tools()
            assert await call(server, "forgets") == "well"
            await until(lambda: "cannot be listed: MCPError" in caplog.text)
            assert server.current_tools() is before


async def test_call_at_the_end_of_a_session_is_sent_in_the_next(
    caplog: pytest.LogCaptureFixture,
) -> None:
    """An unsent call is not lost, unless nobody waits for it."""
    with caplog.at_level(logging.CRITICAL, "mistral_funcs"):
        async with misbehaving() as server:
            session = server._session
            first = session._messages
            assert first is not None
            cancelled: asyncio.Future[Any] = asyncio.get_running_loop().create_future()
            cancelled.cancel()
            unread = session_task.ToolCall("silent", {}, cancelled)
            session._queue.put_nowait(unread)
            assert await call(server, "well") == "well"
            first.ended = True
            assert await call(server, "well") == "well"
            assert session._messages is not first
            unread.fail("too late")
            session._queue.put_nowait(unread)


@pytest.mark.parametrize(
    ("tool", "message"),
    [("endless", "more than 300000 bytes"), ("closes", "ended with exit status 0")],
)
async def test_server_that_breaks_the_connection_is_restarted(
    tool: str, message: str, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """Its process is ended, the call fails, and the next call starts it again."""
    monkeypatch.setattr(child_process, "MAX_MESSAGE_BYTES", 300_000)
    monkeypatch.setattr(child_process, "EXIT_SECONDS", 0.1)
    with caplog.at_level(logging.WARNING, "mistral_funcs"):
        async with misbehaving() as server:
            first = children()
            with pytest.raises(ToolError, match=message):
                await call(server, tool)
            assert not children() & first
            assert await call(server, "well") == "well"
    assert message in caplog.text


async def test_calls_run_concurrently_and_can_be_cancelled(real: McpServer) -> None:
    """Cancelling a call does not affect others."""
    slow = [asyncio.create_task(call(real, "sleep", seconds=60)) for _ in range(3)]
    assert await asyncio.gather(*(call(real, "add", a=n) for n in range(20))) == [
        str(n + 1) for n in range(20)
    ]
    for task in slow:
        task.cancel()
    await asyncio.wait(slow)
    assert all(task.cancelled() for task in slow)
    assert await call(real, "add", a=1) == "2"


async def test_standard_error_is_logged(
    capfd: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    """At level DEBUG, rather than on the terminal."""
    with caplog.at_level(logging.DEBUG, "mistral_funcs"):
        async with (await mcp_stdio(sys.executable, REAL)).unwrap():
            await until(lambda: "a line for whoever watches" in caplog.text)
    assert capfd.readouterr() == ("", "")


# ------------------------------------------------------------------------------------------ closing


async def test_process_that_ignores_signals_is_killed(monkeypatch: pytest.MonkeyPatch) -> None:
    """No zombie is left."""
    monkeypatch.setattr(child_process, "EXIT_SECONDS", 0.05)
    monkeypatch.setattr(child_process, "TERMINATION_SECONDS", 0.5)
    async with misbehaving("deaf"):
        assert children()
    assert not children()


async def test_servers_close_in_any_order_and_from_any_task() -> None:
    """Twice, from another task, with a running call. Later calls fail at once."""
    async with AsyncExitStack() as stack:
        servers = [await stack.enter_async_context(misbehaving()) for _ in range(3)]
        tools = [tools_of(server) for server in servers]
        waiting = asyncio.create_task(tools[0]["silent"].run({}))
        await asyncio.sleep(0)
        await asyncio.gather(*(asyncio.create_task(server.aclose()) for server in servers[:2]))
        await servers[0].aclose()
        for late in (waiting, tools[1]["well"].run({})):
            with pytest.raises(ToolError, match="The MCP server has been closed"):
                await late
        assert await tools[2]["well"].run({}) == "well"
    assert not children()


async def test_closing_can_be_cancelled(monkeypatch: pytest.MonkeyPatch) -> None:
    """The process is ended nevertheless."""
    monkeypatch.setattr(child_process, "EXIT_SECONDS", 0.05)
    monkeypatch.setattr(child_process, "TERMINATION_SECONDS", 0.2)
    server = (await opened("deaf")).unwrap()
    closing = asyncio.create_task(server.aclose())
    await asyncio.sleep(0.01)
    closing.cancel()
    with pytest.raises(asyncio.CancelledError):
        await closing
    await until(lambda: not children())
    await server.aclose()


async def test_closing_during_a_restart_is_fast(caplog: pytest.LogCaptureFixture) -> None:
    """Neither closing nor the waiting call uses up the time limit."""
    with caplog.at_level(logging.CRITICAL, "mistral_funcs"):
        async with misbehaving() as server:
            tool = tools_of(server)["well"]
            with pytest.raises(ToolError):
                await call(server, "closes")
            tool.session._endpoint.process.args = ("-I", "-S", MISBEHAVING, "hangs")  # type: ignore[attr-defined]
            waiting = asyncio.create_task(tool.run({}))
            await until(lambda: bool(children()))
        with pytest.raises(ToolError, match="has been closed"):
            await waiting
    assert not children()


async def test_server_that_does_not_restart_fails_its_calls(
    caplog: pytest.LogCaptureFixture,
) -> None:
    """All waiting calls fail, and the next one tries again. Closing is fast."""
    with caplog.at_level(logging.CRITICAL, "mistral_funcs"):
        async with misbehaving() as server:
            tool = tools_of(server)["well"]
            process: Any = tool.session._endpoint.process  # type: ignore[attr-defined]
            with pytest.raises(ToolError):
                await call(server, "closes")
            process.args = ("-I", "-S", MISBEHAVING, "dies")
            outcomes = await asyncio.gather(tool.run({}), tool.run({}), return_exceptions=True)
            assert [str(each) for each in outcomes] == [
                f"MCP server `{PYTHON}` ended with exit status 7"
            ] * 2
            process.args = ("-I", "-S", MISBEHAVING, "well")
            assert await tool.run({}) == "well"
            with pytest.raises(ToolError):
                await call(server, "closes")


async def test_closing_has_a_time_limit(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """A session that does not end in time is cancelled, and its process killed."""
    monkeypatch.setattr(child_process, "EXIT_SECONDS", 60)
    monkeypatch.setattr(session_task, "CLOSING_SECONDS", 0.1)
    with caplog.at_level(logging.WARNING, "mistral_funcs"):
        async with misbehaving("deaf"):
            pass
        await until(lambda: not children())
    assert "is not closed yet" in caplog.text


def test_event_loop_ends_with_an_open_server() -> None:
    """`asyncio.run` returns at once, whether the server was entered or not."""
    servers: list[McpServer] = []

    async def main() -> None:
        result = await opened("deaf")
        servers.append(result.unwrap())
        assert children()

    started = time.monotonic()
    asyncio.run(main())
    assert time.monotonic() - started < 20
    assert not children()
    server = servers.pop()
    asyncio.run(server.aclose())
    del server


async def test_server_of_another_event_loop_cannot_be_called() -> None:
    """It can be closed from there."""
    async with misbehaving() as server:
        tool = tools_of(server)["well"]
        errors: list[BaseException] = []

        async def elsewhere() -> None:
            try:
                await tool.run({})
            except RuntimeError as error:
                errors.append(error)
            await server.aclose()

        thread = threading.Thread(target=lambda: asyncio.run(elsewhere()))
        thread.start()
        await until(lambda: not thread.is_alive())
        assert [str(each) for each in errors] == ["The MCP server was opened in another event loop"]
        await until(lambda: not children())


async def test_dropped_server_is_closed() -> None:
    """With a warning, like other resources."""
    server = (await opened("well")).unwrap()
    with pytest.warns(ResourceWarning, match="was not closed"):
        del server
    await until(lambda: not children())


async def test_process_that_ended_is_not_killed() -> None:
    """Another process may have its ID by then."""
    process = child_process.ChildProcess(sys.executable, ["-I", "-S", "-c", ""])
    connection = process.connect()
    received, pipes = await connection.__aenter__()
    assert [message async for message in received] == []
    await until(lambda: vars(pipes)["process"].get_returncode() is not None)
    assert not await connection.__aexit__(asyncio.CancelledError, asyncio.CancelledError(), None)
    assert process.ending == "ended with exit status 0"


async def test_missing_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    """The functions can be imported, but not called."""
    name = session_opening.__name__
    monkeypatch.delattr(sys.modules[name.rpartition(".")[0]], "session_opening")
    monkeypatch.setitem(sys.modules, name, None)
    with pytest.raises(ModuleNotFoundError, match=r"the extra `mcp` installs"):
        await mcp_stdio("python")


def test_program_without_the_extra_says_what_to_install() -> None:
    """Connectors over plain HTTP do not need it."""
    program = """
        import asyncio, sys
        sys.modules["mcp"] = None
        from mistral_funcs import *
        try:
            asyncio.run(mcp_stdio("python"))
        except ModuleNotFoundError as error:
            print(error)
    """
    done = subprocess.run(  # noqa: S603
        [sys.executable, "-c", textwrap.dedent(program)],
        capture_output=True,
        text=True,
        cwd=ROOT,
        check=False,
    )
    text = "MCP servers require the package `mcp`, which the extra `mcp` installs\n"
    assert (done.stdout, done.stderr) == (text, "")


def test_result_can_be_matched() -> None:
    """An example that type checkers accept."""

    async def main() -> str:
        match await opened("well"):
            case Ok(server):
                async with server:
                    return str(await call(server, "well"))
            case Err(failure):
                return str(failure)

    assert asyncio.run(main()) == "well"
