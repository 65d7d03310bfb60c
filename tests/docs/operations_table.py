"""The table of all operations in the API reference, made from their declarations."""

import inspect
from collections.abc import Iterator
from typing import Any

import mistral_funcs
from mistral_core import operation_of
from mistral_funcs._index import OPERATIONS
from mistral_funcs.cli.response_traits import schemas_of
from tests.docs.official_names import in_python, in_typescript

HEAD = "| call | endpoint | returns | Python SDK | TypeScript SDK |\n|---|---|---|---|---|\n"


def operations_table() -> str:
    """Return a row for each operation, in the order of their names."""
    return HEAD + "".join(f"{row}\n" for row in _rows())


def _rows() -> Iterator[str]:
    for name in OPERATIONS:
        function: Any = getattr(mistral_funcs, name)
        declared = operation_of(function)
        cells = (
            f"`{name}` {arguments(function)}",
            f"`{declared.method} {declared.path}`",
            response(name, function),
            in_python(name),
            in_typescript(name),
        )
        yield f"| {' | '.join(cells)} |"


def arguments(function: Any) -> str:
    """Return the required arguments of a call, and dots if there are more."""
    parameters = [*inspect.signature(function).parameters.values()][1:-1]
    positional = [each.name for each in parameters if each.kind != each.KEYWORD_ONLY]
    keywords = [each for each in parameters if each.kind == each.KEYWORD_ONLY]
    required = [f"{each.name}=" for each in keywords if each.default is each.empty]
    more = ["..."] if len(required) < len(keywords) else []
    return f"({', '.join(['client', *positional, *required, *more])})"


def response(name: str, function: Any) -> str:
    """Return what a call returns within its `Ok`: the kind of response, and its schemas."""
    kind = {"JSON": "", "Events": "`EventStream` of ", "Binary": "`ByteStream`"}
    names = [f"`{each.__name__}`" for each in schemas_of(operation_of(function)) if each]
    *first, last = names or [""]
    schemas = f"{', '.join(first)} or {last}" if first else last
    return f"{kind.get(OPERATIONS[name][3], '')}{schemas}" or "`None`"
