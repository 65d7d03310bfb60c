"""`mistral-funcs chat`: a conversation, over pipes and in a terminal."""

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
from tests.cli.program_runs import Run, Seen
from tests.cli.test_harmless import EVIL, assert_harmless

BROKEN = 418  # It is not retried.
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
    """Return an event of a stream with one choice."""
    chunk = {"id": "c", "model": "m", "choices": [{"index": 0, "finish_reason": None, **choice}]}
    return f"data: {json.dumps(chunk)}\n\n".encode()


def interrupted(*texts: str) -> Response:
    """Return a stream that is interrupted from the keyboard, and would never end."""

    async def stream() -> AsyncGenerator[bytes, None]:
        for text in texts:
            yield event(delta={"content": text})
        signal.raise_signal(signal.SIGINT)
        await asyncio.Event().wait()

    return Response(200, Headers([("content-type", "text/event-stream")]), stream=stream())


def endless(text: str) -> Response:
    """Return a stream that says something, and then nothing more."""

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
    """Return the messages of each request for a response: their roles and contents."""
    bodies = [body_of(each) for each in sandbox.requests if "chat/" in each.url]
    return [[(each["role"], each["content"]) for each in body["messages"]] for body in bodies]


@pytest.fixture
def typed(run: Run, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Return what runs a chat whose input is a pipe with these lines."""

    def chat(text: str, *words: str) -> Seen:
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(text.encode()), "utf-8"))
        return run("--sandbox", "chat", *words)

    return chat


# -------------------------------------------------------------------------------------------- pipes


def test_each_line_is_a_message(typed: Run, sandbox: Sandbox) -> None:
    """The history is kept, blank lines are no messages, and nothing but responses is printed."""
    seen = typed("one\n\n  two  \n", "--system", "Be kind.")
    assert seen == Seen(0, "You said: one\nYou said: two\n", "")
    first = [("system", "Be kind."), ("user", "one")]
    assert sent(sandbox)[0] == first
    assert sent(sandbox)[1] == [*first, ("assistant", "You said: one"), ("user", "two")]


def test_quit_ends_it(typed: Run) -> None:
    """Whatever comes after it. Other text with a slash is a message."""
    assert typed("/etc\n /quit \nmore\n").out == "You said: /etc\n"


def test_no_input_is_no_conversation(run: Run, monkeypatch: pytest.MonkeyPatch, typed: Run) -> None:
    """Whether it is empty or closed."""
    assert typed("") == Seen(0, "", "")
    monkeypatch.setattr(sys, "stdin", None)
    assert run("--sandbox", "chat") == Seen(0, "", "")


def test_bytes_that_are_no_text_are_replaced(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """The line is a message all the same."""
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"a\xff\n"), "utf-8"))
    assert run("--sandbox", "chat").out == "You said: a\ufffd\n"


def test_it_talks_to_the_model_or_the_agent_that_is_named(typed: Run, sandbox: Sandbox) -> None:
    """By default to a model."""
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
    seen = typed("one\ntwo\n", "--json")
    texts = [each["choices"][0]["message"]["content"] for each in seen.documents]
    assert texts == ["You said: one", "You said: two"]


@pytest.mark.parametrize("json_output", [False, True], ids=["text", "JSON"])
@pytest.mark.parametrize("after", [None, 3], ids=["at once", "in the middle"])
def test_a_failed_call_does_not_end_the_conversation(
    typed: Run, sandbox: Sandbox, after: int | None, *, json_output: bool
) -> None:
    """Its message is not part of the history, and the exit code reports it."""
    sandbox.fail(BROKEN, on=chat_stream, after=after)
    seen = typed("one\ntwo\n", *["--json"] * json_output)
    assert seen.code == 1
    assert seen.out.rstrip().endswith(("You said: two", "]}"))
    assert seen.err.startswith("Error: ")
    assert sent(sandbox)[-1] == [("user", "two")]


def test_a_wrong_model_comes_with_advice(typed: Run) -> None:
    """As in every other command."""
    seen = typed("hi\n", "--model", "none")
    assert "Invalid model: none" in seen.err
    assert "mistral-funcs --sandbox models list" in seen.err


def test_without_a_key_there_is_no_second_try(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """The key does not come while the conversation lasts."""
    monkeypatch.setattr(sys, "stdin", io.StringIO("one\ntwo\n"))
    seen = run("chat")
    assert (seen.code, seen.out) == (4, "")
    assert seen.err.count("Error: No API key.") == 1


@pytest.mark.usefixtures("default_sigint")
@pytest.mark.parametrize("texts", [("You ", "said"), ()], ids=["some text", "nothing"])
def test_an_interrupt_stops_the_response_alone(
    typed: Run, sandbox: Sandbox, texts: tuple[str, ...]
) -> None:
    """What was printed stays in the history; a turn without text does not."""
    sandbox.fail(interrupted(*texts), on=chat_stream)
    seen = typed("one\ntwo\n")
    assert (seen.code, seen.out) == (0, f"{''.join(texts)}\nYou said: two\n")
    assert seen.err.splitlines() == ["Stopped.", *[NO_TEXT] * (not texts)]
    before = [("user", "one"), ("assistant", "You said")] if texts else []
    assert sent(sandbox)[-1] == [*before, ("user", "two")]


def test_a_tool_call_is_shown_and_not_kept(typed: Run, sandbox: Sandbox) -> None:
    """The terminal has no tools, and a call without a result would make the history invalid."""
    called = stream_response(event(**TOOL_CALL), b"data: [DONE]\n\n")
    sandbox.fail(called, on=agents_stream)
    seen = typed("one\ntwo\n", "--agent", "ag:sandbox")
    assert seen.out == "f({})\nYou said: two\n"
    assert seen.err == f"{NO_TEXT}\n"
    bodies = [body_of(each) for each in sandbox.requests if "agents/" in each.url]
    assert bodies[-1]["messages"] == [{"role": "user", "content": "two"}]


@pytest.mark.usefixtures("terminal")
def test_no_model_drives_the_terminal(typed: Run, sandbox: Sandbox) -> None:
    """Not even with a sequence that arrives in two chunks."""
    evil = [event(delta={"content": each}) for each in (EVIL, "\x1b", "[2J")]
    sandbox.fail(stream_response(*evil, b"data: [DONE]\n\n"), on=chat_stream)
    seen = typed("hi\n")
    assert "\\x1b[2J" in seen.out
    assert_harmless(seen.out)


@pytest.mark.parametrize(
    ("words", "problem"),
    [
        (["hello"], 'Unknown command "hello". Available commands: complete, stream.'),
        (["--agent", "a", "--model", "b"], "Use either --model or --agent"),
        (["--agent"], "--agent requires a value: ID."),
    ],
)
def test_a_wrong_command_line_is_reported(run: Run, words: list[str], problem: str) -> None:
    """With where to find help."""
    seen = run("--sandbox", "chat", *words)
    assert (seen.code, seen.out) == (2, "")
    assert problem in seen.err
    assert "mistral-funcs chat --help" in seen.err


def test_the_commands_of_a_chat_are_still_there(run: Run) -> None:
    """In its help, which explains the conversation too."""
    seen = run("chat", "--help")
    for word in ("complete", "stream", "--agent ID", "--system TEXT", "/quit"):
        assert word in seen.out


# ---------------------------------------------------------------------------------------- terminals


class Terminal(io.StringIO):
    """Standard input that is a terminal."""

    def isatty(self) -> bool:
        """Return that it is one."""
        return True


@pytest.mark.usefixtures("terminal")
def test_a_line_is_read_at_a_prompt(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """An interrupt discards the line, the end of input ends the conversation, with code 0."""
    lines: Iterator[Any] = iter(["one", KeyboardInterrupt, "", "two", EOFError])

    def read(prompt: str) -> str:
        assert prompt == "> "
        line = next(lines)
        if isinstance(line, str):
            return line
        raise line

    monkeypatch.setattr(sys, "stdin", Terminal())
    monkeypatch.setattr(builtins, "input", read)
    seen = run("--sandbox", "chat", "--model", "none")
    assert seen.code == 0
    assert KEYS in seen.err
    assert seen.err.count("Invalid model") == 2
    assert seen.out == "\n\n"


class Screen:
    """A pseudo-terminal with the program on it."""

    def __init__(self, terminal: int) -> None:
        """Take the side of the keyboard."""
        self.terminal = terminal
        self.seen = ""

    def type(self, text: str) -> None:
        """Type text."""
        os.write(self.terminal, text.encode())

    def interrupt_until(self, text: str) -> None:
        """Type Ctrl-C until a text is printed: readline overlooks one before it waits for input.

        The next one is typed only when the program is silent: two in a row would end it.
        """
        while text not in self.seen:
            self.type("\x03")
            while text not in self.seen and select.select([self.terminal], [], [], 0.5)[0]:
                self.seen += os.read(self.terminal, 4096).decode("utf-8", "replace")
        self.wait_for(text)

    def wait_for(self, text: str) -> str:
        """Read what is printed up to a text, and return it."""
        while text not in self.seen:
            self.seen += os.read(self.terminal, 4096).decode("utf-8", "replace")
        before, _, self.seen = self.seen.partition(text)
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
    """And what the model says stays text."""
    with terminal_with("--sandbox", "chat") as (screen, process):
        screen.wait_for("> ")
        screen.type("\u202eoob\n")
        said = screen.wait_for("You said: ") + screen.wait_for("> ")
        assert UNSAFE.findall(said.partition("You said: ")[2].replace("\r", "")) == []
        screen.type("/quit\n")
        assert process.wait(30) == 0
