"""A short notation for types of the API, readable in a diff.

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
    """Return the union of these types."""
    return " | ".join(sorted(set(members)))


def members(text: str) -> Iterator[str]:
    """Split a union into its members."""
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
    """Return the array type with this item type."""
    return f"[{items}]"


def mapping(values: str) -> str:
    """Return the map type with this value type."""
    return f"{{{values}}}"


def inner(member: str) -> str:
    """Return the item type of an array or the value type of a map."""
    return member[1:-1]


def is_container(member: str) -> bool:
    """Return whether a type is an array or a map."""
    return member[:1] in {"[", "{"}


def literal(value: object) -> str:
    """Return the literal type of a value."""
    return f"'{value}'" if isinstance(value, str) else json.dumps(value)


def is_literal(member: str) -> bool:
    """Return whether a type is a literal."""
    return LITERAL.fullmatch(member) is not None


def value_of(member: str) -> object:
    """Return the value of a literal type, or of a default in the same notation."""
    return member[1:-1] if member[:1] == "'" else json.loads(member)


def names(text: str) -> set[str]:
    """Return the schema names in a type, at any depth."""
    return {name for name in NAME.findall(text) if name not in PRIMITIVES and not is_literal(name)}
