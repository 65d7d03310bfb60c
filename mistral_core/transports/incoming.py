"""Streamed response bodies."""

import asyncio
import warnings
from typing import Self, final

import aiohttp
from yarl import URL

from mistral_core.errors import bare
from mistral_core.http.messages import Request
from mistral_core.transports.direct import DirectResponse
from mistral_core.transports.transport_errors import translate


@final
class IncomingBody:
    """The body of an aiohttp response as a stream of chunks."""

    def __init__(
        self, response: aiohttp.ClientResponse | DirectResponse, request: Request, url: URL
    ) -> None:
        """Create a stream over an unread response. Errors mention the request and URL."""
        self._response = response
        self._request = request
        self._url = url
        self._loop = asyncio.get_running_loop()
        self._open = True

    def __aiter__(self) -> Self:
        return self

    async def __anext__(self) -> bytes:
        """Return the next chunk. Safe to cancel: aiohttp buffers what arrives."""
        failure: BaseException
        try:
            chunk = await self._response.content.readany()
        except Exception as error:  # noqa: BLE001
            failure = translate(error, self._request, self._url)
        except BaseException as error:  # noqa: BLE001 - raised below
            failure = bare(error)
        else:
            if chunk:
                return chunk
            raise StopAsyncIteration
        raise failure  # Outside of the `except` block its context is not aiohttp's error.

    async def aclose(self) -> None:
        """Free the connection."""
        self._open = False
        self._response.close()

    def __del__(self) -> None:
        if self._open and not self._loop.is_closed():
            warnings.warn("a stream was neither read nor closed", ResourceWarning, 1, self)
            self._loop.call_soon_threadsafe(self._response.close)
