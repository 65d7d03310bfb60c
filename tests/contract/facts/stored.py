"""The facts in the repository, and how to read and write them."""

import json
import re
from collections.abc import Iterator, Mapping
from functools import cached_property
from pathlib import Path
from typing import Any, TypeAlias, final

import attrs

from tests.contract.facts.notation import members, names, union

FOLDER = Path(__file__).parent

PLACES = ("path", "query", "header", "json", "form")
"""The places of request fields, in order. `body` is a complete body."""

_CAPITAL = re.compile("[A-Z]")

ERROR_EVENTS = frozenset({"StreamError", "WorkflowStreamError"})
"""Events that end a stream as an `Err`, and are therefore not yielded."""

RENAMED = {"workflowfailure": "Failure"}
"""Schemas that are renamed in the code, because the core uses the name in the facts."""

Fields: TypeAlias = Mapping[str, str]


@final
@attrs.frozen
class Field:
    """A field of a schema, or a parameter of an operation.

    Attributes:
        name: Its name on the wire.
        type: Its type, in the notation of the facts.
        required: Whether responses always have it, or requests need it.
        default: Default of the API, in the same notation.
    """

    name: str
    type: str
    required: bool
    default: str = ""

    @classmethod
    def read(cls, key: str, text: str) -> "Field":
        """Parse a line of the facts."""
        kind, _, default = text.partition(" = ")
        return cls(key.removesuffix("?"), kind, not key.endswith("?"), default)

    @property
    def line(self) -> tuple[str, str]:
        """Format the field as a line of the facts: key and text."""
        key = self.name if self.required else f"{self.name}?"
        return key, f"{self.type} = {self.default}" if self.default else self.type

    @property
    def is_nullable(self) -> bool:
        """Whether it may be `null`."""
        return "null" in members(self.type)


def fields(lines: Fields) -> dict[str, Field]:
    """Return the fields in lines of the facts, by name."""
    read = [Field.read(key, text) for key, text in lines.items()]
    return {each.name: each for each in read}


@final
@attrs.frozen
class Facts:
    """The API without prose.

    Attributes:
        operations: Each operation by its function; one without a function by its endpoint.
        schemas: The fields of each object.
    """

    operations: Mapping[str, Mapping[str, Any]]
    schemas: Mapping[str, Fields]

    @cached_property
    def _folded(self) -> dict[str, str]:
        return {name.casefold(): name for name in self.schemas} | RENAMED

    def name_of(self, name: str) -> str:
        """Return the name of a schema as the facts spell it. Documents differ in case."""
        return self._folded.get(name.casefold(), name)

    def reachable(self, types: Iterator[str]) -> set[str]:
        """Return the names of all schemas that can occur in values of these types."""
        reached = set[str]()
        waiting = set[str]().union(*map(names, types))
        while waiting:
            reached |= waiting
            inside = [text for name in waiting for text in self.schemas.get(name, {}).values()]
            types = iter(text.partition(" = ")[0] for text in inside)
            waiting = set[str]().union(*map(names, types)) - reached
        return reached & self.schemas.keys()


def request_types(operation: Mapping[str, Any]) -> Iterator[str]:
    """Return the types in a request."""
    for place in PLACES:
        yield from (field.type for field in fields(operation.get(place, {})).values())
    yield operation.get("body", "")


def argument_of(operation: Mapping[str, Any], key: str) -> str:
    """Return the Python name of a parameter. The default is its key in snake case."""
    name: str = operation.get("arguments", {}).get(key) or _CAPITAL.sub(r"_\g<0>", key).lower()
    return name


def body_of(operation: Mapping[str, Any]) -> Field:
    """Return the parameter that is the complete body. It is optional if it may be `null`."""
    kind = operation["body"]
    return Field("body", kind, required="null" not in members(kind))


def response_type(operation: Mapping[str, Any]) -> tuple[str, str, str]:
    """Return the status, the kind and the value type of a successful response."""
    status, kind, *rest = operation["returns"].split(" ", 2)
    if kind == "Events":
        rest = [union(each for each in members(*rest) if each not in ERROR_EVENTS)]
    return status, kind, rest[0] if rest else ""


def load() -> Facts:
    """Return the facts in the repository."""
    operations, schemas = (
        json.loads((FOLDER / f"{name}.json").read_text("utf-8"))
        for name in ("operations", "schemas")
    )
    return Facts(operations, schemas)


def save(facts: Facts) -> None:
    """Write the facts to the repository: one field per line, sorted."""
    for name, value in (("operations", facts.operations), ("schemas", facts.schemas)):
        text = json.dumps(value, indent=1, sort_keys=True, ensure_ascii=False)
        (FOLDER / f"{name}.json").write_text(f"{text}\n", "utf-8")
