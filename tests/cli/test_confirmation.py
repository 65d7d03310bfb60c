"""Confirmation of destructive commands on a terminal, and protection of existing files."""

import io
import sys
from pathlib import Path

import pytest

from mistral_funcs import files_delete
from mistral_funcs.cli.confirmation import deletes
from mistral_funcs.cli.tree import COMMANDS
from mistral_funcs.sandbox import Sandbox
from tests.cli.program_runs import Run
from tests.cli.test_harmless import EVIL, OURS, assert_harmless

FILE = "00000001-0000-4000-8000-000000000001"
DELETE = ("--sandbox", "files", "delete", FILE)
DOWNLOAD = ("--sandbox", "files", "download", FILE, "--output")


class Keyboard(io.StringIO):
    """Standard input that is a terminal."""

    def isatty(self) -> bool:
        """Return true."""
        return True


@pytest.fixture
def at_a_keyboard(terminal: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """Attach an interactive keyboard without input."""
    assert terminal is None
    monkeypatch.setattr(sys, "stdin", Keyboard())


def deleted(sandbox: Sandbox) -> bool:
    """Return whether the file was deleted."""
    return sandbox.requests[-1].method == "DELETE"


@pytest.mark.usefixtures("at_a_keyboard")
@pytest.mark.parametrize(
    ("typed", "yes"),
    [
        ("y\n", True),
        ("YES\n", True),
        ("\n", False),
        ("n\n", False),
        ("", False),
        ("yikes\n", False),
    ],
)
def test_deleting_asks_for_confirmation(
    run: Run, sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch, typed: str, *, yes: bool
) -> None:
    """Anything but yes keeps the file, and the exit code reports it."""
    monkeypatch.setattr(sys, "stdin", Keyboard(typed))
    outcome = run(*DELETE)
    assert outcome.err.startswith(f"Delete a file permanently: {FILE}? [y/N] ")
    assert outcome.code == (0 if yes else 1)
    assert ("Nothing was deleted." in outcome.err) is not yes
    assert bool(sandbox.requests and deleted(sandbox)) is yes


@pytest.mark.usefixtures("at_a_keyboard")
@pytest.mark.parametrize("option", ["--yes", "-y"])
def test_an_option_skips_the_question(run: Run, sandbox: Sandbox, option: str) -> None:
    """`--yes` deletes without a prompt."""
    outcome = run(*DELETE, option)
    assert (outcome.code, outcome.err) == (0, "")
    assert deleted(sandbox)


def test_scripts_are_not_asked(run: Run, sandbox: Sandbox) -> None:
    """Nobody could respond, and existing scripts keep working."""
    assert run(*DELETE).code == 0
    assert deleted(sandbox)


def test_there_is_no_prompt_without_a_terminal(
    run: Run, sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The output is redirected, or standard input is closed."""
    for stdin in (Keyboard("n\n"), None):
        monkeypatch.setattr(sys, "stdin", stdin)
        assert run(*DELETE).code in {0, 1}
        assert deleted(sandbox)


@pytest.mark.usefixtures("at_a_keyboard")
def test_a_prompt_does_not_control_the_terminal(run: Run) -> None:
    """A pasted ID may contain escape sequences."""
    outcome = run("--sandbox", "models", "delete", EVIL)
    assert r"\x1b[2J" in outcome.err
    assert_harmless(OURS.sub("", outcome.err))


def test_destructive_commands_are_recognized_by_their_summary() -> None:
    """Whatever their method. Reversible commands do not ask."""
    asked = {name for name in COMMANDS if deletes(name)}
    assert {
        *("files_delete", "models_delete", "beta_libraries_accesses_delete"),
        *("beta_observability_datasets_records_bulk_delete",),
        *("workflows_schedules_unschedule_workflow",),
    } <= asked
    assert not {"models_unarchive", "batch_jobs_cancel", "beta_connectors_unshare"} & asked


# -------------------------------------------------------------------------------------- overwriting


def test_a_file_is_not_overwritten_without_force(run: Run, sandbox: Sandbox, folder: Path) -> None:
    """Nothing is sent."""
    (folder / "copy").write_text("precious")
    for command in (DOWNLOAD, ("--sandbox", "audio", "speech", "complete", "Hi", "-o")):
        before = len(sandbox.requests)
        outcome = run(*command, "copy")
        assert (outcome.code, outcome.out) == (1, "")
        assert (
            outcome.err == "Error: copy exists.\n  advice  Use --force to replace existing files.\n"
        )
        assert (folder / "copy").read_text() == "precious"
        assert len(sandbox.requests) == before
    assert run(*DOWNLOAD, "copy", "--force").code == 0
    assert (folder / "copy").read_bytes().startswith(b"{")


def test_live_speech_does_not_overwrite_files(run: Run, folder: Path) -> None:
    """As in all other commands that write a file."""
    (folder / "speech").write_text("precious")
    outcome = run("--sandbox", "audio", "speech", "realtime", "--model", "m", "-o", "speech")
    assert (outcome.code, outcome.out) == (1, "")
    assert "Use --force" in outcome.err


def test_an_empty_file_is_overwritten(run: Run, folder: Path) -> None:
    """Such as one that `mktemp` created."""
    (folder / "copy").touch()
    assert run(*DOWNLOAD, "copy").code == 0


def test_deleting_is_one_request(run: Run, sandbox: Sandbox) -> None:
    """A refusal of the server is reported like any other."""
    sandbox.fail(403, on=files_delete)
    assert run(*DELETE).code == 1
