"""Every operation in the index reads the responses in the facts, and loses nothing."""

from collections.abc import Iterator
from typing import Any

import pytest

from mistral_core import MistralCore, Unknown
from mistral_core.structuring.converter import converter
from mistral_core.testing import ScriptedTransport
from mistral_funcs._index import OPERATIONS
from mistral_funcs.toolkit.pagination import CURSORS, SELECTORS
from tests.contract.calls import argument, calling, example_call
from tests.contract.declared import declared
from tests.contract.examples import Examples
from tests.contract.facts.notation import inner, members
from tests.contract.facts.response_examples import load_examples
from tests.contract.facts.stored import fields, load, response_type
from tests.contract.responses import CONTENT, is_kept, response, unread, values_of
from tests.contract.rules import IDENTITY

FACTS = load()
FULL, MINIMAL = Examples(FACTS), Examples(FACTS, full=False)
NEWER = Examples(FACTS, surprise=True)
KINDS = {name: response_type(FACTS.operations[name])[1] for name in OPERATIONS}
ENDPOINTS = {
    FACTS.operations[name]["endpoint"]: name for name, kind in KINDS.items() if kind == "JSON"
}
PUBLISHED = [
    (ENDPOINTS[endpoint], value)
    for endpoint, values in load_examples().items()
    if endpoint in ENDPOINTS
    for value in values
]
"""The examples in the API's documents, each with its operation."""

OF_SCHEMAS = [name for name, kind in KINDS.items() if kind not in {"Binary", "NoContent"}]
OTHERS = [name for name in OPERATIONS if name not in OF_SCHEMAS]


def example_responses(name: str, examples: Examples) -> list[Any]:
    """Yield the values of each test response: one per kind, streamed as a single event."""
    return [*examples.all_of(response_type(FACTS.operations[name])[2])]


async def read(name: str, *values: Any) -> list[Any]:
    """Call an operation whose response has these values."""
    theirs = FACTS.operations[name]
    call = [(each, argument(each)) for each in example_call(name, MINIMAL)]
    client = MistralCore("key", transport=ScriptedTransport(response(theirs, [*values])))
    return await values_of(await calling(name, FACTS)(client, call))


@pytest.mark.parametrize("name", OF_SCHEMAS)
async def test_full_response_is_described(name: str) -> None:
    """Every field and kind of object has a schema, and is serialized as it was received."""
    for value in example_responses(name, FULL):
        (item,) = await read(name, value)
        assert unread(item) == []
        assert converter.unstructure(item) == value


@pytest.mark.parametrize("name", OF_SCHEMAS)
async def test_minimal_response_is_read(name: str) -> None:
    """A response with only the required fields has a schema too."""
    for value in example_responses(name, MINIMAL):
        (item,) = await read(name, value)
        assert unread(item) == []
        assert is_kept(value, converter.unstructure(item))


@pytest.mark.parametrize("name", OF_SCHEMAS)
async def test_newer_response_is_kept(name: str) -> None:
    """Unknown fields and enum values are serialized as they were received."""
    for value in example_responses(name, NEWER):
        (item,) = await read(name, value)
        assert converter.unstructure(item) == value


def pages() -> Iterator[tuple[str, str]]:
    """Return the operations that list resources, with the name of the list's field."""
    for name in OF_SCHEMAS:
        for kind in members(response_type(FACTS.operations[name])[2]):
            for field in fields(FACTS.schemas.get(kind, {})).values():
                arrays = [inner(each) for each in members(field.type) if each[0] == "["]
                items = {each for text in arrays for each in members(text)}
                if any(IDENTITY in FACTS.schemas.get(each, {}) for each in items):
                    yield name, field.name


@pytest.mark.parametrize(("name", "field"), [*pages()])
async def test_invalid_item_does_not_fail_a_page(name: str, field: str) -> None:
    """It is an `Unknown`, and the others are read."""
    (value, *_) = example_responses(name, FULL)
    value[field] += ["odd", {IDENTITY: 7}]
    (item,) = await read(name, value)
    assert unread(item) == [Unknown("odd"), Unknown({IDENTITY: 7})]
    assert converter.unstructure(item) == value


def selectors_of(name: str) -> list[str]:
    """Return the parameters that select a page."""
    names = {each.name for each in declared(name).parameters}
    return [each for each in SELECTORS if each in names and KINDS[name] == "JSON"]


@pytest.mark.parametrize("name", [name for name in OPERATIONS if selectors_of(name)])
async def test_page_has_what_paginate_reads(name: str) -> None:
    """Its items, and the cursor of the next page or the total number of items."""
    (value, *_) = example_responses(name, FULL)
    (page,) = await read(name, value)
    assert getattr(page, "data", page)
    cursors = [CURSORS[each] for each in selectors_of(name) if each in CURSORS]
    assert all(getattr(page, each) for each in cursors)
    assert cursors or isinstance(getattr(page, "total", 0), int)


@pytest.mark.parametrize(("name", "value"), PUBLISHED)
async def test_published_example_is_read(name: str, value: object) -> None:
    """Some examples contradict the schemas in their own documents."""
    (item,) = await read(name, value)
    assert not isinstance(item, Unknown)
    assert converter.unstructure(item)


@pytest.mark.parametrize("name", OTHERS)
async def test_other_response_is_bytes_or_nothing(name: str) -> None:
    """A binary response is streamed, and one without a body is `None`."""
    items = await read(name)
    assert items == [None] if KINDS[name] == "NoContent" else b"".join(items) == CONTENT
