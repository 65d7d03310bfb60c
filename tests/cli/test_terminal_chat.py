"""`mistral-funcs chat`: a conversation over pipes and on a terminal."""

import asyncio
import builtins
import io
import json
import os
import pty
import select
import signal
import subprocess
import sys
from collections.abc import AsyncGenerator, Generator, Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from mistral_core import Request, Response
from mistral_core.http.headers import Headers
from mistral_core.http.text import UNSAFE
from mistral_core.testing import stream_response
from mistral_funcs import agents_stream, chat_stream
from mistral_funcs.cli.terminal_chat import KEYS, NO_TEXT
from mistral_funcs.sandbox import Sandbox
from tests.cli.program_runs import Outcome, Run
from tests.cli.test_harmless import EVIL, assert_harmless

BROKEN = 418  # This status is not retried.
TOOL_CALL = {
    "index": 0,
    "delta": {
        "tool_calls": [
            {"id": "aaaaaaaaa", "function": {"name": "f", "arguments": "{}"}, "index": 0}
        ]
    },
    "finish_reason": "tool_calls",
}


def event(**choice: Any) -> bytes:
    """Return an event with one choice."""
    chunk = {"id": "c", "model": "m", "choices": [{"index": 0, "finish_reason": None, **choice}]}
    return f"data: {json.dumps(chunk)}\n\n".encode()


def interrupted(*texts: str) -> Response:
    """Return a stream that raises KeyboardInterrupt instead of ending."""

    async def stream() -> AsyncGenerator[bytes, None]:
        for text in texts:
            yield event(delta={"content": text})
        signal.raise_signal(signal.SIGINT)
        await asyncio.Event().wait()

    return Response(200, Headers([("content-type", "text/event-stream")]), stream=stream())


def endless(text: str) -> Response:
    """Return a stream that sends one part of a text and then stays silent."""

    async def stream() -> AsyncGenerator[bytes, None]:
        yield event(delta={"content": text})
        while True:
            await asyncio.sleep(0.02)
            yield b": still here\n\n"

    return Response(200, Headers([("content-type", "text/event-stream")]), stream=stream())


def body_of(request: Request) -> Any:
    """Return the JSON of a request."""
    assert isinstance(request.body, bytes)
    return json.loads(request.body)


def sent(sandbox: Sandbox) -> list[list[tuple[str, str]]]:
    """Return the roles and contents of the messages of each chat request."""
    bodies = [body_of(each) for each in sandbox.requests if "chat/" in each.url]
    return [[(each["role"], each["content"]) for each in body["messages"]] for body in bodies]


