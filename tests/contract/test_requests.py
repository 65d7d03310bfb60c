"""Every operation in the index sends the request that the facts require."""

from collections.abc import Iterable
from itertools import islice
from typing import Any, cast

import pytest

from mistral_core import (
    JSON,
    UNSET,
    Err,
    InvalidRequestError,
    MistralCore,
    NoContent,
    Ok,
    RequestOptions,
)
from mistral_core.testing import ScriptedTransport
from mistral_funcs._index import OPERATIONS
from tests.contract.calls import Given, argument, calling, example_call, example_calls
from tests.contract.declared import declared
from tests.contract.examples import Examples
from tests.contract.facts.stored import load, response_type
from tests.contract.responses import response
from tests.contract.wire import expected, taken_apart

FACTS = load()
MINIMAL = Examples(FACTS, full=False)
WITH_IDS = [name for name in OPERATIONS if declared(name).path_parameters]
ELSEWHERE = ["", ".", "..", "../models/m", "a/../b"]
"""Values of a path parameter that would change the endpoint."""


def transport_for(name: str) -> ScriptedTransport:
    """Return a transport with one minimal response."""
    theirs = FACTS.operations[name]
    return ScriptedTransport(
        response(theirs, [*islice(MINIMAL.all_of(response_type(theirs)[2] or "null"), 1)])
    )


async def assert_sends(name: str, call: list[Given], values: Iterable[tuple[Given, Any]]) -> None:
    """Call with these parameter values, and compare the request."""
    transport = transport_for(name)
    result = await calling(name, FACTS)(MistralCore("key", transport=transport), values)
    assert isinstance(result, Ok), result
    (request,) = transport.requests
    wanted = expected(FACTS.operations[name], call, declared(name).returns.accept)
    assert await taken_apart(request, [*wanted.headers]) == wanted
    assert request.streamed == (type(declared(name).returns) not in {JSON, NoContent})


@pytest.mark.parametrize("every", [True, False], ids=["full", "minimal"])
@pytest.mark.parametrize("name", OPERATIONS)
async def test_call_with_plain_values(name: str, every: bool) -> None:  # noqa: FBT001
    """A mapping is sent unchanged, and omitted arguments are absent."""
    for call in example_calls(name, Examples(FACTS, full=every), every=every):
        await assert_sends(name, call, [(each, argument(each)) for each in call])


@pytest.mark.parametrize("full", [True, False], ids=["full", "minimal"])
@pytest.mark.parametrize("name", OPERATIONS)
async def test_call_with_schema_classes(name: str, full: bool) -> None:  # noqa: FBT001
    """An object of a schema class is sent as its mapping, a tuple as a list."""
    plain, typed = Examples(FACTS, full=full), Examples(FACTS, full=full, typed=True)
    for call, values in zip(example_calls(name, plain), example_calls(name, typed), strict=True):
        await assert_sends(name, call, [(each, with_tuples(argument(each))) for each in values])


def with_tuples(value: object) -> object:
    """Return a tuple instead of a list."""
    return tuple(cast("list[object]", value)) if isinstance(value, list) else value


@pytest.mark.parametrize("name", OPERATIONS)
async def test_call_with_none(name: str) -> None:
    """`None` is sent as `null` if the API allows it, and otherwise absent."""
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


@pytest.mark.parametrize("name", OPERATIONS)
async def test_options_of_one_call(name: str) -> None:
    """Every operation accepts another server and headers."""
    options = RequestOptions(headers={"x-team": "search"}, server_url="https://example.com/m/")
    transport = transport_for(name)
    values = [(each, argument(each)) for each in example_call(name, MINIMAL)]
    call = calling(name, FACTS, options=options)
    await call(MistralCore("key", headers={"x-team": "ours"}, transport=transport), values)
    (request,) = transport.requests
    assert request.url.startswith("https://example.com/m/v")
    assert request.headers["x-team"] == "search"


@pytest.mark.parametrize("value", ELSEWHERE)
@pytest.mark.parametrize("name", WITH_IDS)
async def test_id_with_path_segments_is_refused(name: str, value: str) -> None:
    """An ID is a single segment of the path. Nothing is sent otherwise."""
    transport = transport_for(name)
    call = example_call(name, MINIMAL)
    values = [(each, value if each.place == "path" else argument(each)) for each in call]
    result = await calling(name, FACTS)(MistralCore("key", transport=transport), values)
    assert isinstance(result, Err)
    assert isinstance(result.error, InvalidRequestError)
    assert result.error.param == declared(name).path_parameters[0]
    assert transport.requests == []
