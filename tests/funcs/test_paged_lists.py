"""`paginate`: how it selects the next page, and when it requests it."""

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator, Callable
from contextlib import aclosing
from typing import Any, TypeAlias, cast, final

import attrs
import pytest

from mistral_core import (
    JSON,
    Err,
    Failure,
    MistralCore,
    Ok,
    Request,
    RequestOptions,
    Response,
    ResponseValidationError,
    Result,
    RetryConfig,
    Schema,
    SDKError,
    Unknown,
    operation,
)
from mistral_core.testing import ScriptedTransport, json_response
from mistral_funcs import (
    audio_voices_list,
    beta_observability_datasets_list,
    beta_observability_evaluations_runs_search_all,
    beta_observability_spans_search_spans,
    beta_service_accounts_list,
    beta_triggers_list,
    beta_triggers_list_events,
    beta_users_list_organizations,
    beta_users_list_workspaces,
    files_list,
    fine_tuning_jobs_list,
    paginate,
    workflows_get_workflows,
)
from mistral_funcs.sandbox import Sandbox
from mistral_funcs.sandbox.behaviors.files import store_file


@final
@attrs.frozen(kw_only=True)
class TokenPage(Schema):
    """A page with a token for the next one."""

    data: list[str] = attrs.field(factory=list[str])
    next_page_token: str | None = None


@final
@attrs.frozen(kw_only=True)
class CursorPage(Schema):
    """A page with a cursor for the next one, and a specific name for its items."""

    runs: list[str] = attrs.field(factory=list[str])
    next_cursor: str | None = None

    @property
    def data(self) -> list[str]:
        """The items of the page."""
        return self.runs


@operation("GET", "/v1/x", returns=JSON(TokenPage))
async def by_page_token(
    client: MistralCore,
    *,
    page_token: str | None = None,
    page: int | None = None,
    options: RequestOptions | None = None,
) -> Result[TokenPage, Failure]:
    """List by tokens; older servers by page numbers."""
    ...


@operation("GET", "/v1/x", returns=JSON(TokenPage))
async def by_next_page_token(
    client: MistralCore,
    *,
    next_page_token: str | None = None,
    options: RequestOptions | None = None,
) -> Result[TokenPage, Failure]:
    """List by tokens under the name that workflows use."""
    ...


@operation("POST", "/v1/x", returns=JSON(CursorPage), query=("cursor",))
async def by_cursor(
    client: MistralCore,
    *,
    cursor: str | None = None,
    query: str | None = None,
    options: RequestOptions | None = None,
) -> Result[CursorPage, Failure]:
    """Search by cursors."""
    ...


@operation("GET", "/v1/x", returns=JSON(list[str]))
async def from_page_one(
    client: MistralCore,
    *,
    page: int | None = 1,
    options: RequestOptions | None = None,
) -> Result[list[str], Failure]:
    """List by page numbers that begin at 1."""
    ...


Case: TypeAlias = tuple[Callable[..., Any], dict[str, Any], list[Any], list[str]]

