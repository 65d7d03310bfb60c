"""The guide to the command line: the program accepts each line that it shows."""

import re
import shlex

import pytest

from mistral_funcs.cli.tree import COMMANDS, with_paths, words
from tests.cli.program_runs import Run
from tests.readme.texts import ROOT, TEXTS

PATHS = [words(path) for path in COMMANDS.values()]
SECTION = TEXTS["command_line"]
LINES = [
    shlex.split(line)
    for line in re.findall(r"mistral-funcs (.+)", SECTION.replace("\\\n", " "))
    if line.startswith(("--sandbox", "chat", "files", "fine", "models", "audio"))
]


@pytest.mark.parametrize("line", LINES, ids=lambda line: " ".join(line[:3]))
def test_each_line_is_one_that_the_program_takes(run: Run, line: list[str]) -> None:
    """Its commands are there, and so are its options, in the help of the command."""
    line = line[: line.index("|")] if "|" in line else line
    typed = with_paths([word for word in line if re.fullmatch("[a-z][a-z-]+", word)])
    (command,) = (each for each in PATHS if typed[: len(each)] == each)
    seen = run(*command, "--help")
    assert seen.code == 0
    options = [word for word in line if word.startswith("--")]
    assert [option for option in options if option not in seen.out] == []


def test_the_drawing_is_the_one_that_is_seen() -> None:
    """As the tests of the screens keep it."""
    assert (ROOT / "tests/cli/screens/terminal_watch.txt").read_text("utf-8") in SECTION


def test_there_are_lines() -> None:
    """The tests above have something to look at."""
    assert len(LINES) >= 8
