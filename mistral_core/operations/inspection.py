"""The parameters of an operation: types, defaults and documentation.

Used by the command line, the sandbox, the documentation and tests. Making a call does not load it.
"""

import re
from functools import cache
from inspect import cleandoc, signature
from typing import TYPE_CHECKING, Any, final

import attrs

if TYPE_CHECKING:
    from mistral_core.operations.declaration import Operation, Place

ENTRY = re.compile(r"^ {4}(\w+): ", re.MULTILINE)


@final
@attrs.frozen
class Parameter:
    """A parameter of an operation.

    Attributes:
        name: Its name in Python.
        place: Where it is sent: in the `path`, the `query` or a `header`, as a field of a `json`
            or `form` body, as a `file` of a form, or as the `body`.
        key: Its name on the wire.
        type: Its type, evaluated.
        required: Whether callers must pass it.
        nullable: Whether `None` is sent as `null` rather than omitted.
        documentation: Its description in the docstring.
    """

    name: str
    place: "Place"
    key: str
    type: Any
    required: bool
    nullable: bool
    documentation: str


@cache
def parameters_of(operation: "Operation[Any]") -> tuple[Parameter, ...]:
    """Return the parameters of an operation in order, without the client and the options."""
    if operation.function is None:
        return ()
    declared = signature(operation.function).parameters
    documented = documentation_of(operation.function.__doc__ or "")
    places: dict[str, Place] = {**dict.fromkeys(operation.path_parameters, "path")}
    places |= operation.fields
    return tuple(
        Parameter(
            name,
            place,
            operation.keys.get(name, name),
            declared[name].annotation,
            required=place == "path" or name in operation.required,
            nullable=place in {"json", "body"}
            and operation.keys.get(name, name) in operation.nullable,
            documentation=documented.get(name, ""),
        )
        for name, place in places.items()
    )


def documentation_of(docstring: str, section: str = "Args") -> dict[str, str]:
    """Return the description of each argument in a Google-style docstring.

    Args:
        docstring: The docstring.
        section: The heading of the descriptions, such as `Attributes` for a class.
    """
    entries = cleandoc(docstring).partition(f"\n{section}:\n")[2].partition("\n\n")[0]
    _, *parts = ENTRY.split(entries)
    return {
        name: " ".join(text.split()) for name, text in zip(parts[::2], parts[1::2], strict=True)
    }
