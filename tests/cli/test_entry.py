"""The entry point `mistral-funcs`: with and without the extra, interrupted, with a closed pipe."""

import asyncio
import os
import signal
import subprocess
import sys
from io import StringIO
from pathlib import Path

import pytest
from cyclopts.completion import ShellDetectionError

from mistral_core import __version__
from mistral_funcs import __main__ as entry
from mistral_funcs.cli import commands, job_commands, offline, program
from tests.cli.program_runs import Outcome, Run

JOB = "00000002-0000-4000-8000-000000000002"
WATCH = ("--sandbox", "fine-tuning", "jobs", "watch", JOB)
PROGRAM = (sys.executable, "-W", "error", "-m", "mistral_funcs")


@pytest.fixture
def without_the_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    """Make the command-line library appear not to be installed."""

    def find_none(_: str) -> None:
        return None

    monkeypatch.setattr(entry, "find_spec", find_none)


@pytest.mark.usefixtures("without_the_extra")
def test_without_the_extra_a_command_says_how_to_install_it(
    capsys: pytest.CaptureFixture[str],
) -> None:
    """The message has one line."""
    with pytest.raises(SystemExit) as ended:
        entry.main(["models", "list"])
    assert ended.value.code == 2
    assert capsys.readouterr().err == f"mistral-funcs: {entry.MISSING}\n"


@pytest.mark.usefixtures("without_the_extra")
def test_without_the_extra_there_is_help(capsys: pytest.CaptureFixture[str]) -> None:
    """It lists the available commands, and those that the extra adds."""
    with pytest.raises(SystemExit) as ended:
        entry.main(["--help"])
    assert ended.value.code == 0
    printed = capsys.readouterr().out
    assert "demo" in printed
    assert entry.MISSING in printed


@pytest.mark.parametrize("extra", [False, True], ids=["without the extra", "with it"])
def test_the_demo_runs_without_the_extra(
    run: Run, request: pytest.FixtureRequest, *, extra: bool
) -> None:
    """The demo uses no command-line library."""
    if not extra:
        request.getfixturevalue("without_the_extra")
    assert "That was the demo." in run("demo").out


