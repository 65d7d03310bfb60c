"""The question of a command: what is typed, and after it what is piped."""

import sys
from collections.abc import Sequence
from typing import Any

from mistral_funcs.cli.json_arguments import decode


def ask(given: dict[str, Any]) -> str:
    """Add the question to the messages; return what is wrong, if anything is.

    Args:
        given: The arguments, with `question` and `piped`, which are taken out.
    """
    typed: Sequence[str] = given.pop("question", None) or ()
    try:
        piped = _standard_input(read_terminal=given.pop("piped", False))
    except ValueError:
        return "Standard input is not text in UTF-8, UTF-16 or UTF-32."
    question = "\n\n".join(filter(None, (" ".join(typed), piped.strip())))
    if question:
        message = {"role": "user", "content": question}
        given["messages"] = [*given.get("messages", ()), message]
    return "" if given.get("messages") else 'There is no question: give a text, as in "Hello".'


def _standard_input(*, read_terminal: bool) -> str:
    """Return the text of standard input; nothing where that is a terminal or closed.

    Raises:
        ValueError: It is not text.
    """
    stdin: Any = sys.stdin
    if stdin is None or (stdin.isatty() and not read_terminal):
        return ""
    return decode(stdin.buffer.read()) if hasattr(stdin, "buffer") else str(stdin.read())
