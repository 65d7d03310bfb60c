"""Pages of a list: by number, by offset or by cursor, as the parameters of the operation say."""

from collections.abc import Mapping, Sequence
from math import ceil
from typing import Any, TypeVar

from mistral_funcs.sandbox.error_responses import refuse_body

T = TypeVar("T")

SIZES = ("page_size", "limit", "pageSize")
CURSORS = ("cursor", "page_token", "next_page_token", "pageToken", "after")
SELECTORS = {"page", "offset", *CURSORS}
"""The parameters that select a page."""

NEXT = (
    *("next_cursor", "next_page_token", "nextPageToken", "next_token", "next"),
    *("cursor", "end_cursor"),
)
LINKS = {*NEXT, "previous"}
"""The fields that select another page. A response without such a page has none of them."""

TOTALS = ("total", "total_count", "total_items", "count")
MOST_ON_A_PAGE = 100
LARGEST = 2**31


def page_of(
    items: Sequence[T], asked: Mapping[str, Any], *, first: int = 0, default: int = MOST_ON_A_PAGE
) -> tuple[list[T], dict[str, Any]]:
    """Return the items of a page, and the fields by which a response may describe it.

    Args:
        items: All items.
        asked: The arguments of the operation.
        first: The number of the first page.
        default: The size of a page, if the arguments have none.

    Raises:
        RefusalError: The page cannot be: 422.
    """
    size = _number(asked, SIZES, default, least=1)
    number = _number(asked, ("page",), first, least=first)
    start = _number(asked, ("offset",), (number - first) * size, least=0)
    start = _number(asked, CURSORS, start, least=0)
    number = first + start // size
    following = start + size
    more = following < len(items)
    described: dict[str, Any] = {
        **dict.fromkeys(TOTALS, len(items)),
        "page": number,
        "page_size": size,
        "limit": size,
        "offset": start,
        "current_page": number,
        "total_pages": ceil(len(items) / size),
        "has_more": more,
        "has_next": more,
        "has_previous": start > 0,
    }
    if more:
        described |= dict.fromkeys(NEXT, str(following))
    return [*items[start:following]], described


def _number(asked: Mapping[str, Any], names: Sequence[str], default: int, *, least: int) -> int:
    name = next((each for each in names if asked.get(each) is not None), None)
    if name is None:
        return default
    value = asked[name]
    if isinstance(value, int) and value > LARGEST:
        refuse_body("int_parsing", ["query", name], "Input should be a valid integer", value)
    if not str(value).isdecimal() or int(value) < least:
        message = f"Input should be a number from {least}"
        refuse_body("value_error", ["query", name], message, value)
    return int(value)
