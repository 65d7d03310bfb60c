"""Ask for confirmation before a deletion, if there is a terminal."""

import sys
from typing import Any

from mistral_core.http.text import in_one_line
from mistral_funcs.cli.tree import COMMANDS, summary_of


def deletes(name: str) -> bool:
    """Return whether a command deletes something."""
    verb = COMMANDS[name].rpartition(".")[2]
    return "delete" in verb or summary_of(name).startswith("Delete")


def confirmed(name: str, arguments: dict[str, Any]) -> bool:
    """Ask on the terminal whether to delete, and return the decision: yes without a terminal.

    Args:
        name: The name of the function.
        arguments: Its arguments. String arguments are shown.
    """
    stdin: Any = sys.stdin
    terminal = next((each for each in (sys.stderr, sys.stdout) if each.isatty()), None)
    if stdin is None or not stdin.isatty() or terminal is None:
        return True
    summary = summary_of(name).rstrip(".")
    ids = ", ".join(in_one_line(each) for each in arguments.values() if isinstance(each, str))
    terminal.write(f"{summary}{f': {ids}' if ids else ''}? [y/N] ")
    terminal.flush()
    typed: str = stdin.readline()
    if not typed.endswith("\n"):
        terminal.write("\n")
    return typed.strip().lower() in {"y", "yes"}
