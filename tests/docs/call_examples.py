"""An example of each operation: a program that calls it, made from its declaration."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any, Literal, TypeAlias, get_args, get_origin

import mistral_funcs
from mistral_core import Operation, operation_of
from mistral_core.operations.inspection import Parameter
from mistral_funcs.sandbox.argument_types import members_of
from tests.docs.example_values import BY_NAME, BY_OPERATION, CHANGES, MORE

Value: TypeAlias = "str | float | datetime | list[Value] | dict[str, Value]"
"""An argument in an example."""

WIDTH = 88
INDENT = 4

PROGRAM = """\
import asyncio{standard}

from mistral_core import MistralCore
from mistral_funcs import {name}


async def main() -> None:
    async with MistralCore() as client:
        {call}
{use}


asyncio.run(main())
"""

USES: Mapping[str, str] = {
    "JSON": "print(result.unwrap())",
    "NoContent": "result.unwrap()  # raises the error, if there is one",
    "Events": """\
async with result.unwrap() as events:
    async for event in events:
        print(event.unwrap())""",
    "JSONLines": """\
async with result.unwrap() as lines:
    async for line in lines:
        print(line.unwrap())""",
    "Text": "print(result.unwrap().text)",
    "TextEvents": """\
async with result.unwrap() as events:
    async for event in events:
        print(event.unwrap().text, end="")""",
    "Binary": """\
saved = await result.unwrap().save("{file}")
print(saved.unwrap())""",
}
"""What a program does with the result, by the kind of the response and what it contains."""


def example_of(name: str) -> str:
    """Return a program that calls an operation."""
    declared = operation_of(getattr(mistral_funcs, name))
    kind = type(declared.returns).__name__
    if hasattr(getattr(declared.returns, "schema", None), "text"):
        kind = {"JSON": "Text", "Events": "TextEvents"}[kind]
    use = USES[kind].replace("{file}", "speech.mp3" if name.startswith("audio") else "download")
    call = _call(name, declared)
    return PROGRAM.format(
        standard="\nfrom datetime import UTC, datetime" if "datetime(" in call else "",
        name=name,
        call=call,
        use="\n".join(f"{' ' * 2 * INDENT}{line}" for line in use.splitlines()),
    )


def _call(name: str, declared: Operation[Any]) -> str:
    arguments = ["client"]
    for each in _shown(name, declared):
        value = value_of(name, each)
        prefix = "" if each.place == "path" else f"{each.name}="
        arguments.append(f"{prefix}{_code(value, 3 * INDENT, len(prefix) + 1)}")
    line = f"result = await {name}({', '.join(arguments)})"
    if "\n" not in line and 2 * INDENT + len(line) <= WIDTH:
        return line
    outer, inner = " " * 2 * INDENT, " " * 3 * INDENT
    lines = "".join(f"{inner}{each},\n" for each in arguments)
    return f"result = await {name}(\n{lines}{outer})"


def _shown(name: str, declared: Operation[Any]) -> Iterator[Parameter]:
    """Yield the required parameters, those in `MORE`, and one if a body would be empty without."""
    body = [each for each in declared.parameters if each.place in {"json", "form", "file", "body"}]
    fields = {each.name for each in body}
    more = next((MORE[key] for key in _beginnings(name) if key in MORE), ())
    if not (more or any(each.required for each in body)):
        more = tuple(each for each in CHANGES if each in fields)[:1]
    return (each for each in declared.parameters if each.required or each.name in more)


def _beginnings(name: str) -> Iterator[str]:
    """Yield the name of an operation, and its beginnings, the longest first."""
    while name:
        yield name
        name = name.rpartition("_")[0]


def value_of(name: str, parameter: Parameter) -> Any:
    """Return the value of an argument: by the operation, the name or the type of a parameter.

    Raises:
        KeyError: There is no value.
    """
    for beginning in _beginnings(name):
        if (key := f"{beginning}.{parameter.name}") in BY_OPERATION:
            return BY_OPERATION[key]
    if parameter.name in BY_NAME:
        return BY_NAME[parameter.name]
    literals = [each for each in members_of(parameter.type) if get_origin(each) is Literal]
    if literals:
        return get_args(literals[0])[0]
    if parameter.name == "id" or parameter.name.endswith("_id"):
        return f"{parameter.name.removesuffix('_id').replace('_', '-')}-abc123"
    raise KeyError(f"{name}.{parameter.name}")


def _code(value: Value, indent: int, used: int) -> str:
    """Return a value as formatted source code.

    Args:
        value: The value.
        indent: The indentation of the line it starts on.
        used: The number of characters on that line besides the value.
    """
    line = _line(value)
    if indent + used + len(line) <= WIDTH or not isinstance(value, dict | list) or not value:
        return line
    inner = indent + INDENT
    if isinstance(value, dict):
        items = [f"{_line(key)}: {_code(each, inner, len(key) + 5)}" for key, each in value.items()]
        opening, closing = "{", "}"
    else:
        items = [_code(each, inner, 1) for each in value]
        opening, closing = "[", "]"
    lines = "".join(f"{' ' * inner}{each},\n" for each in items)
    return f"{opening}\n{lines}{' ' * indent}{closing}"


def _line(value: Value) -> str:
    """Return a value as source code on one line, with double quotes."""
    if isinstance(value, str):
        return f'"{value}"'
    if isinstance(value, dict):
        fields = ", ".join(f"{_line(key)}: {_line(each)}" for key, each in value.items())
        return f"{{{fields}}}"
    if isinstance(value, list):
        return f"[{', '.join(map(_line, value))}]"
    if isinstance(value, datetime):
        parts = ", ".join(map(str, value.timetuple()[:5]))
        return f"datetime({parts}, tzinfo=UTC)"
    return repr(value)