def test_demo_and_sandbox_take_global_options(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """Both are parsed like all other commands, although they need no extra."""
    assert "That was the demo." in run("--sandbox", "demo").out

    served: list[object] = []

    async def serve(*given: object) -> None:
        served.append(given)

    monkeypatch.setattr(offline, "serve", serve)
    assert run("--json", "sandbox", "--host", "::1", "--port", "0", "--api-key", "k").code == 0
    assert served == [("::1", 0, "k", None)]


@pytest.mark.parametrize("seconds", ["0", "-1", "inf", "nan"])
def test_the_advance_interval_must_be_positive_and_finite(run: Run, seconds: str) -> None:
    """Otherwise it is a usage error, with the extra and without."""
    asked = ("sandbox", "--advance-every", seconds)
    wrong = "--advance-every must be positive and finite."
    outcome = run("--json", *asked)
    assert (outcome.code, outcome.out) == (2, "")
    assert wrong in " ".join(outcome.err.split())
    with pytest.raises(SystemExit) as ended:
        run(*asked)
    assert ended.value.code == 2


def test_an_unwritable_file_is_an_error(run: Run) -> None:
    """One line with the name of the file."""
    outcome = run("--install-completion", "--shell", "bash", "--output", "train.jsonl/it")
    assert (outcome.code, outcome.out) == (1, "")
    assert "train.jsonl: " in outcome.err
    assert outcome.err.startswith("Error: ")
    assert outcome.err.count("\n") == 1


def test_values_that_are_nested_too_deeply_are_an_error(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Wherever the recursion limit is reached."""

    async def invoke(_: object) -> int:
        raise RecursionError

    monkeypatch.setattr(commands, "invoke", invoke)
    outcome = run("models", "list")
    assert (outcome.code, outcome.err) == (
        1,
        "Error: The response is nested too deeply to print.\n",
    )


def test_the_version_is_shown(run: Run) -> None:
    """After a global option too."""
    assert run("--json", "--version").out == f"{__version__}\n"


def test_an_import_does_not_load_the_command_line() -> None:
    """A command loads only its own resource, and help does not load aiohttp."""
    report = "; import sys; print(*sys.modules)"
    code = f"import mistral_funcs, mistral_core{report}"
    loaded = _output(sys.executable, "-c", code).split()
    assert not {"cyclopts", "rich", "aiohttp"} & set(loaded)
    code = f"from mistral_funcs.__main__ import main; main(['models', 'list', '--help']){report}"
    loaded = _output(sys.executable, "-c", code).split()
    assert "mistral_funcs.models.list" in loaded
    assert not {"aiohttp", "mistral_funcs.chat.complete", "mistral_funcs.sandbox"} & set(loaded)


def _output(*command: str) -> str:
    done = subprocess.run(command, capture_output=True, text=True, check=True)  # noqa: S603
    return done.stdout


def test_an_unknown_command_is_an_attribute_error() -> None:
    """As for any module."""
    with pytest.raises(AttributeError, match="modles_list"):
        _ = commands.modles_list


def test_shells_complete_commands_and_options(
    run: Run, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of all resources. `--install-completion` writes the script for the shell."""
    monkeypatch.setenv("HOME", str(folder))
    outcome = run("--install-completion", "--shell", "bash", "--output", "completion.bash")
    assert outcome.code == 0
    source = "source ./completion.bash; COMP_WORDS=({}); COMP_CWORD={}; _mistral_funcs; {}"
    for words, completed in {
        ("mistral-funcs", "fine"): "fine-tuning",
        ("mistral-funcs", "fine-tuning", "jobs", "st"): "start",
        ("mistral-funcs", "models", "un"): "unarchive",
        ("mistral-funcs", "files", "upload", "--pur"): "--purpose",
    }.items():
        shown = 'echo "${COMPREPLY[@]}"'
        script = source.format(" ".join(words), len(words) - 1, shown)
        assert _output("bash", "-c", script).split() == [completed]


# ------------------------------------------------------------------------------------ interruptions


@pytest.fixture
def interrupted(monkeypatch: pytest.MonkeyPatch) -> None:
    """Press Ctrl-C in the first pause of a watch, after the job was shown."""
    monkeypatch.setattr(job_commands, "SANDBOX_INTERVAL", 10)
    sleep = asyncio.sleep

    async def interrupt(seconds: float) -> None:
        if seconds > 5:
            signal.raise_signal(signal.SIGINT)
        await sleep(seconds)

    monkeypatch.setattr(asyncio, "sleep", interrupt)


@pytest.mark.usefixtures("default_sigint", "interrupted")
def test_ctrl_c_is_clean(run: Run) -> None:
    """One sentence without a traceback, exit code 130, and a note that the job continues."""
    outcome = run(*WATCH)
    assert (outcome.code, outcome.out) == (130, "QUEUED\n")
    assert " ".join(outcome.err.split()) == (
        f"Stopped. Fine-tuning job {JOB} continues; only the wait was cancelled."
    )


@pytest.mark.usefixtures("default_sigint", "terminal", "interrupted")
def test_ctrl_c_restores_the_terminal(run: Run) -> None:
    """The cursor is visible again, and the drawing stays."""
    outcome = run(*WATCH)
    assert outcome.code == 130
    assert outcome.out.rstrip().endswith("\x1b[?25h")
    assert outcome.err.startswith("\nStopped.")


@pytest.mark.usefixtures("default_sigint")
def test_a_process_ends_with_code_130_at_ctrl_c() -> None:
    """In a process of its own, without a traceback."""
    with subprocess.Popen([*PROGRAM, *WATCH], stdout=subprocess.PIPE, stderr=subprocess.PIPE) as it:  # noqa: S603
        assert it.stdout is not None
        assert it.stdout.readline() == b"QUEUED\n"
        it.send_signal(signal.SIGINT)
        _, complaint = it.communicate(timeout=20)
    assert it.returncode == 130
    assert complaint.startswith(b"Stopped.")
    assert b"Traceback" not in complaint


def test_ctrl_c_is_silent_while_the_program_is_loading(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing has started, so nothing is printed."""

    def interrupt(_: object) -> int:
        raise KeyboardInterrupt

    monkeypatch.setattr(program, "run", interrupt)
    assert run("models", "list") == Outcome(130, "", "")


def test_a_stream_without_an_encoding_is_accepted(monkeypatch: pytest.MonkeyPatch) -> None:
    """Such as an object that captures the output."""
    caught = StringIO()
    monkeypatch.setattr(sys, "stdout", caught)
    assert entry.main(["--sandbox", "models", "list"]) == 0
    assert "open-mistral-7b" in caught.getvalue()


def test_a_closed_pipe_is_no_error() -> None:
    """`| head -1` closes the pipe early."""
    command = [*PROGRAM, "--sandbox", "files", "download", "00000001-0000-4000-8000-000000000001"]
    reader, writer = os.pipe()
    os.close(reader)
    done = subprocess.run(  # noqa: S603
        command, stdout=writer, stderr=subprocess.PIPE, check=False
    )
    os.close(writer)
    assert (done.returncode, done.stderr) == (141, b"")


class Unwritable(StringIO):
    """A stream that accepts text, and fails when it is flushed.

    Attributes:
        error: What it fails with.
        flushed: How often it was flushed.
    """

    def __init__(self, error: OSError, descriptor: int) -> None:
        """Create a stream with a file descriptor."""
        super().__init__()
        self.error, self.descriptor, self.flushed = error, descriptor, 0

    def flush(self) -> None:
        """Raise the error."""
        self.flushed += 1
        raise self.error

    def fileno(self) -> int:
        """Return the file descriptor."""
        return self.descriptor


LINES = {
    "a table": ["--sandbox", "models", "list"],
    "streamed text": ["--sandbox", "chat", "complete", "Hi", "--model", "mistral-large-latest"],
    "the demo": ["demo"],
    "help": ["models", "--help"],
    "the version": ["--version"],
}


@pytest.mark.parametrize("line", LINES.values(), ids=LINES)
@pytest.mark.parametrize(
    ("error", "code", "printed"),
    [
        (BrokenPipeError(32, "Broken pipe"), 141, ""),
        (OSError(28, "No space left on device"), 1, "mistral-funcs: No space left on device\n"),
    ],
    ids=["a closed pipe", "a full disk"],
)
def test_unwritable_output_ends_the_program(
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    *,
    line: list[str],
    error: OSError,
    code: int,
    printed: str,
) -> None:
    """A closed pipe is silent, other errors are one line, and the interpreter reports nothing."""
    descriptor = os.dup(1)
    monkeypatch.setattr(sys, "stdout", Unwritable(error, descriptor))
    try:
        assert entry.main(line) == code
        assert os.path.samestat(os.fstat(descriptor), Path(os.devnull).stat())
    finally:
        os.close(descriptor)
    assert capsys.readouterr().err == printed


def test_closed_standard_error_is_no_error(monkeypatch: pytest.MonkeyPatch) -> None:
    """`2>&1 | head` closes it as well."""
    descriptor = os.dup(2)
    closed = Unwritable(BrokenPipeError(), descriptor)

    def write(_: str) -> int:
        raise closed.error

    monkeypatch.setattr(closed, "write", write)
    monkeypatch.setattr(sys, "stderr", closed)
    try:
        assert entry.main(["--sandbox", "models", "retrieve", "nope"]) == 141
    finally:
        os.close(descriptor)


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion_is_shown(run: Run, shell: str) -> None:
    """For `eval`, and for packages that install it."""
    outcome = run("--show-completion", "--shell", shell)
    assert (outcome.code, outcome.err) == (0, "")
    assert "unarchive" in outcome.out


def test_completion_needs_a_shell(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """An unknown shell must be named. The first versions of cyclopts support fewer shells."""
    for error, complaint in (
        (ShellDetectionError(), "The shell could not be detected. Pass it with --shell."),
        (ValueError("Unsupported shell: powershell"), "powershell. Upgrade cyclopts."),
    ):

        def fail(error: Exception = error) -> None:
            raise error

        monkeypatch.setattr("cyclopts.completion.detect_shell", fail)
        outcome = run("--show-completion")
        assert (outcome.code, outcome.out) == (2, "")
        assert complaint in outcome.err
