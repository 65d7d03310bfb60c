"""MistralCore: the configuration and the connections of a client."""

import logging
import sys
from collections.abc import Mapping
from types import TracebackType
from typing import TYPE_CHECKING, Any, Literal, Self, TypeVar, final

from mistral_core.errors import Failure
from mistral_core.hooks import NO_HOOKS, Hooks
from mistral_core.http.messages import LARGEST_ANSWER, NO_HEADERS, Transport, check_headers
from mistral_core.http.servers import choose_server
from mistral_core.operations.declaration import NOTHING, Arguments, Operation
from mistral_core.options import RequestOptions, RetryConfig, Timeout, as_timeout
from mistral_core.result import Result
from mistral_core.schema import UNSET
from mistral_core.version import __version__

if TYPE_CHECKING:
    from ssl import SSLContext

    from aiohttp import ClientSession

    from mistral_core.auth.credentials import ApiKey

T = TypeVar("T")

USER_AGENT = f"mistral-funcs/{__version__} python/{sys.version_info[0]}.{sys.version_info[1]}"


@final
class MistralCore:
    """The configuration and the connections of a client, the first argument of every operation.

    Creating one does no I/O and needs no event loop. One is enough for a whole service: it serves
    any number of concurrent calls, in any number of event loops. Close it with `aclose()`, or use
    it as `async with MistralCore() as client`. It is pickled without its key, which is taken from
    MISTRAL_API_KEY where it is unpickled.
    """

    def __init__(
        self,
        api_key: "ApiKey | None" = None,
        *,
        server: Literal["global", "eu", "us"] | None = None,
        server_url: str | None = None,
        timeout: Timeout | float | None = None,
        retry_config: RetryConfig | None = None,
        headers: Mapping[str, str] = NO_HEADERS,
        user_agent: str = USER_AGENT,
        proxy: str | None = None,
        ssl: "SSLContext | bool" = True,
        trust_env: bool = True,
        max_connections: int = 100,
        max_connections_per_host: int = 0,
        max_response_bytes: int = LARGEST_ANSWER,
        session: "ClientSession | None" = None,
        transport: Transport | None = None,
        hooks: Hooks = NO_HOOKS,
    ) -> None:
        """Configure a client.

        Args:
            api_key: The key, or a function or coroutine function that returns it, called for each
                attempt. Defaults to the environment's MISTRAL_API_KEY. Blanks, quotes and
                `Bearer` around it are removed. An empty key is not sent.
            server: One of Mistral's servers; by default `"global"`.
            server_url: Another server. A path in it is kept; a `/v1` at its end may be left out.
                Defaults to the environment's MISTRAL_SERVER_URL where `server` is not given.
            timeout: How long to wait; a number is the deadline of each whole call, in seconds.
                By default a connection may take 10 seconds, and a call 600.
            retry_config: When a call is tried again; by default as `RetryConfig()` says.
            headers: Headers to add to each request.
            user_agent: The `User-Agent` header.
            proxy: The URL of an HTTP proxy for all requests.
            ssl: A TLS context; `False` accepts any certificate.
            trust_env: Whether HTTP_PROXY, HTTPS_PROXY, ALL_PROXY and NO_PROXY are used.
            max_connections: The most connections at once in an event loop; 0 is no limit.
            max_connections_per_host: The most of them to one host; 0 is no limit.
            max_response_bytes: The largest body that is read, counted when decompressed.
            session: An aiohttp session to borrow: it is never closed.
            transport: What carries the requests in place of aiohttp, such as a `Sandbox`.
            hooks: Functions that see each attempt.

        Raises:
            ValueError: The configuration is one that cannot work.
        """
        if transport is None:
            # Loads aiohttp: here, and not on the event loop during the first call.
            from mistral_core.transports.aiohttp import AiohttpTransport  # noqa: PLC0415

            transport = AiohttpTransport(
                session=session,
                proxy=proxy,
                ssl=ssl,
                trust_env=trust_env,
                max_connections=max_connections,
                max_connections_per_host=max_connections_per_host,
                max_response_bytes=max_response_bytes,
            )
        elif session is not None or proxy is not None or ssl is not True:
            raise ValueError("`session`, `proxy` and `ssl` do not go with a `transport`")
        self._configure(
            transport=transport,
            api_key=api_key,
            server_url=choose_server(server, server_url),
            headers=check_headers({"user-agent": user_agent, **headers}),
            timeout=Timeout() if timeout is None else as_timeout(timeout),
            retries=retry_config or RetryConfig(),
            hooks=hooks,
            max_response_bytes=max_response_bytes,
        )

    def _configure(
        self, *, transport: Transport, api_key: "ApiKey | None", **settings: Any
    ) -> None:
        # Loads what calls need: here, and not on the event loop during the first call.
        from mistral_core.auth.credentials import choose_credentials  # noqa: PLC0415
        from mistral_core.pipeline.run import Pipeline  # noqa: PLC0415
        from mistral_core.pipeline.settings import Lifetime, Settings  # noqa: PLC0415

        credentials = choose_credentials(api_key, transport)
        self._pipeline = Pipeline(
            Settings(transport=transport, credentials=credentials, lifetime=Lifetime(), **settings)
        )

    async def execute(
        self,
        operation: Operation[T],
        *,
        path: Mapping[str, object] = NOTHING,
        query: Mapping[str, object] = NOTHING,
        headers: Mapping[str, object] = NOTHING,
        json: Mapping[str, object] | None = None,
        form: Mapping[str, object] | None = None,
        body: object = UNSET,
        options: RequestOptions | None = None,
    ) -> Result[T, Failure]:
        """Call an operation.

        Args:
            operation: What to call.
            path: The parameters of the path template.
            query: The query. `None` is left out, a list repeats its key.
            headers: Headers that are parameters of the operation. `None` is left out.
            json: The fields of a JSON body. `UNSET` is left out, and so is `None` unless the
                operation names the field as nullable.
            form: The fields of a form, in place of `json`. A `File` is uploaded.
            body: The whole value of a JSON body, in place of its fields.
            options: Per-call overrides: headers, timeout, retries, server URL.

        Returns:
            `Ok` with what the operation returns, or `Err`. Only cancellation is raised.
        """
        return await self._pipeline.run(
            operation, Arguments(path, query, headers, json, form, body), options
        )

    async def aclose(self) -> None:
        """Close the client and the sessions it opened. Safe to call twice; raises nothing."""
        settings = self._pipeline.settings
        settings.lifetime.closed = True
        try:
            await settings.transport.aclose()
        except Exception:
            logging.getLogger("mistral_core").exception(
                "The transport raised an error while it was closed, which is ignored"
            )

    async def __aenter__(self) -> Self:
        """Return the client itself."""
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        """Close the client."""
        await self.aclose()

    def __getstate__(self) -> dict[str, object]:
        """Return what is pickled: the configuration without the key.

        A key given as a string is left out, and so is an `authorization` header; a function is
        pickled by reference. Connections are left out, and that the client was closed.

        Raises:
            TypeError: The transport cannot be pickled, or has a borrowed session or an SSLContext.
        """
        import pickle  # noqa: PLC0415 - few need it

        settings = self._pipeline.settings
        try:
            pickle.dumps(settings.transport)
        except Exception as error:
            raise TypeError(f"A client with this transport cannot be pickled: {error}") from error
        return {
            "transport": settings.transport,
            "api_key": settings.credentials.without_secret(),
            "server_url": settings.server_url,
            "headers": {
                name: text for name, text in settings.headers.items() if name != "authorization"
            },
            "timeout": settings.timeout,
            "retries": settings.retries,
            "hooks": settings.hooks,
            "max_response_bytes": settings.max_response_bytes,
        }

    def __setstate__(self, state: dict[str, Any]) -> None:
        """Take what was pickled, and a key that was left out from the environment."""
        self._configure(**state)

    def __copy__(self) -> Self:
        """Return a client with the same key; it shares the connections."""
        twin = object.__new__(type(self))
        twin._pipeline = self._pipeline.copy()
        return twin

    def __deepcopy__(self, _: dict[int, Any]) -> Self:
        """Return what a shallow copy is: connections have no copy."""
        return self.__copy__()

    def __repr__(self) -> str:
        """Show the server, and no secret."""
        return f"<MistralCore {self._pipeline.settings.server_url}>"
