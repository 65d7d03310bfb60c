"""Completions as text: the choices, their tool calls, and a note if one is incomplete."""

import json
from collections.abc import Iterator
from typing import Any

from mistral_funcs.cli.screen import note, write


def text_of_choices(response: Any) -> str:
    """Return the text of a completion. Several choices are numbered."""
    texts = [
        "\n".join([*filter(None, [choice.message.text]), *_tool_calls(choice)])
        for choice in response.choices
        if choice.message
    ]
    if len(texts) < 2:
        return "".join(texts)
    return "\n\n".join(f"[{number}] {text}" for number, text in enumerate(texts, start=1))


def print_ending(chunks: list[Any]) -> None:
    """Print the parts of a streamed completion that are not text, after its text."""
    from mistral_funcs.toolkit.folding import fold_completion  # noqa: PLC0415 - few commands need it

    completion = fold_completion(chunks)
    for choice in completion.choices:
        for line in _tool_calls(choice):
            write(f"{line}\n")
    note_incomplete(completion)


def note_incomplete(response: Any) -> None:
    """Print a note if a completion reached its maximum length."""
    if any(choice.finish_reason in {"length", "model_length"} for choice in response.choices):
        note("The response is incomplete: it reached the maximum number of tokens.")


def _tool_calls(choice: Any) -> Iterator[str]:
    for call in (choice.message and choice.message.tool_calls) or ():
        arguments = call.function.arguments
        text = arguments if isinstance(arguments, str) else json.dumps(arguments)
        yield f"{call.function.name}({text})"
