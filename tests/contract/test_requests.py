"""Every operation in the index sends what the facts say."""

from collections.abc import Iterable
from itertools import islice
from typing import Any

import pytest

from mistral_core import UNSET, MistralCore, Ok
from mistral_core.testing import ScriptedTransport
from mistral_funcs._index import OPERATIONS
from tests.contract.declared import declared
from tests.contract.examples import Examples
from tests.contract.facts.stored import load, response_type
from tests.contract.responses import response
from tests.contract.wire import Given, argument, calling, example_call, expected, taken_apart

FACTS = load()
FULL, MINIMAL = Examples(FACTS), Examples(FACTS, full=False)
TYPED = Examples(FACTS, typed=True)


async def assert_sends(name: str, call: list[Given], values: Iterable[tuple[Given, Any]]) -> None:
    """Make a call with these values of its parameters, and compare what it sends."""
    theirs = FACTS.operations[name]
    shortest = [*islice(MINIMAL.all_of(response_type(theirs)[2] or "null"), 1)]
    transport = ScriptedTransport(response(theirs, shortest))
    result = await calling(name, FACTS)(MistralCore("key", transport=transport), values)
    assert isinstance(result, Ok), result
    (request,) = transport.requests
    wanted = expected(theirs, call, declared(name).returns.accept)
    assert await taken_apart(request, [*wanted.headers]) == wanted


@pytest.mark.parametrize("examples", [FULL, MINIMAL], ids=["full", "minimal"])
@pytest.mark.parametrize("name", OPERATIONS)
async def test_call_with_plain_values(name: str, examples: Examples) -> None:
    """A mapping is sent as it is; what is left out is absent."""
    call = example_call(name, examples)
    await assert_sends(name, call, [(each, argument(each)) for each in call])


@pytest.mark.parametrize("name", OPERATIONS)
async def test_call_with_schema_classes(name: str) -> None:
    """An object of a schema class is sent as the mapping that it stands for."""
    values = [(each, argument(each)) for each in example_call(name, TYPED)]
    await assert_sends(name, example_call(name, FULL), values)


@pytest.mark.parametrize("name", OPERATIONS)
async def test_call_with_none(name: str) -> None:
    """`None` is `null` where the API has one, and absent everywhere else."""
    call = example_call(name, MINIMAL, none=True)
    await assert_sends(name, call, [(each, argument(each)) for each in call])


@pytest.mark.parametrize("name", OPERATIONS)
async def test_call_with_unset(name: str) -> None:
    """`UNSET` is absent."""
    values = [
        (each, UNSET if each.value is None else argument(each))
        for each in example_call(name, MINIMAL, none=True)
        if each.is_sent
    ]
    await assert_sends(name, example_call(name, MINIMAL), values)
