"""Connections to Redis, in each event loop. The only module that imports `redis`."""

import asyncio
import json
import os
from collections.abc import AsyncGenerator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, TypeAlias, final

from redis import asyncio as redis_asyncio
from redis.asyncio.retry import Retry
from redis.backoff import NoBackoff
from redis.exceptions import RedisError

from mistral_core.limits.redis_script import SCRIPT

if TYPE_CHECKING:
    from redis.commands.core import AsyncScript

Lifetime: TypeAlias = "AsyncGenerator[AsyncScript, None]"
"""A generator that yields a script once, and closes its connections when it is closed itself."""


@final
class Connections:
    """Connections to a Redis server, opened on demand in each event loop.

    An event loop closes its generators before it ends, and with them its connections.
    """

    def __init__(self, url: str, timeout: float) -> None:
        """Configure the connections.

        Raises:
            ValueError: The URL is not valid.
        """
        self._url = url
        self._timeout = timeout
        self._by_loop: dict[asyncio.AbstractEventLoop, tuple[AsyncScript, Lifetime]] = {}
        self._process = os.getpid()
        self._client()

    def _client(self) -> Any:
        """Return a client that opens no connection before it is used."""
        client: Any = redis_asyncio.Redis
        return client.from_url(
            self._url,
            socket_timeout=self._timeout,
            socket_connect_timeout=self._timeout,
            retry=Retry(NoBackoff(), 1),
        )

    async def run(self, keys: Sequence[str], order: Mapping[str, object]) -> list[float]:
        """Run the script.

        Raises:
            OSError: Redis cannot be reached, or refuses the script.
        """
        try:
            script = await self._script()
            reply: list[float] = json.loads(await script(list(keys), [json.dumps(order)]))
        except RedisError as error:
            raise OSError(str(error)) from None
        return reply

    async def _script(self) -> "AsyncScript":
        if self._process != os.getpid():  # Connections of the parent process are not used.
            self._by_loop, self._process = {}, os.getpid()
        loop = asyncio.get_running_loop()
        opened = self._by_loop.get(loop)
        if opened is None:
            for closed in [each for each in tuple(self._by_loop) if each.is_closed()]:
                self._by_loop.pop(closed, None)  # Another thread may have removed it.
            lifetime = self._hold_open()
            opened = self._by_loop[loop] = await anext(lifetime), lifetime
        return opened[0]

    async def _hold_open(self) -> Lifetime:
        client = self._client()
        try:
            yield client.register_script(SCRIPT)
        finally:
            await client.aclose()

    async def aclose(self) -> None:
        """Close the connections of the running event loop. Safe to call twice."""
        opened = self._by_loop.pop(asyncio.get_running_loop(), None)
        if opened is not None:
            await opened[1].aclose()
