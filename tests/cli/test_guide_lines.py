"""The commands in the guide to the command line are valid."""

import re
import shlex

import pytest

from mistral_funcs.cli.tree import COMMANDS, with_paths, words
from tests.cli.program_runs import Run
from tests.readme.texts import ROOT, TEXTS

GUIDE = TEXTS["command_line"]
OTHERS = ("config show", "config set", "config unset", "--show-completion", "--install-completion")
PATHS = [*(words(path) for path in COMMANDS.values()), *(each.split() for each in OTHERS)]
LINES = [
    shlex.split(line, comments=True)
    for line in re.findall(r"^\$ .*?mistral-funcs (.+)", GUIDE.replace("\\\n", " "), re.MULTILINE)
]


@pytest.mark.parametrize("line", LINES, ids=lambda line: " ".join(line[:3]))
def test_each_command_of_the_guide_is_accepted(run: Run, line: list[str]) -> None:
    """Its command and its options are in the help."""
    line = line[: line.index("|")] if "|" in line else line
    typed = with_paths([word for word in line if re.fullmatch("[a-z-][a-z-]+", word)])
    typed = [word for word in typed if word not in {"--sandbox", "-v"}]
    (command,) = (each for each in PATHS if typed[: len(each)] == each)
    outcome = run(*command, "--help")
    assert outcome.code == 0
    options = [word for word in line if re.match("--?[a-z]", word) and word not in command]
    known_names = re.findall(r"--?[a-z-]+", outcome.out + run("--help").out)
    assert [option for option in options if option not in known_names] == []


def test_the_drawing_in_the_guide_is_up_to_date() -> None:
    """It equals the one that the screen tests keep."""
    assert (ROOT / "tests/cli/screens/terminal_watch.txt").read_text("utf-8") in GUIDE


def test_the_guide_has_commands() -> None:
    """The tests above have something to check."""
    assert len(LINES) >= 20
