"""Deterministic example values for the types of the facts."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any, final

import attrs

from mistral_core.schema import key_of
from mistral_funcs import schemas
from mistral_funcs.schemas._index import SCHEMAS
from tests.contract.exceptions import EXCEPTIONS
from tests.contract.facts.notation import inner, is_container, is_literal, members, value_of
from tests.contract.facts.stored import Facts, Field, fields

VALUES: dict[str, Any] = {
    "string": "text é/?&=%",
    "integer": 3,
    "number": 0.5,
    "boolean": True,
    "date-time": "2026-01-02T03:04:05+00:00",
    "binary": b"\x00\xffbytes",
    "any": {"any": ["value", 1, None]},
    "null": None,
}

FORMATS: dict[str, str] = {"audio_data": "AAEC/w=="}
"""Fields whose strings have their own format, with an example."""

DATE = "date-time"

CLASSES = {name.casefold(): getattr(schemas, name) for name in SCHEMAS}

KEY = "a key"
"""The key in examples of maps."""


class RecursiveError(Exception):
    """A required field makes the schema contain itself."""


@final
@attrs.frozen
class Examples:
    """Creates examples.

    Attributes:
        facts: The facts.
        full: Whether to include optional fields.
        surprise: Whether to add an unknown field and an unknown enum value.
        typed: Whether to use schema classes and datetimes instead of JSON values.
    """

    facts: Facts
    full: bool = True
    surprise: bool = False
    typed: bool = False

    def of_type(self, text: str, inside: frozenset[str] = frozenset()) -> Any:
        """Return a value of a type. For a union, it is of the first type that is not `null`.

        Raises:
            RecursiveError: The value would have to contain an object of an enclosing schema.
        """
        return next(self.all_of(text, inside))

    def all_of(self, text: str, inside: frozenset[str] = frozenset()) -> Iterator[Any]:
        """Return a value for each member of a union.

        Raises:
            RecursiveError: A value would have to contain an object of an enclosing schema.
        """
        parts = sorted(members(text), key=self._rank)
        if self.surprise and "string" in parts and any(map(is_literal, parts)):
            yield "a-newer-value"
        values = list[Any]()
        for part in parts:
            try:
                values.append(self._value(part, inside))
            except RecursiveError:
                continue
        if not values:
            raise RecursiveError(text)
        yield from values

    def _rank(self, member: str) -> tuple[bool, bool, bool, bool, str]:
        """Return the sort key of a union's member: deeper types first, `null` last."""
        return (
            member == "null",
            member not in self.facts.schemas,
            not is_container(member),
            not is_literal(member),
            member,
        )

    def _value(self, member: str, inside: frozenset[str]) -> Any:
        if member in inside:
            raise RecursiveError(member)
        if member in self.facts.schemas:
            return self.of_schema(member, inside | {member})
        if is_container(member):
            return self._contained(member, inside)
        value: Any = value_of(member) if is_literal(member) else VALUES[member]
        return datetime.fromisoformat(value) if self.typed and member == DATE else value

    def _contained(self, member: str, inside: frozenset[str]) -> Any:
        """Return an array with an item of every kind, or a map with one key."""
        values = inner(member)
        if member[0] == "{":
            return {KEY: "value" if values == "any" else self.of_type(values, inside)}
        try:
            return [each for each in self.all_of(values, inside) if each is not None]
        except RecursiveError:
            return []

    def of_schema(self, name: str, inside: frozenset[str] = frozenset()) -> Any:
        """Return an object of a schema. Constants are always included: they identify its kind."""
        value: dict[str, Any] = {"a_newer_field": {"x": 1}} if self.surprise else {}
        for field in fields(self.facts.schemas[name]).values():
            if (name, field.name, "field") not in EXCEPTIONS and self._has(name, field):
                try:
                    value[field.name] = FORMATS.get(field.name) or self.of_type(
                        field.type, inside | {name}
                    )
                except RecursiveError:
                    if field.required:
                        raise
        cls = CLASSES.get(name.casefold()) if self.typed else None
        if cls is None:
            return value
        names = {key_of(field): field.name for field in attrs.fields(cls)}
        return cls(**{names.get(key, key): each for key, each in value.items()})

    def _has(self, schema: str, field: Field) -> bool:
        """Return whether to include a field."""
        is_set_by_default = field.default and (
            field.default in members(field.type) or (schema, field.name, "default") in EXCEPTIONS
        )
        return self.full or field.required or is_literal(field.type) or bool(is_set_by_default)
