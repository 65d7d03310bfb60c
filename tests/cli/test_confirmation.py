"""What is lost for good: asked about on a terminal, and never overwritten unasked."""

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
        """Return that it is."""
        return True


@pytest.fixture
def at_a_keyboard(terminal: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a person sit at the terminal, who types nothing yet."""
    assert terminal is None
    monkeypatch.setattr(sys, "stdin", Keyboard())


def deleted(sandbox: Sandbox) -> bool:
    """Return whether the file is gone."""
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
def test_a_person_is_asked(
    run: Run, sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch, typed: str, *, yes: bool
) -> None:
    """Whoever does not say yes keeps it; the exit code says so."""
    monkeypatch.setattr(sys, "stdin", Keyboard(typed))
    seen = run(*DELETE)
    assert seen.err.startswith(f"Delete a file permanently: {FILE}? [y/N] ")
    assert seen.code == (0 if yes else 1)
    assert ("Nothing was deleted." in seen.err) is not yes
    assert bool(sandbox.requests and deleted(sandbox)) is yes


@pytest.mark.usefixtures("at_a_keyboard")
@pytest.mark.parametrize("option", ["--yes", "-y"])
def test_an_option_says_yes(run: Run, sandbox: Sandbox, option: str) -> None:
    """Without a question."""
    seen = run(*DELETE, option)
    assert (seen.code, seen.err) == (0, "")
    assert deleted(sandbox)


def test_a_program_is_not_asked(run: Run, sandbox: Sandbox) -> None:
    """It could not respond, and what it does today it does tomorrow."""
    assert run(*DELETE).code == 0
    assert deleted(sandbox)


def test_nobody_is_asked_who_cannot_read_it(
    run: Run, sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where all output goes elsewhere, and where there is no input."""
    for stdin in (Keyboard("n\n"), None):
        monkeypatch.setattr(sys, "stdin", stdin)
        assert run(*DELETE).code in {0, 1}
        assert deleted(sandbox)


@pytest.mark.usefixtures("at_a_keyboard")
def test_a_question_drives_no_terminal(run: Run) -> None:
    """Though an id is pasted from anywhere."""
    seen = run("--sandbox", "models", "delete", EVIL)
    assert r"\x1b[2J" in seen.err
    assert_harmless(OURS.sub("", seen.err))


def test_what_deletes_is_known_from_its_summary() -> None:
    """Also where the method is another one; what can be taken back is not asked about."""
    asked = {name for name in COMMANDS if deletes(name)}
    assert {
        *("files_delete", "models_delete", "beta_libraries_accesses_delete"),
        *("beta_observability_datasets_records_bulk_delete",),
        *("workflows_schedules_unschedule_workflow",),
    } <= asked
    assert not {"models_unarchive", "batch_jobs_cancel", "beta_connectors_unshare"} & asked


# ------------------------------------------------------------------------------------ overwriting


def test_a_file_is_not_overwritten(run: Run, sandbox: Sandbox, folder: Path) -> None:
    """Nothing is sent, unless it is to be replaced."""
    (folder / "copy").write_text("precious")
    for command in (DOWNLOAD, ("--sandbox", "audio", "speech", "complete", "Hi", "-o")):
        before = len(sandbox.requests)
        seen = run(*command, "copy")
        assert (seen.code, seen.out) == (1, "")
        assert seen.err == "Error: copy exists.\n  advice  Use --force to replace existing files.\n"
        assert (folder / "copy").read_text() == "precious"
        assert len(sandbox.requests) == before
    assert run(*DOWNLOAD, "copy", "--force").code == 0
    assert (folder / "copy").read_bytes().startswith(b"{")


def test_live_speech_overwrites_nothing(run: Run, folder: Path) -> None:
    """As every other command that writes a file."""
    (folder / "speech").write_text("precious")
    seen = run("--sandbox", "audio", "speech", "realtime", "--model", "m", "-o", "speech")
    assert (seen.code, seen.out) == (1, "")
    assert "Use --force" in seen.err


def test_an_empty_file_has_nothing_to_lose(run: Run, folder: Path) -> None:
    """Such as one that `mktemp` made."""
    (folder / "copy").touch()
    assert run(*DOWNLOAD, "copy").code == 0


def test_deleting_is_one_request(run: Run, sandbox: Sandbox) -> None:
    """A refusal of the server is reported as ever."""
    sandbox.fail(403, on=files_delete)
    assert run(*DELETE).code == 1
