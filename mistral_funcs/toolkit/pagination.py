"""Lists that come in pages, read from the first to the last item."""

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
    """One page of a list."""

    @property
    def data(self) -> Sequence[T_co]:
        """Return the items of the page."""
        ...

    @property
    def total(self) -> int | None:
        """Return how many items there are on all pages, if the server says so."""
        ...


def paginate(
    function: Callable[P, Coroutine[Any, Any, Result[Page[T], Failure]]],
    *args: P.args,
    **kwargs: P.kwargs,
) -> AsyncIterator[Result[T, Failure]]:
    """Go through all items of a list that comes in pages.

    A page is asked for when the one before has been gone through. Items that are made or deleted
    in the meantime shift the pages, as they do for everyone who turns them.

    Cancelling `anext`, as `asyncio.wait_for` does, loses nothing: the next call waits for the same
    page.

    Args:
        function: The operation that lists, such as `files_list`.
        args: Its positional arguments: the client.
        kwargs: Its other arguments. `page` is where to begin; `page_size` is how many items to
            ask for at once.

    Returns:
        An iterator over the items, each as `Ok`; an `Err` is the last.
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
    function: Callable[P, Coroutine[Any, Any, Result[Page[T], Failure]]],
    *args: P.args,
    **kwargs: P.kwargs,
) -> AsyncGenerator[list[Result[T, Failure]], None]:
    """Ask for one page after the other."""
    turn: Any = function
    step = "page" if "page" in signature(function).parameters else "offset"
    first: Any = kwargs.get(step) or 0
    position, seen = first, 0
    before: Sequence[T] = ()
    while True:
        result: Result[Page[T], Failure] = await turn(*args, **{**kwargs, step: position})
        if isinstance(result, Err):
            yield [result]
            return
        items, total = result.value.data, result.value.total
        if items and items == before:
            message = f"The server gave the same page again for `{step}` {position}"
            yield [Err(ResponseValidationError(message), call=result.call)]
            return
        yield [Ok(item, call=result.call) for item in items]
        seen += len(items)
        if not items or (not first and total and seen >= total):
            return
        before = items
        position += 1 if step == "page" else len(items)
