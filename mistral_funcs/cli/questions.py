"""Questions: words on the command line and piped input, sent as the last message."""

import sys
from collections.abc import Sequence
from typing import Any

from mistral_core import Operation
from mistral_funcs.cli.json_arguments import decode, read_json
from mistral_funcs.cli.tree import COMMANDS, resource_of

FIELDS = {
    "agents": "messages",
    "beta.conversations": "inputs",
    "chat": "messages",
    "responses": "input",
}
"""The resources whose operations take a question, with the field for it."""


def question_field(operation: Operation[Any]) -> str | None:
    """Return the field for the messages of an operation, if it takes a question."""
    field = FIELDS.get(resource_of(operation.name)) if operation.name in COMMANDS else None
    return field if field in operation.fields else None


def add_question(arguments: dict[str, Any], operation: Operation[Any], field: str) -> str:
    """Add the question to the messages. Return an error message, or an empty string.

    Args:
        arguments: The arguments of the command. `question`, `piped` and `system` are removed.
        operation: The operation to call.
        field: Its field for the messages.
    """
    typed: Sequence[str] = arguments.pop("question", None) or ()
    system: str | None = arguments.pop("system", None)
    messages = arguments.pop(field, None) or ()
    if field != "messages" and len(typed) == 1 and typed[0].startswith(("@", "[", "{")):
        try:
            messages, typed = read_json(typed[0], None, lists=True), ()
        except ValueError as error:
            return f"Invalid question: {error}"
    try:
        piped = _standard_input(read_terminal=arguments.pop("piped", False))
    except ValueError:
        return "Standard input is not text in UTF-8, UTF-16 or UTF-32."
    question = "\n\n".join(filter(None, (_as_utf8(" ".join(typed)), piped.strip())))
    if field != "messages" and not messages and question and "attach" not in arguments:
        messages = question
    elif question or "attach" in arguments:
        messages = [*_as_list(messages), _message("user", question)]
    if system:
        messages = [_message("system", _as_utf8(system)), *_as_list(messages)]
    if messages:
        arguments[field] = messages
    missing = not messages and field in operation.required
    return 'No question. Type one, such as "Hello".' if missing else ""


def _as_utf8(text: str) -> str:
    """Decode an argument as UTF-8 if the locale could not decode it."""
    return text.encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def _message(role: str, content: str) -> dict[str, str]:
    return {"role": role, "content": content}


def _as_list(messages: Any) -> list[Any]:
    """Return messages as a list. A string is a single message."""
    if isinstance(messages, str):
        return [_message("user", messages)]
    return [messages] if isinstance(messages, dict) else [*messages]


def _standard_input(*, read_terminal: bool) -> str:
    """Return the text of standard input, empty if it is a terminal or closed.

    Raises:
        ValueError: The input is not text.
    """
    stdin: Any = sys.stdin
    if stdin is None or (stdin.isatty() and not read_terminal):
        return ""
    return decode(stdin.buffer.read()) if hasattr(stdin, "buffer") else str(stdin.read())
