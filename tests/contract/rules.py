"""How the code must declare what is in the facts: the rules of the project.

- A response may contain what the facts do not have yet: `Unknown` in place of one of several
  objects, any string in place of an enum's. An item of an array that cannot be read may be an
  `Unknown` too, so that it does not fail the whole page.
- A request takes a mapping for any object, and an `Unknown` where a response may have brought it.
  A field of an object that is in responses too may take one: for people who write it, or not, for
  those who read it.
- In a response only `id` is required: older and self-hosted servers leave out everything else.
- What a response left out has the API's default, else it is empty rather than `None`.
- In a request, what is left out is `UNSET` where `null` means something, and `None` elsewhere.
"""

from collections.abc import Iterable, Iterator, Set as AbstractSet
from typing import Any, final

import attrs

from mistral_core import UNSET, Operation
from tests.contract.declared import UNSET_TYPE, classes_of, response_schema
from tests.contract.facts.notation import (
    array,
    inner,
    is_container,
    is_literal,
    mapping,
    members,
    union,
    value_of,
)
from tests.contract.facts.stored import Facts, Field

IDENTITY = "id"
"""The field that a response must contain."""

REQUIRED: Any = attrs.NOTHING
"""Marks a field without a default."""


@final
@attrs.frozen
class Rules:
    """The rules for some facts, and for the schemas that the code sends and receives.

    Attributes:
        facts: The facts.
        sent: The schemas that the requests of the code may contain.
        received: The schemas that the responses may contain.
    """

    facts: Facts
    sent: AbstractSet[str]
    received: AbstractSet[str]

    @classmethod
    def of(cls, facts: Facts, operations: Iterable[Operation[Any]]) -> "Rules":
        """Return the rules for these operations of the code."""
        given = [*operations]
        sent = classes_of(*(each.type for one in given for each in one.parameters))
        received = classes_of(*map(response_schema, given))
        return cls(
            facts,
            {facts.name_of(each.__name__) for each in sent},
            {facts.name_of(each.__name__) for each in received},
        )

    def types_of(self, text: str, *, response: bool) -> tuple[str, ...]:
        """Return the types that the code may use for a type of the facts."""
        strict = self.type_of(text, response=response)
        return (
            (strict, self.type_of(text, response=True, forgiving=True)) if response else (strict,)
        )

    def type_of(self, text: str, *, response: bool, forgiving: bool = False) -> str:
        """Return the type that the code must use for a type of the facts.

        Args:
            text: The type in the facts.
            response: Whether it is in a response.
            forgiving: Whether an invalid item of an array is an `Unknown`.
        """
        return union(self._members([*members(text)], response=response, forgiving=forgiving))

    def _members(self, parts: Iterable[str], *, response: bool, forgiving: bool) -> Iterator[str]:
        objects = {*parts} & self.facts.schemas.keys()
        if len(objects if response else objects & self.sent & self.received) > 1:
            yield "Unknown"
        for each in parts:
            if is_container(each):
                text = self.type_of(inner(each), response=response, forgiving=forgiving)
                if forgiving and {*members(text)} & self.facts.schemas.keys():
                    text = union([*members(text), "Unknown"])
                yield array(text) if each[0] == "[" else mapping(text)
            else:
                yield each
                if each in objects and not response:
                    yield mapping("any")

    def default_of_parameter(self, field: Field, *, in_json: bool) -> object:
        """Return the default of a parameter. Forms and queries have no `null`."""
        if field.required:
            return REQUIRED
        return UNSET if field.is_nullable and in_json else None

    def default_of_field(self, schema: str, field: Field) -> object:
        """Return the default of a field of a schema."""
        sent, received = schema in self.sent, schema in self.received
        constant = _constant(field)
        if constant is not None:
            return constant
        if field.required and (sent or field.name == IDENTITY):
            return REQUIRED
        if not sent:
            return self._default_of_response(field)
        return UNSET if field.is_nullable and not received else None

    def _default_of_response(self, field: Field) -> object:
        """Return the value of a field that a response left out."""
        if field.default or not field.required:
            return value_of(field.default or "null")
        kinds = {
            "[" if each[0] == "[" else "{" for each in members(field.type) if self._is_filled(each)
        }
        return [] if "[" in kinds else {} if kinds else None

    def _is_filled(self, member: str) -> bool:
        """Return whether a type has an empty value. Objects with an ID have none."""
        return is_container(member) or (
            member in self.facts.schemas and IDENTITY not in self.facts.schemas[member]
        )


def with_default(text: str, default: object) -> str:
    """Return the type of an optional value with this default."""
    added = [UNSET_TYPE] if default is UNSET else ["null"] if default is None else []
    return union([*members(text), *added])


def _constant(field: Field) -> object:
    """Return the only value of a field, which is also its default, or `None`."""
    literals = [each for each in members(field.type) if is_literal(each)]
    is_constant = literals in ([field.type], [field.default])
    return value_of(literals[0]) if is_constant else None
