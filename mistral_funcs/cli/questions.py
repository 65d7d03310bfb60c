"""The question of a chat: the words on the command line, followed by piped input."""

import sys
from collections.abc import Sequence
from typing import Any

from mistral_funcs.cli.json_arguments import decode


def add_question(arguments: dict[str, Any]) -> str:
    """Add the question to the messages, and return what is wrong with it, if anything is.

    Args:
        arguments: The arguments of the command. `question` and `piped` are removed from them.
    """
    typed: Sequence[str] = arguments.pop("question", None) or ()
    try:
        piped = _standard_input(read_terminal=arguments.pop("piped", False))
    except ValueError:
        return "Standard input is not text in UTF-8, UTF-16 or UTF-32."
    question = "\n\n".join(filter(None, (" ".join(typed), piped.strip())))
    if question:
        message = {"role": "user", "content": question}
        arguments["messages"] = [*arguments.get("messages", ()), message]
    return "" if arguments.get("messages") else 'No question. Type one, such as "Hello".'


def _standard_input(*, read_terminal: bool) -> str:
    """Return the text of standard input; nothing if it is a terminal or closed.

    Raises:
        ValueError: The input is not text.
    """
    stdin: Any = sys.stdin
    if stdin is None or (stdin.isatty() and not read_terminal):
        return ""
    return decode(stdin.buffer.read()) if hasattr(stdin, "buffer") else str(stdin.read())
