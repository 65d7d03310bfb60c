"""Fixtures of the command-line tests: the program, a folder with files, a terminal."""

import asyncio
import io
import sys
import threading
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from mistral_funcs.__main__ import main
from mistral_funcs.cli import job_commands, program
from mistral_funcs.sandbox import Sandbox
from tests.cli.program_runs import Outcome, Run

# With pydantic loaded, cyclopts validates values with it, which is the harder case.
with suppress(ImportError):
    import pydantic as pydantic


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Change to a folder with a training file, a recording, a page and messages."""
    (tmp_path / "train.jsonl").write_text('{"messages": [{"role": "user", "content": "Hi"}]}\n')
    (tmp_path / "voice.wav").write_bytes(bytes(2000))
    (tmp_path / "page.txt").write_text("A page.\n")
    (tmp_path / "messages.json").write_text('[{"role": "system", "content": "Be brief."}]')
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture(autouse=True)
def quick_sandbox(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the jobs of the sandbox progress without a pause, and let standard input be empty."""
    monkeypatch.setattr(job_commands, "SANDBOX_INTERVAL", 0)
    monkeypatch.setattr(sys, "stdin", io.StringIO())
    for name in (
        "COLUMNS",
        "FORCE_COLOR",
        "LANG",
        "LC_ALL",
        "MISTRAL_MODEL",
        "NO_COLOR",
        "TTY_COMPATIBLE",
    ):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture(autouse=True)
def no_settings(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Keep settings in an empty folder, and return the path of the settings file."""
    folder = tmp_path_factory.mktemp("settings")
    monkeypatch.setenv("XDG_CONFIG_HOME", str(folder))
    return folder / "mistral-funcs" / "config.json"


@pytest.fixture
def run(capfdbinary: pytest.CaptureFixture[bytes]) -> Run:
    """Return a function that runs the program with some arguments."""

    def typed(*words: str) -> Outcome:
        code = main(words)
        sys.stderr.flush()
        out, err = capfdbinary.readouterr()
        return Outcome(code, out.decode("utf-8", "replace"), err.decode())

    return typed


@pytest.fixture
def sandbox(monkeypatch: pytest.MonkeyPatch) -> Sandbox:
    """Return the sandbox that `--sandbox` uses."""
    sandbox = Sandbox()
    monkeypatch.setattr(program, "_sandbox", lambda: sandbox)
    return sandbox


@pytest.fixture
def terminal(capfdbinary: pytest.CaptureFixture[bytes], monkeypatch: pytest.MonkeyPatch) -> None:
    """Let standard output and standard error be a terminal with 80 columns."""
    capfdbinary.readouterr()
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.setenv("LINES", "40")

    def isatty(_: object) -> bool:
        return True

    # Patch the class, because each phase of a test has its own captures.
    monkeypatch.setattr("_pytest.capture.EncodedFile.isatty", isatty, raising=False)


@pytest.fixture
def served(monkeypatch: pytest.MonkeyPatch) -> Iterator[Sandbox]:
    """Serve a sandbox over HTTP; server URL and key are in the environment."""
    sandbox = Sandbox()
    loop = asyncio.new_event_loop()
    ready, done = threading.Event(), asyncio.Event()

    async def serve() -> None:
        async with sandbox.serve() as url:
            monkeypatch.setenv("MISTRAL_SERVER_URL", url)
            monkeypatch.setenv("MISTRAL_API_KEY", sandbox.api_key)
            ready.set()
            await done.wait()

    thread = threading.Thread(target=loop.run_until_complete, args=(serve(),))
    thread.start()
    assert ready.wait(10)
    yield sandbox
    loop.call_soon_threadsafe(done.set)
    thread.join()
    loop.close()
