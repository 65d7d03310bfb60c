"""How `paginate` selects the next page, for every way in which the API pages its lists."""

from collections.abc import AsyncIterator, Callable
from typing import Any, TypeAlias, final

import attrs
import pytest

from mistral_core import (
    JSON,
    Err,
    Failure,
    MistralCore,
    Ok,
    RequestOptions,
    ResponseValidationError,
    Result,
    RetryConfig,
    Schema,
    Unknown,
    operation,
)
from mistral_core.testing import ScriptedTransport, json_response
from mistral_funcs import (
    beta_observability_datasets_list,
    beta_observability_evaluations_runs_search_all,
    beta_observability_spans_search_spans,
    beta_service_accounts_list,
    beta_triggers_list,
    beta_triggers_list_events,
    beta_users_list_organizations,
    beta_users_list_workspaces,
    paginate,
    workflows_get_workflows,
)


@final
@attrs.frozen(kw_only=True)
class TokenPage(Schema):
    """A page with a token for the next one."""

    data: list[str] = attrs.field(factory=list[str])
    next_page_token: str | None = None


@final
@attrs.frozen(kw_only=True)
class CursorPage(Schema):
    """A page with a cursor for the next one, and a field of its own for the items."""

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
    """List by tokens under the name that the workflows have for them."""
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
"""A list, the arguments of a walk, the responses, and the queries of the requests."""


async def walk(
    function: Any, *responses: Any, **arguments: Any
) -> tuple[list[Result[Any, Failure]], list[str]]:
    """Return the results of a walk, and the queries of its requests with sorted parameters."""
    transport = ScriptedTransport(*map(json_response, responses))
    client = MistralCore(transport=transport, retry_config=RetryConfig(strategy="none"))
    items: AsyncIterator[Result[Any, Failure]] = paginate(function, client, **arguments)
    results = [each async for each in items]
    queries = [each.url.partition("?")[2] for each in transport.requests]
    return results, ["&".join(sorted(each.split("&"))) for each in queries]


@pytest.mark.parametrize("case", WALKS.values(), ids=WALKS)
async def test_all_pages_are_read(case: Case) -> None:
    """Each list yields `a` and `b`, with the requests that its kind of paging needs."""
    function, arguments, responses, queries = case
    results, sent = await walk(function, *responses, **arguments)
    items = [each.unwrap() for each in results]
    assert [getattr(each, "id", each) for each in items] == ["a", "b"]
    assert sent == queries


async def test_cursor_of_a_search_is_inside_of_its_page() -> None:
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
    "cursor": (by_cursor, {"runs": ["a"], "next_cursor": "c"}, "`cursor` 'c'"),
    "offset": (beta_users_list_organizations, {"organizations": [{"id": "a"}]}, "`offset` 1"),
}
"""A list, the response that its server repeats, and what the error names."""


@pytest.mark.parametrize("case", REPEATED.values(), ids=REPEATED)
async def test_server_that_repeats_a_page_is_an_error(case: tuple[Any, Any, str]) -> None:
    """The walk would never end, with the same items over and over."""
    function, response, named = case
    (first, last), _ = await walk(function, response, response)
    assert isinstance(first, Ok)
    assert isinstance(last, Err)
    assert isinstance(last.error, ResponseValidationError)
    assert last.error.message == f"The server sent the same page again for {named}"


async def test_entry_that_cannot_be_read_does_not_end_the_walk() -> None:
    """It is an `Unknown`, and counts for the next offset."""
    page = {"organizations": [{"id": 7}, {"id": "a"}]}
    results, sent = await walk(beta_users_list_organizations, page, {"organizations": []})
    assert isinstance(results[0].unwrap(), Unknown)
    assert sent == ["offset=0", "offset=2"]


async def test_required_argument_is_required_here_too() -> None:
    """`paginate` selects pages, and does not choose their size."""
    with pytest.raises(TypeError, match="limit"):
        await walk(beta_service_accounts_list)
