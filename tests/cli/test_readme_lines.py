"""The README: each line that it tells to type is one that the program takes."""

import re
import shlex

import pytest

from tests.cli.program_runs import Run
from tests.readme.operations_table import README

SECTION = README.read_text("utf-8").partition("## On the command line\n")[2].partition("\n## ")[0]
LINES = [
    shlex.split(line)
    for line in re.findall(r"mistral-funcs (.+)", SECTION.replace("\\\n", " "))
    if line.startswith(("--sandbox", "chat", "files", "fine", "models", "audio"))
]


@pytest.mark.parametrize("words", LINES, ids=lambda words: " ".join(words[:3]))
def test_each_line_is_one_that_the_program_takes(run: Run, words: list[str]) -> None:
    """Its commands are there, and so are its options, in the help of the command."""
    words = words[: words.index("|")] if "|" in words else words
    command = [word for word in words if re.fullmatch("[a-z-]+", word) and word[0] != "-"][:2]
    seen = run(*command, "--help")
    assert seen.code == 0
    options = [word for word in words if word.startswith("--")]
    assert [option for option in options if option not in seen.out] == []


def test_the_drawing_is_the_one_that_is_seen() -> None:
    """As the tests of the screens keep it."""
    assert (README.parent / "tests/cli/screens/terminal_watch.txt").read_text("utf-8") in SECTION


def test_there_are_lines() -> None:
    """The tests above have something to look at."""
    assert len(LINES) >= 8
