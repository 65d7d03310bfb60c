"""Screens: the output of commands, kept as text files.

The first line of a screen is the command: a file with only that line is a new screen. To record all
screens again, run their tests with RETAKE_SCREENS=1 and review the diff.
"""

import os
import re
import shlex
from pathlib import Path

from tests.cli.program_runs import Run

SCREENS = Path(__file__).with_name("screens")
FILES = sorted(SCREENS.glob("*.txt"))
PROMPT = "$ mistral-funcs "


def take(run: Run, file: Path) -> str:
    """Run the command of a screen, and return the command, its output, its errors and exit code."""
    line = file.read_text("utf-8").splitlines()[0]
    outcome = run(*shlex.split(line.removeprefix(PROMPT)))
    parts = [f"{line}\n{outcome.out}"]
    parts += [f"[standard error]\n{outcome.err}"] * bool(outcome.err)
    parts += [f"[exit code {outcome.code}]\n"] * bool(outcome.code)
    return compare(file, "".join(parts))


def compare(file: Path, screen: str) -> str:
    """Return a screen. With RETAKE_SCREENS set, also overwrite its file."""
    if os.environ.get("RETAKE_SCREENS"):
        file.write_text(screen, "utf-8")
    return screen


def last_frame(out: str) -> str:
    """Return the last frame on a terminal, without colors."""
    plain = re.sub(r"\x1b\[[0-9;?]*[mhl]", "", out.replace("\r\n", "\n"))
    frame = re.split(r"\x1b\[\d*[A-K]", plain)[-1]
    return "".join(f"{line.rstrip()}\n" for line in frame.splitlines())
