"""The screens: what is seen of a run, kept as text.

A screen begins with what is typed: a file with that line alone is a new one. To take all of them
anew, run their tests with RETAKE_SCREENS=1 in the environment, and look at what has changed.
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
    """Return a screen as it is now: what is typed, what is printed, what is complained of."""
    line = file.read_text("utf-8").splitlines()[0]
    seen = run(*shlex.split(line.removeprefix(PROMPT)))
    parts = [f"{line}\n{seen.out}"]
    parts += [f"[standard error]\n{seen.err}"] * bool(seen.err)
    parts += [f"[exit code {seen.code}]\n"] * bool(seen.code)
    return compare(file, "".join(parts))


def compare(file: Path, screen: str) -> str:
    """Return a screen; where it is to be taken anew, it is what is kept from now on."""
    if os.environ.get("RETAKE_SCREENS"):
        file.write_text(screen, "utf-8")
    return screen


def last_frame(out: str) -> str:
    """Return what stands on a terminal in the end, without colours."""
    plain = re.sub(r"\x1b\[[0-9;?]*[mhl]", "", out.replace("\r\n", "\n"))
    frame = re.split(r"\x1b\[\d*[A-K]", plain)[-1]
    return "".join(f"{line.rstrip()}\n" for line in frame.splitlines())
