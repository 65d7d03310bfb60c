"""Lists in pages, item by item, whatever the server says of how many there are."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import aclosing
from typing import Any, TypeAlias, cast

import pytest

from mistral_core import (
    Err,
    MistralCore,
    Ok,
    Request,
    Response,
    ResponseValidationError,
    RetryConfig,
    SDKError,
)
from mistral_core.testing import ScriptedTransport, json_response
from mistral_funcs import files_list, fine_tuning_jobs_list, paginate
from mistral_funcs.sandbox import Sandbox
from mistral_funcs.sandbox.behaviors.files import store_file


def page(*ids: str, **more: object) -> Any:
    """Return the answer of one page of files."""
    return json_response({"object": "list", "data": [{"id": each} for each in ids], **more})


async def names(*answers: Any, **filters: Any) -> tuple[list[str], list[str]]:
    """Return the ids of all items, an `Err` as its class, and the targets that were asked for."""
    transport = ScriptedTransport(*answers)
    client = MistralCore(transport=transport, retry_config=RetryConfig(strategy="none"))
    found = [
        str(getattr(each.value, "id", None)) if isinstance(each, Ok) else type(each.error).__name__
        async for each in paginate(files_list, client, **filters)
    ]
    return found, [request.url.partition("?")[2] for request in transport.requests]


async def test_all_items_of_all_pages_come() -> None:
    """The last page is the one with which all have come; the filters go along."""
    pages = page("a", "b", total=3), page("c", total=3)
    found = await names(*pages, page_size=2, purpose="batch")
    assert found == (
        ["a", "b", "c"],
        ["page=0&page_size=2&purpose=batch", "page=1&page_size=2&purpose=batch"],
    )


@pytest.mark.parametrize("total", [None, 0, {}])
async def test_where_the_server_does_not_count_an_empty_page_is_the_end(total: Any) -> None:
    """A page that is not full is not: a server may give fewer than it was asked for."""
    more = {} if total == {} else {"total": total}
    found, targets = await names(page("a", "b", **more), page("c", **more), page(**more))
    assert (found, len(targets)) == (["a", "b", "c"], 3)


async def test_a_list_without_items_is_over_at_once() -> None:
    """After one call."""
    assert await names(page(total=0)) == ([], ["page=0"])


async def test_a_walk_may_begin_at_any_page() -> None:
    """As after one that was broken off; how many came before is not known then."""
    found = await names(page("c", "d", total=5), page("e", total=5), page(total=5), page=1)
    assert found == (["c", "d", "e"], ["page=1", "page=2", "page=3"])


async def test_an_error_is_the_last_item() -> None:
    """With how the call went."""
    client = MistralCore(
        transport=ScriptedTransport(page("a", total=9), json_response({"message": "no"}, 403))
    )
    first, second = [each async for each in paginate(files_list, client)]
    assert isinstance(first, Ok)
    assert first.call.status == 200
    assert isinstance(second, Err)
    assert isinstance(second.error, SDKError)
    assert second.call.status == 403


async def test_a_server_that_knows_no_pages_is_told_of() -> None:
    """It gives the same page for ever, and that is neither an end nor more items."""
    found, targets = await names(page("a", "b", total=5), page("a", "b", total=5))
    assert found == ["a", "b", ResponseValidationError.__name__]
    assert len(targets) == 2


async def test_pages_are_turned_when_they_are_needed() -> None:
    """Who leaves early asks for no more."""
    sandbox = Sandbox()
    for number in range(25):
        store_file(sandbox.state, content=b"{}", filename=f"{number}.jsonl")
    client = MistralCore(transport=sandbox)
    found: list[str | None] = []
    async for each in paginate(files_list, client, page_size=10):
        found.append(each.unwrap().filename)  # type: ignore[union-attr]
        if len(found) == 12:
            break
    assert found == [f"{number}.jsonl" for number in range(24, 12, -1)]
    assert len(sandbox.requests) == 2
    everything = [each async for each in paginate(files_list, client, page_size=10)]
    assert len(everything) == 25
    assert [each async for each in paginate(fine_tuning_jobs_list, client)] == []


Walk: TypeAlias = AsyncGenerator[Any, None]


class Slow(ScriptedTransport):  # type: ignore[misc]
    """A transport that takes a while for each answer."""

    async def send(self, request: Request) -> Response:
        """Answer after a while."""
        await asyncio.sleep(0.05)
        return await super().send(request)


async def test_a_cancelled_wait_loses_no_item() -> None:
    """The next one gets it, from the same page, which is asked for once."""
    transport = Slow(page("a", "b", total=3), page("c", total=3))
    items = paginate(files_list, MistralCore(transport=transport))
    found: list[str | None] = []
    cancelled = 0
    while len(found) < 4:
        try:
            item = await asyncio.wait_for(anext(items, None), 0.01)
        except TimeoutError:
            cancelled += 1
        else:
            found.append(item and item.unwrap().id)  # type: ignore[union-attr]
    assert found == ["a", "b", "c", None]
    assert cancelled > 4
    assert len(transport.requests) == 2


async def test_a_walk_that_is_left_asks_for_nothing_more() -> None:
    """Also in the midst of a page, or while the next one is on its way."""
    before = asyncio.all_tasks()
    client = MistralCore(transport=Slow(*[page("a", "b", total=9)] * 3))
    async with aclosing(cast("Walk", paginate(files_list, client))) as items:
        assert isinstance(await anext(items), Ok)
    assert await anext(items, None) is None
    async with aclosing(cast("Walk", paginate(files_list, client))) as items:
        with pytest.raises(TimeoutError):
            await asyncio.wait_for(anext(items), 0.01)
    assert asyncio.all_tasks() == before
