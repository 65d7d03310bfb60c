"""The sandbox supports every operation in the index."""

from typing import Any

import pytest

from mistral_core import (
    APIConnectionError,
    Err,
    Failure,
    MistralCore,
    Ok,
    Result,
    RetryConfig,
    Unknown,
)
from mistral_core.structuring.converter import converter
from mistral_funcs import models_list
from mistral_funcs._index import OPERATIONS
from mistral_funcs.sandbox import Sandbox
from tests.contract.calls import argument, calling, example_calls
from tests.contract.examples import Examples
from tests.contract.exceptions import NOT_SERVED
from tests.contract.facts.stored import load
from tests.contract.responses import unread, values_of

FACTS = load()
FULL, MINIMAL = Examples(FACTS), Examples(FACTS, full=False)
ONCE = RetryConfig(strategy="none")
NO_ROUTE = "no Route matched"
REFUSALS = frozenset({400, 404, 422})
"""Statuses of calls with unknown IDs or arguments that contradict each other."""

MODEL = frozenset({"model", "model_id"})
"""Parameters that need a model of the sandbox."""


async def respond(name: str, examples: Examples) -> Result[Any, Failure]:
    """Return the sandbox's result of an example call with a valid model."""
    client = MistralCore(transport=Sandbox(), retry_config=ONCE)
    cards = (await models_list(client)).unwrap().data
    call = next(example_calls(name, examples, every=examples.full))
    result: Result[Any, Failure] = Err(APIConnectionError("no model"))
    for model in [card.id for card in cards if not isinstance(card, Unknown)]:
        values = [(each, model if each.field.name in MODEL else argument(each)) for each in call]
        result = await calling(name, FACTS)(client, values)
        if isinstance(result, Ok):
            return result
    return result


def is_unknown_route(result: Result[Any, Failure]) -> bool:
    """Return whether the sandbox does not support the endpoint."""
    return isinstance(result, Err) and (NO_ROUTE in str(result) or result.call.status == 405)


@pytest.mark.parametrize("examples", [FULL, MINIMAL], ids=["full", "minimal"])
@pytest.mark.parametrize("name", [name for name in OPERATIONS if name not in NOT_SERVED])
async def test_call_has_a_response_or_a_clear_refusal(name: str, examples: Examples) -> None:
    """The response matches the schemas, or the refusal gives a reason."""
    result = await respond(name, examples)
    assert not is_unknown_route(result)
    if isinstance(result, Ok):
        items = await values_of(result)
        assert [part for each in items for part in unread(each)] == []
        assert all(converter.unstructure(each) is not None for each in items if each is not None)
    else:
        assert result.call.status in REFUSALS, result
        assert str(result.error)


async def test_every_row_of_what_is_not_served_is_needed() -> None:
    """A row is removed when the sandbox supports the operation."""
    results = {name: await respond(name, MINIMAL) for name in NOT_SERVED}
    assert [name for name, result in results.items() if not is_unknown_route(result)] == []