WALKS: dict[str, Case] = {
    "a token selects the next page": (
        by_page_token,
        {},
        [{"data": ["a"], "next_page_token": "t"}, {"data": ["b"]}],
        ["", "page_token=t"],
    ),
    "an empty token is none": (
        by_page_token,
        {"page_token": "s"},
        [{"data": ["a", "b"], "next_page_token": ""}],
        ["page_token=s"],
    ),
    "the parameter that the caller passes decides": (
        by_page_token,
        {"page": 3},
        [{"data": ["a"], "next_page_token": "t"}, {"data": ["b"]}, {"data": []}],
        ["page=3", "page=4", "page=5"],
    ),
    "the token of workflows": (
        by_next_page_token,
        {},
        [{"data": ["a"], "next_page_token": "t"}, {"data": ["b"]}],
        ["", "next_page_token=t"],
    ),
    "a page between may be empty": (
        by_cursor,
        {"query": "q"},
        [
            {"runs": ["a"], "next_cursor": "1"},
            {"runs": [], "next_cursor": "2"},
            {"runs": ["b"], "next_cursor": None},
        ],
        ["", "cursor=1", "cursor=2"],
    ),
    "pages are counted from the default": (
        from_page_one,
        {},
        [["a"], ["b"], []],
        ["page=1", "page=2", "page=3"],
    ),
    "all items of `total` are the end": (
        files_list,
        {"page_size": 1, "purpose": "batch"},
        [{"data": [{"id": "a"}], "total": 2}, {"data": [{"id": "b"}], "total": 2}],
        ["page=0&page_size=1&purpose=batch", "page=1&page_size=1&purpose=batch"],
    ),
    "without a total an empty page is the end": (
        files_list,
        {},
        [{"data": [{"id": "a"}]}, {"data": [{"id": "b"}], "total": 0}, {"total": None}],
        ["page=0", "page=1", "page=2"],
    ),
    "a walk may begin at any page": (
        files_list,
        {"page": 1},
        [{"data": [{"id": "a"}, {"id": "b"}], "total": 4}, {"data": [], "total": 4}],
        ["page=1", "page=2"],
    ),
    "an offset ends at the total": (
        audio_voices_list,
        {"limit": 1, "type": "all"},
        [{"items": [{"id": "a"}], "total": 2}, {"items": [{"id": "b"}], "total": 2}],
        ["limit=1&offset=0&type=all", "limit=1&offset=1&type=all"],
    ),
    "organizations": (
        beta_users_list_organizations,
        {"limit": 1},
        [{"organizations": [{"id": "a"}]}, {"organizations": [{"id": "b"}]}, {"organizations": []}],
        ["limit=1&offset=0", "limit=1&offset=1", "limit=1&offset=2"],
    ),
    "workspaces": (
        beta_users_list_workspaces,
        {"organization_id": "o"},
        [{"workspaces": [{"id": "a"}, {"id": "b"}]}, {"workspaces": []}],
        ["offset=0&organization_id=o", "offset=2&organization_id=o"],
    ),
    "service accounts": (
        beta_service_accounts_list,
        {"offset": 4, "limit": 2},
        [{"items": [{"id": "a"}, {"id": "b"}]}, {"items": []}],
        ["limit=2&offset=4", "limit=2&offset=6"],
    ),
    "workflows": (
        workflows_get_workflows,
        {"limit": 1},
        [{"workflows": [{"id": "a"}], "next_cursor": "c"}, {"workflows": [{"id": "b"}]}],
        ["limit=1", "cursor=c&limit=1"],
    ),
    "datasets": (
        beta_observability_datasets_list,
        {"page_size": 1},
        [
            {"datasets": {"count": 2, "results": [{"id": "a"}], "next": "/2", "previous": None}},
            {"datasets": {"count": 2, "results": [{"id": "b"}], "next": None, "previous": "/1"}},
        ],
        ["page=1&page_size=1", "page=2&page_size=1"],
    ),
    "evaluation runs": (
        beta_observability_evaluations_runs_search_all,
        {"filters": {"run_ids": ["a", "b"]}},
        [{"runs": {"count": 2, "results": [{"id": "a"}, {"id": "b"}]}}],
        ["page=1"],
    ),
    "a list without pages": (beta_triggers_list, {}, [[{"id": "a"}, {"id": "b"}]], [""]),
}
"""A list, the arguments, the responses, and the queries of the requests."""


async def walk(
    function: Any, *responses: Any, **arguments: Any
) -> tuple[list[Result[Any, Failure]], list[str]]:
    """Iterate over a list. Return the results, and the queries of the requests, sorted."""
    transport = ScriptedTransport(*map(json_response, responses))
    client = MistralCore(transport=transport, retry_config=RetryConfig(strategy="none"))
    items: AsyncIterator[Result[Any, Failure]] = paginate(function, client, **arguments)
    results = [each async for each in items]
    queries = [each.url.partition("?")[2] for each in transport.requests]
    return results, ["&".join(sorted(each.split("&"))) for each in queries]


@pytest.mark.parametrize("case", WALKS.values(), ids=WALKS)
async def test_all_pages_are_read(case: Case) -> None:
    """Each list yields `a` and `b` with the requests that its pagination needs."""
    function, arguments, responses, queries = case
    results, sent = await walk(function, *responses, **arguments)
    items = [each.unwrap() for each in results]
    assert [getattr(each, "id", each) for each in items] == ["a", "b"]
    assert sent == queries


async def test_cursor_of_a_search_is_in_its_page() -> None:
    """The request repeats the body, and the cursor is in its query."""
    transport = ScriptedTransport(
        json_response({"spans": {"results": [{"span_id": "a"}], "cursor": "c", "next": "/?c"}}),
        json_response({"spans": {"results": [{"span_id": "b"}], "cursor": None, "next": None}}),
    )
    client = MistralCore(transport=transport)
    spans = paginate(beta_observability_spans_search_spans, client, search_expression="x")
    assert [getattr(each.unwrap(), "span_id", "") async for each in spans] == ["a", "b"]
    first, second = transport.requests
    assert first.url.endswith("/v1/observability/spans/search")
    assert second.url.endswith("/v1/observability/spans/search?cursor=c")
    assert first.body == second.body == b'{"search_expression":"x"}'


async def test_path_parameters_are_passed_on() -> None:
    """After the client, as in a call."""
    transport = ScriptedTransport(json_response({"data": [{"event_id": "e"}]}))
    client = MistralCore(transport=transport)
    results = [each async for each in paginate(beta_triggers_list_events, client, "t", limit=5)]
    assert [isinstance(each, Ok) for each in results] == [True]
    assert transport.requests[0].url.endswith("/v1/triggers/t/events?limit=5")


