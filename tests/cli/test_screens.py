"""The screens: 80 columns, no colours where there is no terminal, each compared to the letter."""

from pathlib import Path

import pytest

from tests.cli.program_runs import Run
from tests.cli.screens import FILES, PROMPT, SCREENS, compare, last_frame, take

JOB = "00000002-0000-4000-8000-000000000002"


TYPED = [file for file in FILES if file.read_text("utf-8").startswith(PROMPT)]


@pytest.mark.parametrize("file", TYPED, ids=lambda file: file.stem)
def test_a_screen_is_as_it_was(run: Run, file: Path) -> None:
    """What people see changes only where somebody means it to."""
    before = file.read_text("utf-8")
    assert take(run, file) == before


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_a_screen_is_plain_text(file: Path) -> None:
    """Help and drawings have 80 columns; other lines in a pipe are as long as what is in them."""
    screen = file.read_text("utf-8")
    assert "\x1b" not in screen
    if file.stem.startswith(("help", "terminal", "curves")):
        assert max(map(len, screen.splitlines()[1:])) <= 80


@pytest.mark.usefixtures("terminal")
def test_a_job_is_drawn_on_a_terminal(run: Run) -> None:
    """With a bar of its steps, and its losses as curves; the drawing stays as it was last."""
    file = SCREENS / "terminal_watch.txt"
    before = file.read_text("utf-8")
    seen = run("--sandbox", "fine-tuning", "jobs", "watch", JOB)
    assert "\x1b[" in seen.out
    assert compare(file, last_frame(seen.out)) == before
    assert max(map(len, before.splitlines())) <= 80
    assert (seen.code, seen.err) == (0, "")
