"""The README's table of the operations, made from the code: run it to write the table anew.

python -m tests.readme.operations_table
"""

import inspect
import re
from collections.abc import Iterator
from pathlib import Path
from types import UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

from mistral_core import EventStream, Ok, operation_of
from mistral_funcs.cli.tree import VERBS

README = Path(__file__).parents[2] / "README.md"
HEAD = "| call | endpoint | returns |\n|---|---|---|\n"


def table() -> str:
    """Return the table: a row for each operation, in the order of the menu."""
    return HEAD + "".join(f"{row}\n" for row in rows())


def rows() -> Iterator[str]:
    """Go through the rows."""
    for resource, verbs in VERBS.items():
        for verb in verbs:
            function: Any = getattr(mistral_funcs, f"{resource}_{verb}")
            operation, name = operation_of(function), function.__name__
            endpoint = f"{operation.method} {operation.path}"
            yield f"| `{name}({arguments(function)})` | `{endpoint}` | {returned(function)} |"


def arguments(function: Any) -> str:
    """Return what a call has to say, and dots where it may say more."""
    parameters = [*inspect.signature(function).parameters.values()][:-1]
    positional = [each.name for each in parameters if each.kind != each.KEYWORD_ONLY]
    keywords = [each for each in parameters if each.kind == each.KEYWORD_ONLY]
    required = [each.name for each in keywords if each.default is each.empty]
    more = ["..."] if len(required) < len(keywords) else []
    return ", ".join([*positional, *(["*"] if keywords else []), *required, *more])


def returned(function: Any) -> str:
    """Return the names of what a call returns within its `Ok`."""
    results = get_args(get_type_hints(function)["return"])
    kind = next(get_args(each)[0] for each in results if get_origin(each) is Ok)
    if get_origin(kind) is EventStream:
        return f"`EventStream` of {named(*get_args(kind))}"
    return named(kind)


def named(kind: Any) -> str:
    """Return the names of a class, or of the members of a union."""
    is_union = get_origin(kind) in (Union, UnionType)
    *names, last = [f"`{each.__name__}`" for each in (get_args(kind) if is_union else (kind,))]
    return f"{', '.join(names)} or {last}" if names else last


def told() -> str:
    """Return the table as the README has it."""
    found = re.search(rf"{re.escape(HEAD)}(?:\|.*\n)*", README.read_text("utf-8"))
    return found.group() if found else ""


if __name__ == "__main__":
    README.write_text(README.read_text("utf-8").replace(told(), table()), "utf-8")
