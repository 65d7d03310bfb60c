"""Types of the API as short text, for facts that people read in a diff.

`string`, `integer`, `number`, `boolean`, `null`, `date-time`, `binary` and `any` are themselves,
`[string]` is an array, `{number}` an object with any keys, `'auto'` and `true` are the values
themselves, another name is a schema, and `'a' | 'b' | string` is one of several.
"""

import json
import re
from collections.abc import Iterable, Iterator

PRIMITIVES = frozenset(
    {"string", "integer", "number", "boolean", "null", "date-time", "binary", "any"}
)
NAME = re.compile(r"'[^']*'|\w[\w.-]*")
LITERAL = re.compile(r"'[^']*'|true|false|-?\d+")
TOKEN = re.compile(r"'[^']*'|[\[{]|[\]}]| \| |[^\[\]{}' ]+")


def union(members: Iterable[str]) -> str:
    """Return the type that is any of these types."""
    return " | ".join(sorted(set(members)))


def members(text: str) -> Iterator[str]:
    """Split a type into the types that it is a union of."""
    depth, member = 0, ""
    for part in TOKEN.findall(text):
        depth += (part in "[{") - (part in "]}")
        if part == " | " and depth == 0:
            yield member
            member = ""
        else:
            member += part
    if member:
        yield member


def array(items: str) -> str:
    """Return the type of an array."""
    return f"[{items}]"


def mapping(values: str) -> str:
    """Return the type of an object with any keys."""
    return f"{{{values}}}"


def inner(member: str) -> str:
    """Return the type of the items of an array, or of the values of an object."""
    return member[1:-1]


def is_container(member: str) -> bool:
    """Return whether a type is an array or an object with any keys."""
    return member[:1] in {"[", "{"}


def literal(value: object) -> str:
    """Return the type of one value."""
    return f"'{value}'" if isinstance(value, str) else json.dumps(value)


def is_literal(member: str) -> bool:
    """Return whether a type is one value."""
    return LITERAL.fullmatch(member) is not None


def value_of(member: str) -> object:
    """Return the value whose type this is, or the default that is written like it."""
    return member[1:-1] if member[:1] == "'" else json.loads(member)


def names(text: str) -> set[str]:
    """Return the names of the schemas in a type, however deep."""
    return {name for name in NAME.findall(text) if name not in PRIMITIVES and not is_literal(name)}
