"""What an object of the API looks like to a person: a table, a text, or a line for each field.

Classes are told by their names, so that a command loads no more schemas than its operation does.
"""

import json
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from rich.console import OverflowMethod
from rich.table import Table
from rich.text import Text

from mistral_core import Unknown
from mistral_core.http.text import harmless, in_one_line
from mistral_funcs.cli.cells import cell, fields_of, is_moment
from mistral_funcs.cli.json_values import unstructured
from mistral_funcs.cli.screen import note, put, screen, write

COLUMNS = {
    "ModelList": "id context=max_context_length description",
    "JobsOut": "id status model created=created_at",
    "ListFilesResponse": "id filename bytes purpose",
    "ListBatchJobsResponse": "id status done=completed_requests of=total_requests endpoint",
    "VoiceListResponse": "id name languages gender",
    "EmbeddingResponse": "index embedding",
}
"""The columns of each list: a field, or a title and its field."""


def show(value: Any) -> None:
    """Print an object for a person."""
    name = type(value).__name__
    if name in COLUMNS:
        show_list(value, dict(_column(each) for each in COLUMNS[name].split()))
    elif name in ROWS:
        titles, rows = ROWS[name]
        show_table(titles.split(), rows(value))
    elif name in TEXTS:
        write(TEXTS[name](value).rstrip("\n") + "\n")
    else:
        show_fields(value)


def show_list(value: Any, columns: dict[str, str]) -> None:
    """Print a list as a table, and say whether there is more of it."""
    items = [unstructured(item) or {"id": str(item)} for item in value.data]
    rows = ([_short(field, item.get(field)) for field in columns.values()] for item in items)
    show_table(list(columns), rows)
    total = getattr(value, "total", None)
    if not items:
        note("There are none.")
    elif total and total > len(items):
        note(f"{len(items)} of {total} are shown.")


def show_table(titles: list[str], rows: Iterable[list[str]]) -> None:
    """Print a table, a line for each row.

    On a terminal, what has no room is cut, but for ids: they are there to be copied.
    """
    console = screen()
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="bold")
    longest = LONGEST_CELL if console.is_terminal else LONGEST_PIPED_CELL
    lines = [[in_one_line(each, longest) for each in row] for row in rows]
    cut: OverflowMethod = "crop" if console.options.ascii_only else "ellipsis"
    beside = sum(len(title) + 2 for title in titles if title != "id")
    for number, title in enumerate(titles):
        column = [line[number] for line in lines]
        figures = any(column) and all(each.replace(".", "").isdecimal() for each in column if each)
        table.add_column(
            title.upper(),
            justify="right" if figures else "left",
            min_width=None if title == "id" else min(len(title), console.width // len(titles)),
            no_wrap=title == "id" and max(map(len, column), default=0) + beside <= console.width,
            overflow="fold" if title == "id" else cut,
        )
    for line in lines:
        cells = zip(titles, line, strict=True)
        table.add_row(*(Text(each, no_wrap=title != "id") for title, each in cells))
    if lines:
        put(table)


def show_fields(value: Any) -> None:
    """Print an object as a line for each field that it has."""
    if isinstance(value, Unknown):
        note(f"This is newer than this program: {value.reason}.")
    grid = Table.grid(padding=(0, 2), pad_edge=False)
    grid.add_column(max_width=screen().width // 2, overflow="fold", style="bold")
    grid.add_column(overflow="fold")
    for name, text in fields_of(unstructured(value) or {"value": str(value)}):
        grid.add_row(in_one_line(name), Text(harmless(text)))
    put(grid)


def outcome(chunks: list[Any]) -> None:
    """Print what a streamed completion ended with, beside its text."""
    from mistral_funcs.toolkit.folding import fold_completion  # noqa: PLC0415 - few commands need it

    pieces = [chunk for chunk in chunks if hasattr(chunk, "choices")]
    for choice in fold_completion(pieces).choices:
        for line in _tool_calls(choice):
            write(f"{line}\n")
        if choice.finish_reason in ("length", "model_length"):
            note("The answer was cut short: it had no more tokens.")


def _tool_calls(choice: Any) -> Iterator[str]:
    for call in (choice.message and choice.message.tool_calls) or ():
        told = call.function.arguments
        yield f"{call.function.name}({told if isinstance(told, str) else json.dumps(told)})"


def _choices(answer: Any) -> str:
    texts = [
        "\n".join([*filter(None, [choice.message.text]), *_tool_calls(choice)])
        for choice in answer.choices
        if choice.message
    ]
    if len(texts) < 2:
        return "".join(texts)
    return "\n\n".join(f"[{number}] {text}" for number, text in enumerate(texts, start=1))


def _found(answer: Any) -> Iterator[list[str]]:
    for number, result in enumerate(answer.results, start=1):
        for category, score in result.category_scores.items():
            found = "yes" if result.categories.get(category) else ""
            yield [str(number), category, found, f"{score:.4f}"]


def _labels(answer: Any) -> Iterator[list[str]]:
    for number, result in enumerate(answer.results, start=1):
        for target, told in result.items():
            for label, score in told.scores.items():
                yield [str(number), target, label, f"{score:.4f}"]


def _short(field: str, value: Any) -> str:
    """Return a cell of a list, where a moment is but a day."""
    text = cell(field, value)
    return text[:10] if is_moment(field) else text


def _column(text: str) -> tuple[str, str]:
    title, _, field = text.partition("=")
    return title, field or title


LONGEST_CELL = 1_000
"""The most characters of a cell on a terminal, whatever its width."""

LONGEST_PIPED_CELL = 10_000
"""The most characters of a cell in a pipe: in practice all of them."""

ROWS: dict[str, tuple[str, Callable[[Any], Iterator[list[str]]]]] = {
    "ModerationResponse": ("input category found score", _found),
    "ClassificationResponse": ("input target label score", _labels),
}
TEXTS: dict[str, Callable[[Any], str]] = {
    "ChatCompletionResponse": _choices,
    "FIMCompletionResponse": _choices,
    "TranscriptionResponse": lambda answer: str(answer.text),
    "OCRResponse": lambda answer: "\n\n".join(page.markdown for page in answer.pages),
    "GetSignedUrlResponse": lambda answer: str(answer.url),
}
