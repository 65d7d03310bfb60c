"""Every union member in a schema field is read, written and sent."""

import json
from typing import Any

import attrs
import pytest

from mistral_core.request.encode import encode_json
from mistral_core.schema import key_of
from mistral_core.structuring.converter import converter
from tests.contract.examples import CLASSES, Examples
from tests.contract.exceptions import EXCEPTIONS
from tests.contract.facts.notation import members
from tests.contract.facts.stored import fields, load
from tests.contract.responses import unread
from tests.contract.test_declarations import RULES

FACTS = load()
FULL = Examples(FACTS)
TYPED = Examples(FACTS, typed=True)


def unions(names: Any) -> list[tuple[str, str]]:
    """Yield the union fields of schemas, ignoring `null`."""
    return [
        (name, field.name)
        for name in sorted(names & FACTS.schemas.keys())
        if name.casefold() in CLASSES
        for field in fields(FACTS.schemas[name]).values()
        if len({*members(field.type)} - {"null"}) > 1
        if not {(name, field.name, "field"), (name, field.name, "type")} & EXCEPTIONS.keys()
    ]


@pytest.mark.parametrize(("name", "field"), unions(RULES.received))
def test_each_member_is_read(name: str, field: str) -> None:
    """It is serialized as it was received."""
    example, cls = FULL.of_schema(name), CLASSES[name.casefold()]
    for value in FULL.all_of(fields(FACTS.schemas[name])[field].type, frozenset({name})):
        raw = {**example, field: value}
        created = converter.structure(raw, cls)
        assert unread(created) == []
        if value is not None:
            assert converter.unstructure(created) == raw


@pytest.mark.parametrize(("name", "field"), unions(RULES.sent))
def test_each_member_is_sent(name: str, field: str) -> None:
    """An object of a class is sent as its mapping."""
    kind = fields(FACTS.schemas[name])[field].type
    raw: Any = FULL.of_schema(name)
    typed: Any = TYPED.of_schema(name)
    names = {key_of(each): each.name for each in attrs.fields(CLASSES[name.casefold()])}
    inside = frozenset({name})
    for plain, value in zip(FULL.all_of(kind, inside), TYPED.all_of(kind, inside), strict=True):
        sent = encode_json(attrs.evolve(typed, **{names[field]: value}))
        if value is not None:
            assert json.loads(sent) == {**raw, field: plain}
