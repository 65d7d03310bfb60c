"""Threads for payloads that are large."""

from collections.abc import Callable, Sized
from typing import Final, TypeVar, cast

from mistral_core.runtime.blocking import call_blocking

D = TypeVar("D")
T = TypeVar("T")

INLINE: Final = 2**16
"""Size in bytes up to which data is encoded and decoded on the event loop."""


async def in_thread_if_large(function: Callable[[D], T], data: D, *, size: int | None = None) -> T:
    """Call a function, in a thread if the data is large.

    Args:
        function: The function.
        data: Its argument.
        size: The size in bytes. Defaults to the length of the data.
    """
    length = len(cast("Sized", data)) if size is None else size
    return function(data) if length <= INLINE else await call_blocking(function, data)
