"""What an operation's function says of its parameters: types, defaults and documentation.

Nothing that makes a call loads this: it is for the command line, the sandbox, documentation and
tests.
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
        place: Where it goes: `path`, `query`, `header`, `json` or `form`, of which it is a field,
            `file` for an upload in a form, or `body`, which it is itself.
        key: Its name on the wire.
        type: Its type, evaluated.
        required: Whether callers must give it.
        nullable: Whether `None` is sent as `null`. In all other places `None` leaves it out.
        documentation: What the docstring says about it.
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
    """Return the parameters of an operation but the client and the options, in their order."""
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


def documentation_of(docstring: str) -> dict[str, str]:
    """Return what the section `Args:` of a Google-style docstring says about each argument."""
    section = cleandoc(docstring).partition("\nArgs:\n")[2].partition("\n\n")[0]
    _, *parts = ENTRY.split(section)
    return {
        name: " ".join(text.split()) for name, text in zip(parts[::2], parts[1::2], strict=True)
    }
