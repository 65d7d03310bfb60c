"""Pages of a list by number, offset or cursor, depending on the operation's parameters."""

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
"""Fields that refer to another page. They are omitted if that page does not exist."""

TOTALS = ("total", "total_count", "total_items", "count")
MOST_ON_A_PAGE = 100
LARGEST = 2**31


def page_of(
    items: Sequence[T], asked: Mapping[str, Any], *, first: int = 0, default: int = MOST_ON_A_PAGE
) -> tuple[list[T], dict[str, Any]]:
    """Return the items of a page, and values for fields that may describe it in a response.

    Args:
        items: All items.
        asked: The arguments of the operation.
        first: The number of the first page.
        default: The page size if the arguments contain none.

    Raises:
        RefusalError: 422 for an invalid page.
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
