"""Descriptions of a function and its parameters, from its docstring."""

import inspect
from importlib import import_module
from typing import Any, final

import attrs


@final
@attrs.frozen
class Documentation:
    """The content of a docstring.

    Attributes:
        description: What the function does.
        parameters: Descriptions of parameters, by name.
    """

    description: str = ""
    parameters: dict[str, str] = attrs.field(factory=dict[str, str])


def read_docstring(docstring: str | None) -> Documentation:
    """Read a docstring in the style of Google, NumPy, Sphinx or Epydoc.

    The sections of a docstring are parsed by `docstring_parser`, which `mistral-funcs[tools]`
    installs. Without it, the first paragraph is the description.
    """
    text = inspect.cleandoc(docstring or "")
    try:
        parser: Any = import_module("docstring_parser")
    except ImportError:
        return Documentation(" ".join(text.partition("\n\n")[0].split()))
    parsed = parser.parse(text)
    return Documentation(
        (parsed.description or "").strip(),
        {each.arg_name: " ".join((each.description or "").split()) for each in parsed.params},
    )
