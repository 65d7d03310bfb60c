"""Paged lists, read from the first to the last item.

`paginate` pages a list by the first of these parameters that the operation has:

| parameter | next page |
|---|---|
| `page_token` or `next_page_token` | the `next_page_token` of the page, until there is none |
| `cursor` | the `next_cursor` of the page, until there is none |
| `page` | the next number, until a page is empty or all of `total` items were read |
| `offset` | the number of items read, until a page is empty or all of `total` items were read |
| none of them | the list has a single page |

A list that has several of them is paged by the one that the caller passes, if any. A response is a
page if it is a list, or has its items in `data`; a schema whose fields have other names has
properties with these.
"""

from collections.abc import (
    AsyncGenerator,
    AsyncIterator,
    Callable,
    Coroutine,
    Iterator,
    Mapping,
    Sequence,
)
from inspect import signature
from typing import Any, Final, Generic, ParamSpec, Protocol, Self, TypeAlias, TypeVar, final

from mistral_core import Err, Failure, Ok, ResponseValidationError, Result
from mistral_core.runtime.iterators import Resumable

__all__ = ["paginate"]

P = ParamSpec("P")
T = TypeVar("T")
T_co = TypeVar("T_co", covariant=True)


class Page(Protocol[T_co]):
    """One page of a list."""

    @property
    def data(self) -> Sequence[T_co]:
        """Return the items of the page."""
        ...


Listing: TypeAlias = Callable[P, Coroutine[Any, Any, Result[Page[T] | Sequence[T], Failure]]]
"""An operation that returns a page."""

CURSORS: Final[Mapping[str, str]] = {
    "page_token": "next_page_token",
    "next_page_token": "next_page_token",
    "cursor": "next_cursor",
}
"""The parameters that take a cursor, each with the attribute of a page that has the next one."""

SELECTORS: Final = (*CURSORS, "page", "offset")
"""The parameters that select a page, the preferred ones first."""


def paginate(
    function: Listing[P, T], *args: P.args, **kwargs: P.kwargs
) -> AsyncIterator[Result[T, Failure]]:
    """Iterate over all items of a paged list.

    The next page is requested when all items of the current one were taken. Items that are created
    or deleted in the meantime shift pages that are selected by a number.

    Cancelling `anext`, as `asyncio.wait_for` does, loses nothing: the next call waits for the same
    page.

    Args:
        function: An operation that returns a list, such as `files_list`.
        args: Its positional arguments: the client and path parameters.
        kwargs: Its other arguments; those that it requires are required here too. `page`,
            `offset` or the cursor selects the first page, and `page_size` or `limit` bounds the
            items of each page.

    Returns:
        An iterator over the items, each as `Ok`. An `Err` is the last item.
    """
    return _Walk(Resumable(_pages(function, *args, **kwargs)))


@final
class _Walk(Generic[T]):
    """The items of one page after the other."""

    def __init__(self, pages: Resumable[list[T]]) -> None:
        self._pages = pages
        self._page: Iterator[T] = iter(())

    def __aiter__(self) -> Self:
        return self

    async def __anext__(self) -> T:
        while True:
            for item in self._page:
                return item
            self._page = iter(await anext(self._pages))

    async def aclose(self) -> None:
        self._page = iter(())
        await self._pages.aclose()


async def _pages(
    function: Listing[P, T], *args: P.args, **kwargs: P.kwargs
) -> AsyncGenerator[list[Result[T, Failure]], None]:
    """Request one page after the other."""
    request: Any = function
    selector = _selector(function, kwargs)
    while True:
        result: Result[Page[T] | Sequence[T], Failure] = await request(
            *args, **{**kwargs, **selector.arguments}
        )
        if isinstance(result, Err):
            yield [result]
            return
        page = result.value
        items = page if isinstance(page, Sequence) else page.data
        try:
            is_last = not selector.advance(page, items)
        except ValueError as error:
            yield [Err(ResponseValidationError(str(error)), call=result.call)]
            return
        yield [Ok(item, call=result.call) for item in items]
        if is_last:
            return


class _Selector:
    """Select the page to request; a list without a selecting parameter has a single page."""

    @property
    def arguments(self) -> Mapping[str, Any]:
        """Return the arguments that select the page."""
        return {}

    def advance(self, page: object, items: Sequence[object]) -> bool:  # noqa: ARG002
        """Select the page after this one, and return whether there is one.

        Raises:
            ValueError: The server sent the same page again.
        """
        return False


def _selector(function: Callable[..., Any], given: Mapping[str, Any]) -> _Selector:
    """Return the selector of a function's pages, from the page that the arguments select."""
    parameters = signature(function).parameters
    names = [each for each in SELECTORS if each in parameters]
    name = next((each for each in names if given.get(each) is not None), (names or [""])[0])
    if name in CURSORS:
        return _Cursor(name, given.get(name))
    if name:
        # Where pages are counted from 1, the signature says so.
        default = parameters[name].default
        first = default if isinstance(default, int) else 0
        return _Number(name, given.get(name), first)
    return _Selector()


@final
class _Cursor(_Selector):
    """Select a page by the cursor that the page before it contains."""

    def __init__(self, name: str, cursor: str | None) -> None:
        self._name = name
        self._cursor = cursor

    @property
    def arguments(self) -> Mapping[str, Any]:
        return {self._name: self._cursor}

    def advance(self, page: object, items: Sequence[object]) -> bool:  # noqa: ARG002
        before, self._cursor = self._cursor, getattr(page, CURSORS[self._name], None)
        if self._cursor and self._cursor == before:
            raise ValueError(_repeated(self._name, before))
        return bool(self._cursor)


@final
class _Number(_Selector):
    """Select a page by its number, or by the number of items before it."""

    def __init__(self, name: str, number: int | None, first: int) -> None:
        self._name = name
        self._number = first if number is None else number
        self._seen = 0
        self._items: Sequence[object] = ()

    @property
    def arguments(self) -> Mapping[str, Any]:
        return {self._name: self._number}

    def advance(self, page: object, items: Sequence[object]) -> bool:
        if items and items == self._items:
            raise ValueError(_repeated(self._name, self._number))
        self._items = items
        self._seen += len(items)
        self._number += 1 if self._name == "page" else len(items)
        total: int = getattr(page, "total", None) or 0
        is_complete = 0 < total <= self._seen
        return bool(items) and not is_complete


def _repeated(name: str, value: object) -> str:
    return f"The server sent the same page again for `{name}` {value!r}"
