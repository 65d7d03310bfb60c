"""Iteration over all items of a paged list."""

from collections.abc import (
    AsyncGenerator,
    AsyncIterator,
    Callable,
    Coroutine,
    Iterator,
    Sequence,
)
from inspect import signature
from typing import Any, Generic, ParamSpec, Protocol, Self, TypeVar, final

from mistral_core import Err, Failure, Ok, ResponseValidationError, Result
from mistral_core.runtime.iterators import Resumable

__all__ = ["paginate"]

P = ParamSpec("P")
T = TypeVar("T")
T_co = TypeVar("T_co", covariant=True)


class Page(Protocol[T_co]):
    """A page of a list."""

    @property
    def data(self) -> Sequence[T_co]:
        """Return the items of the page."""
        ...

    @property
    def total(self) -> int | None:
        """Return the total number of items on all pages, if the server reports it."""
        ...


def paginate(
    function: Callable[P, Coroutine[Any, Any, Result[Page[T], Failure]]],
    *args: P.args,
    **kwargs: P.kwargs,
) -> AsyncIterator[Result[T, Failure]]:
    """Iterate over all items of a paged list.

    Pages are requested one at a time, when their items are needed. Items created or deleted during
    the iteration shift the pages, so items may be repeated or skipped.

    Cancelling `anext`, as `asyncio.wait_for` does, loses no items: the next call waits for the same
    page.

    Args:
        function: The operation that lists the items, such as `files_list`.
        args: Its positional arguments: the client.
        kwargs: Its keyword arguments. `page` or `offset` sets the start, `page_size` or `limit`
            the number of items per request.

    Returns:
        An iterator over the items as `Ok`. An `Err` is the last item.
    """
    return _Items(Resumable(_pages(function, *args, **kwargs)))


@final
class _Items(Generic[T]):
    """The items of all pages."""

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
    function: Callable[P, Coroutine[Any, Any, Result[Page[T], Failure]]],
    *args: P.args,
    **kwargs: P.kwargs,
) -> AsyncGenerator[list[Result[T, Failure]], None]:
    """Request the pages, one at a time."""
    list_page: Any = function
    step = "page" if "page" in signature(function).parameters else "offset"
    first: Any = kwargs.get(step) or 0
    position, seen = first, 0
    previous: Sequence[T] = ()
    while True:
        result: Result[Page[T], Failure] = await list_page(*args, **{**kwargs, step: position})
        if isinstance(result, Err):
            yield [result]
            return
        items, total = result.value.data, result.value.total
        if items and items == previous:
            message = f"The server returned the same page again for `{step}` {position}"
            yield [Err(ResponseValidationError(message), call=result.call)]
            return
        yield [Ok(item, call=result.call) for item in items]
        seen += len(items)
        if not items or (not first and total and seen >= total):
            return
        previous = items
        position += 1 if step == "page" else len(items)
