"""Screens: 80 columns, no colors without a terminal, compared character by character."""

from pathlib import Path

import pytest

from tests.cli.program_runs import Run
from tests.cli.screens import FILES, PROMPT, SCREENS, compare, last_frame, take

JOB = "00000002-0000-4000-8000-000000000002"


TYPED = [file for file in FILES if file.read_text("utf-8").startswith(PROMPT)]


@pytest.mark.parametrize("file", TYPED, ids=lambda file: file.stem)
def test_a_screen_is_unchanged(run: Run, file: Path) -> None:
    """Visible output changes only on purpose."""
    before = file.read_text("utf-8")
    assert take(run, file) == before


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_a_screen_is_plain_text(file: Path) -> None:
    """Help and drawings have 80 columns. Other lines in a pipe are as long as their content."""
    screen = file.read_text("utf-8")
    assert "\x1b" not in screen
    if file.stem.startswith(("help", "terminal", "curves")):
        assert max(map(len, screen.splitlines()[1:])) <= 80


@pytest.mark.usefixtures("terminal")
def test_a_job_is_drawn_on_a_terminal(run: Run) -> None:
    """A progress bar and loss curves. The last frame stays."""
    file = SCREENS / "terminal_watch.txt"
    before = file.read_text("utf-8")
    outcome = run("--sandbox", "fine-tuning", "jobs", "watch", JOB)
    assert "\x1b[" in outcome.out
    assert compare(file, last_frame(outcome.out)) == before
    assert max(map(len, before.splitlines())) <= 80
    assert (outcome.code, outcome.err) == (0, "")
