"""Request all pages of a list and join them."""

from collections.abc import Mapping
from functools import wraps
from typing import Any

from mistral_core import JSON, Err, Failure, MistralCore, Ok, Operation, Result
from mistral_core.structuring.converter import converter
from mistral_funcs.cli.render.untyped import as_object, is_object


def has_pages(operation: Operation[Any]) -> bool:
    """Return whether an operation is a paginated list."""
    if operation.method != "GET" or not isinstance(operation.returns, JSON):
        return False
    from mistral_funcs.toolkit.pagination import SELECTORS  # noqa: PLC0415 - only lists need it

    return not {each.name for each in operation.parameters}.isdisjoint(SELECTORS)


def has_next(page: Any) -> bool:
    """Return whether a page has the cursor of a next page."""
    from mistral_funcs.toolkit.pagination import CURSORS  # noqa: PLC0415 - only lists need it

    return any(getattr(page, each, None) for each in CURSORS.values())


async def request_all(
    function: Any, client: MistralCore, arguments: Mapping[str, Any]
) -> Result[tuple[list[Any], Any], Failure]:
    """Request all pages of a list.

    Returns:
        All items, and the last page with all items in place of its own. If a page fails, its error.
    """
    from mistral_funcs.toolkit.pagination import paginate  # noqa: PLC0415 - only lists need it

    pages: list[Any] = []

    @wraps(function)
    async def request(*args: Any, **kwargs: Any) -> Result[list[Any], Failure]:
        result: Result[list[Any], Failure] = await function(*args, **kwargs)
        if isinstance(result, Ok):
            pages.append(result.value)
        return result

    items: list[Any] = []
    async for item in paginate(request, client, **arguments):
        if isinstance(item, Err):
            return item
        items.append(item.value)
    return Ok((items, _joined(pages, converter.unstructure(items))))


def _joined(pages: list[Any], items: list[Any]) -> Any:
    """Return the last page with the items of all pages."""
    first, last = (converter.unstructure(each) for each in (pages[0], pages[-1]))
    if not is_object(last):
        return items
    *outer, field = _path(first, converter.unstructure(pages[0].data))
    inner = last
    for name in outer:
        inner = inner[name]
    inner[field] = items
    return last


def _path(page: Any, items: list[Any]) -> list[str]:
    """Return the path of the items in a page as a list of names, empty if they are not in it."""
    for name, each in as_object(page).items():
        if each == items:
            return [name]
        if rest := _path(each, items):
            return [name, *rest]
    return []
