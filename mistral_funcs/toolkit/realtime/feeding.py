"""Feeding of a session from an asynchronous iterable, while its events are read."""

from collections.abc import AsyncGenerator, AsyncIterable
from typing import Any, Protocol, TypeVar, get_args

from mistral_core import Err, Failure, InvalidRequestError, Result
from mistral_core.response.message_stream import MessageStream

S_contra = TypeVar("S_contra", contravariant=True)


class Sink(Protocol[S_contra]):
    """A session that takes input of one type."""

    async def append(self, item: S_contra, /) -> Result[None, Failure]:
        """Send a part of the input."""
        ...

    async def end(self) -> Result[None, Failure]:
        """End the input."""
        ...


async def feed(
    source: AsyncIterable[S_contra], sink: Sink[S_contra], stream: MessageStream[Any]
) -> None:
    """Send all items of a source, and end the input.

    An error of the source ends the session. If it is a failure, such as that of another stream, it
    is reported unchanged.
    """
    try:
        try:
            async for item in source:
                sent = await sink.append(item)
                if isinstance(sent, Err):
                    stream.fail(sent.error)
                    return
        finally:
            if isinstance(source, AsyncGenerator):
                await source.aclose()
        await sink.end()
    except get_args(Failure) as failure:
        stream.fail(failure)
    except Exception as error:  # noqa: BLE001
        invalid = InvalidRequestError(f"The source of the input raised {error!r}")
        invalid.__cause__ = error
        stream.fail(invalid)