REPEATED: dict[str, tuple[Callable[..., Any], Any, str]] = {
    "page": (files_list, {"data": [{"id": "a"}], "total": 5}, "`page` 1"),
    "cursor": (by_cursor, {"runs": ["a"], "next_cursor": "c"}, "`cursor` 'c'"),
    "offset": (beta_users_list_organizations, {"organizations": [{"id": "a"}]}, "`offset` 1"),
}
"""A list, the response that its server repeats, and the name in the error."""


@pytest.mark.parametrize("case", REPEATED.values(), ids=REPEATED)
async def test_repeated_page_is_an_error(case: tuple[Any, Any, str]) -> None:
    """The iteration would never end."""
    function, response, named = case
    (first, last), _ = await walk(function, response, response)
    assert isinstance(first, Ok)
    assert isinstance(last, Err)
    assert isinstance(last.error, ResponseValidationError)
    assert last.error.message == f"The server sent the same page again for {named}"


async def test_invalid_entry_does_not_end_the_iteration() -> None:
    """It is an `Unknown`, and counts for the next offset."""
    page = {"organizations": [{"id": 7}, {"id": "a"}]}
    results, sent = await walk(beta_users_list_organizations, page, {"organizations": []})
    assert isinstance(results[0].unwrap(), Unknown)
    assert sent == ["offset=0", "offset=2"]


async def test_required_argument_stays_required() -> None:
    """`paginate` selects pages, but does not choose their size."""
    with pytest.raises(TypeError, match="limit"):
        await walk(beta_service_accounts_list)


def page(*ids: str, **more: object) -> Any:
    """Return a page of files."""
    return json_response({"object": "list", "data": [{"id": each} for each in ids], **more})


async def test_an_empty_list_ends_at_once() -> None:
    """After one call."""
    assert await walk(files_list, {"data": [], "total": 0}) == ([], ["page=0"])


async def test_an_error_is_the_last_item() -> None:
    """It has the metadata of the call."""
    client = MistralCore(
        transport=ScriptedTransport(page("a", total=9), json_response({"message": "no"}, 403))
    )
    first, second = [each async for each in paginate(files_list, client)]
    assert isinstance(first, Ok)
    assert first.call.status == 200
    assert isinstance(second, Err)
    assert isinstance(second.error, SDKError)
    assert second.call.status == 403


async def test_pages_are_requested_when_needed() -> None:
    """Leaving early requests no further page."""
    sandbox = Sandbox()
    for number in range(25):
        store_file(sandbox.state, content=b"{}", filename=f"{number}.jsonl")
    client = MistralCore(transport=sandbox)
    names: list[str | None] = []
    async for each in paginate(files_list, client, page_size=10):
        names.append(each.unwrap().filename)
        if len(names) == 12:
            break
    assert names == [f"{number}.jsonl" for number in range(24, 12, -1)]
    assert len(sandbox.requests) == 2
    everything = [each async for each in paginate(files_list, client, page_size=10)]
    assert len(everything) == 25
    assert [each async for each in paginate(fine_tuning_jobs_list, client)] == []


Walk: TypeAlias = AsyncGenerator[Any, None]


class Slow(ScriptedTransport):  # type: ignore[misc]
    """A transport with slow responses."""

    async def send(self, request: Request) -> Response:
        """Respond after a pause."""
        await asyncio.sleep(0.05)
        return await super().send(request)


async def test_a_cancelled_wait_loses_no_item() -> None:
    """The next wait gets it, and the page is requested once."""
    transport = Slow(page("a", "b", total=3), page("c", total=3))
    items = paginate(files_list, MistralCore(transport=transport))
    names: list[str | None] = []
    cancelled = 0
    while len(names) < 4:
        try:
            item = await asyncio.wait_for(anext(items, None), 0.01)
        except TimeoutError:
            cancelled += 1
        else:
            names.append(None if item is None else item.unwrap().id)
    assert names == ["a", "b", "c", None]
    assert cancelled > 4
    assert len(transport.requests) == 2


async def test_leaving_early_requests_nothing_more() -> None:
    """In the middle of a page, or while the next page is being requested."""
    before = asyncio.all_tasks()
    client = MistralCore(transport=Slow(*[page("a", "b", total=9)] * 3))
    async with aclosing(cast("Walk", paginate(files_list, client))) as items:
        assert isinstance(await anext(items), Ok)
    assert await anext(items, None) is None
    async with aclosing(cast("Walk", paginate(files_list, client))) as items:
        with pytest.raises(TimeoutError):
            await asyncio.wait_for(anext(items), 0.01)
    assert asyncio.all_tasks() == before