@pytest.fixture
def typed(run: Run, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Return a function that runs a chat with these lines in a pipe."""

    def chat(text: str, *words: str) -> Outcome:
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(text.encode()), "utf-8"))
        return run("--sandbox", "chat", *words)

    return chat


# -------------------------------------------------------------------------------------------- pipes


def test_each_line_is_a_message(typed: Run, sandbox: Sandbox) -> None:
    """The history is kept, blank lines are ignored, and only responses are printed."""
    outcome = typed("one\n\n  two  \n", "--system", "Be kind.")
    assert outcome == Outcome(0, "You said: one\nYou said: two\n", "")
    first = [("system", "Be kind."), ("user", "one")]
    assert sent(sandbox)[0] == first
    assert sent(sandbox)[1] == [*first, ("assistant", "You said: one"), ("user", "two")]


def test_quit_ends_the_conversation(typed: Run) -> None:
    """Later lines are ignored. Other text with a slash is a message."""
    assert typed("/etc\n /quit \nmore\n").out == "You said: /etc\n"


def test_no_input_is_no_conversation(run: Run, monkeypatch: pytest.MonkeyPatch, typed: Run) -> None:
    """Empty or closed standard input ends without an error."""
    assert typed("") == Outcome(0, "", "")
    monkeypatch.setattr(sys, "stdin", None)
    assert run("--sandbox", "chat") == Outcome(0, "", "")


def test_invalid_utf_8_is_replaced(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """The line is sent as a message."""
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"a\xff\n"), "utf-8"))
    assert run("--sandbox", "chat").out == "You said: a\ufffd\n"


def test_the_model_or_agent_is_an_option(typed: Run, sandbox: Sandbox) -> None:
    """The default is a model."""
    for words, field in (
        ([], {"model": "mistral-large-latest"}),
        (["--model", "open-mistral-7b"], {"model": "open-mistral-7b"}),
        (["--agent", "ag:sandbox"], {"agent_id": "ag:sandbox"}),
    ):
        assert typed("hi\n", *words).out == "You said: hi\n"
        body = body_of(sandbox.requests[-1])
        assert body.items() >= field.items()
        assert body.keys() == {"messages", "stream", *field}


def test_programs_get_one_document_per_response(typed: Run) -> None:
    """With the complete response."""
    outcome = typed("one\ntwo\n", "--json")
    texts = [each["choices"][0]["message"]["content"] for each in outcome.documents]
    assert texts == ["You said: one", "You said: two"]


@pytest.mark.parametrize("json_output", [False, True], ids=["text", "JSON"])
@pytest.mark.parametrize("after", [None, 3], ids=["at once", "in the middle"])
def test_a_failed_call_does_not_end_the_conversation(
    typed: Run, sandbox: Sandbox, after: int | None, *, json_output: bool
) -> None:
    """Its message is removed from the history, and the exit code reports the failure."""
    sandbox.fail(BROKEN, on=chat_stream, after=after)
    outcome = typed("one\ntwo\n", *["--json"] * json_output)
    assert outcome.code == 1
    assert outcome.out.rstrip().endswith(("You said: two", "]}"))
    assert outcome.err.startswith("Error: ")
    assert sent(sandbox)[-1] == [("user", "two")]


def test_an_invalid_model_comes_with_advice(typed: Run) -> None:
    """As in every other command."""
    outcome = typed("hi\n", "--model", "none")
    assert "Invalid model: none" in outcome.err
    assert "mistral-funcs --sandbox models list" in outcome.err


def test_a_missing_key_ends_the_conversation(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """It cannot be set while the program runs."""
    monkeypatch.setattr(sys, "stdin", io.StringIO("one\ntwo\n"))
    outcome = run("chat")
    assert (outcome.code, outcome.out) == (4, "")
    assert outcome.err.count("Error: No API key.") == 1


@pytest.mark.usefixtures("default_sigint")
@pytest.mark.parametrize("texts", [("You ", "said"), ()], ids=["some text", "nothing"])
def test_an_interrupt_stops_only_the_response(
    typed: Run, sandbox: Sandbox, texts: tuple[str, ...]
) -> None:
    """The printed part stays in the history; a turn without text does not."""
    sandbox.fail(interrupted(*texts), on=chat_stream)
    outcome = typed("one\ntwo\n")
    assert (outcome.code, outcome.out) == (0, f"{''.join(texts)}\nYou said: two\n")
    assert outcome.err.splitlines() == ["Stopped.", *[NO_TEXT] * (not texts)]
    before = [("user", "one"), ("assistant", "You said")] if texts else []
    assert sent(sandbox)[-1] == [*before, ("user", "two")]


def test_a_tool_call_is_shown_but_not_kept(typed: Run, sandbox: Sandbox) -> None:
    """The chat runs no tools, and a call without a result would make the history invalid."""
    called = stream_response(event(**TOOL_CALL), b"data: [DONE]\n\n")
    sandbox.fail(called, on=agents_stream)
    outcome = typed("one\ntwo\n", "--agent", "ag:sandbox")
    assert outcome.out == "f({})\nYou said: two\n"
    assert outcome.err == f"{NO_TEXT}\n"
    bodies = [body_of(each) for each in sandbox.requests if "agents/" in each.url]
    assert bodies[-1]["messages"] == [{"role": "user", "content": "two"}]


@pytest.mark.usefixtures("terminal")
def test_no_model_controls_the_terminal(typed: Run, sandbox: Sandbox) -> None:
    """Escape sequences that are split between chunks are escaped too."""
    evil = [event(delta={"content": each}) for each in (EVIL, "\x1b", "[2J")]
    sandbox.fail(stream_response(*evil, b"data: [DONE]\n\n"), on=chat_stream)
    outcome = typed("hi\n")
    assert "\\x1b[2J" in outcome.out
    assert_harmless(outcome.out)


@pytest.mark.parametrize(
    ("words", "problem"),
    [
        (["hello"], 'Unknown command "hello". Available commands: complete, stream.'),
        (["--agent", "a", "--model", "b"], "Use either --model or --agent"),
        (["--agent"], "--agent requires a value: ID."),
    ],
)
def test_an_invalid_command_line_is_reported(run: Run, words: list[str], problem: str) -> None:
    """With a reference to the help."""
    outcome = run("--sandbox", "chat", *words)
    assert (outcome.code, outcome.out) == (2, "")
    assert problem in outcome.err
    assert "mistral-funcs chat --help" in outcome.err


def test_the_help_lists_the_chat_commands(run: Run) -> None:
    """It describes the conversation too."""
    outcome = run("chat", "--help")
    for word in ("complete", "stream", "--agent ID", "--system TEXT", "/quit"):
        assert word in outcome.out


# ---------------------------------------------------------------------------------------- terminals


class Terminal(io.StringIO):
    """Standard input that is a terminal."""

    def isatty(self) -> bool:
        """Return true."""
        return True


@pytest.mark.usefixtures("terminal")
def test_a_line_is_read_at_a_prompt(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """Ctrl-C discards the line, the end of input ends the conversation with exit code 0."""
    lines: Iterator[Any] = iter(["one", KeyboardInterrupt, "", "two", EOFError])

    def read(prompt: str) -> str:
        assert prompt == "> "
        line = next(lines)
        if isinstance(line, str):
            return line
        raise line

    monkeypatch.setattr(sys, "stdin", Terminal())
    monkeypatch.setattr(builtins, "input", read)
    outcome = run("--sandbox", "chat", "--model", "none")
    assert outcome.code == 0
    assert KEYS in outcome.err
    assert outcome.err.count("Invalid model") == 2
    assert outcome.out == "\n\n"


class Screen:
    """A pseudo-terminal on which the program runs."""

    def __init__(self, terminal: int) -> None:
        """Take the file descriptor of the controlling side."""
        self.terminal = terminal
        self.printed = ""

    def type(self, text: str) -> None:
        """Type text."""
        os.write(self.terminal, text.encode())

    def interrupt_until(self, text: str) -> None:
        """Type Ctrl-C until a string is printed: readline misses one before it waits for input.

        The next one is typed only when the program is silent: two in a row would end it.
        """
        while text not in self.printed:
            self.type("\x03")
            while text not in self.printed and select.select([self.terminal], [], [], 0.5)[0]:
                self.printed += os.read(self.terminal, 4096).decode("utf-8", "replace")
        self.wait_for(text)

    def wait_for(self, text: str) -> str:
        """Read the output up to a string, and return it."""
        while text not in self.printed:
            self.printed += os.read(self.terminal, 4096).decode("utf-8", "replace")
        before, _, self.printed = self.printed.partition(text)
        return before + text


START = """
import os, sys
os.open(sys.argv[1], os.O_RDWR)  # The terminal of the session.
from mistral_funcs.__main__ import main
sys.exit(main(sys.argv[2:]))
"""


@contextmanager
def terminal_with(*words: str) -> Generator[tuple[Screen, "subprocess.Popen[bytes]"]]:
    """Run the program on a pseudo-terminal, and end it afterwards."""
    keyboard, line = pty.openpty()
    command = [sys.executable, "-W", "error", "-c", START, os.ttyname(line), *words]
    environment = {**os.environ, "TERM": "dumb", "COLUMNS": "80"}
    process = subprocess.Popen(  # noqa: S603
        command, stdin=line, stdout=line, stderr=line, env=environment, start_new_session=True
    )
    os.close(line)
    try:
        yield Screen(keyboard), process
    finally:
        process.kill()
        process.wait()
        os.close(keyboard)


@pytest.mark.usefixtures("default_sigint")
def test_a_conversation_in_a_terminal(served: Sandbox) -> None:
    """Ctrl-C stops a response, then the line being typed; Ctrl-D ends the conversation."""
    served.fail(endless("You said:"), on=chat_stream)
    with terminal_with("chat") as (screen, process):
        screen.wait_for("> ")
        screen.type("one\n")
        screen.wait_for("You said:")
        screen.type("\x03")
        screen.wait_for("Stopped.")
        screen.wait_for("> ")
        screen.type("half a line")
        screen.wait_for("half a line")
        screen.interrupt_until("> ")
        screen.type("two\n")
        screen.wait_for("You said: two")
        screen.wait_for("> ")
        screen.type("\x04")
        assert process.wait(30) == 0


@pytest.mark.usefixtures("default_sigint")
def test_quit_ends_a_conversation_in_a_terminal() -> None:
    """Escape sequences of the model stay text."""
    with terminal_with("--sandbox", "chat") as (screen, process):
        screen.wait_for("> ")
        screen.type("\u202eoob\n")
        said = screen.wait_for("You said: ") + screen.wait_for("> ")
        assert UNSAFE.findall(said.partition("You said: ")[2].replace("\r", "")) == []
        screen.type("/quit\n")
        assert process.wait(30) == 0
