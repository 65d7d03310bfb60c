"""The client: its configuration, its lifecycle and `execute`."""

import logging
import sys
from collections.abc import Mapping
from importlib import import_module
from typing import TYPE_CHECKING, Any, Literal, Self, TypeVar, final

from mistral_core.errors import Failure
from mistral_core.hooks import NO_HOOKS, Hooks
from mistral_core.http.headers import NO_HEADERS, check_headers
from mistral_core.http.messages import MAX_RESPONSE_BYTES, Transport
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
    from mistral_core.limits.limits import Limits
    from mistral_core.request.clouds import Cloud

T = TypeVar("T")

USER_AGENT = f"mistral-funcs/{__version__} python/{sys.version_info[0]}.{sys.version_info[1]}"


@final
class MistralCore:
    """A client for the Mistral AI API, passed to every operation as the first argument.

    Creating one does no I/O and needs no event loop. Use one client for a whole service: it serves
    any number of concurrent calls, in any number of event loops. Close it with `aclose()`, or use
    it as `async with MistralCore() as client`. Pickling leaves out the key; the unpickled client
    reads it from the environment.
    """

    def __init__(
        self,
        api_key: "ApiKey | None" = None,
        *,
        server: Literal["global", "eu", "us"] | None = None,
        server_url: str | None = None,
        cloud: "Cloud | None" = None,
        timeout: Timeout | float | None = None,
        retry_config: RetryConfig | None = None,
        headers: Mapping[str, str] = NO_HEADERS,
        user_agent: str = USER_AGENT,
        proxy: str | None = None,
        ssl: "SSLContext | bool" = True,
        trust_env: bool = True,
        max_connections: int = 100,
        max_connections_per_host: int = 0,
        max_response_bytes: int = MAX_RESPONSE_BYTES,
        session: "ClientSession | None" = None,
        transport: Transport | None = None,
        hooks: Hooks = NO_HOOKS,
        limits: "Limits | None" = None,
    ) -> None:
        """Configure a client.

        Args:
            api_key: The API key, or a function or coroutine function that returns it, called for
                each attempt. Defaults to the content of the file at MISTRAL_SA_TOKEN_PATH, read
                for each attempt, or else to MISTRAL_API_KEY. Whitespace, quotes and `Bearer`
                around the key are removed. An empty key is not sent.
            server: One of Mistral's servers. Defaults to `"global"`.
            server_url: The URL of another server. A path is kept; a trailing `/v1` is optional.
                Defaults to the environment variable MISTRAL_SERVER_URL if `server` is not given.
            cloud: A cloud provider that serves Mistral models, such as `AzureAI` or `VertexAI`.
                Mistral's server and keys in the environment are then ignored.
            timeout: Time limits. A number is the deadline of each call, in seconds. Defaults to
                10 seconds for a connection and 600 seconds for a call.
            retry_config: Retry policy. Defaults to `RetryConfig()`.
            headers: Headers to add to each request.
            user_agent: The `User-Agent` header.
            proxy: URL of an HTTP proxy for all requests.
            ssl: TLS context. `False` accepts any certificate.
            trust_env: Whether HTTP_PROXY, HTTPS_PROXY, ALL_PROXY and NO_PROXY are used.
            max_connections: Maximum number of connections per event loop. 0 means no limit.
            max_connections_per_host: Maximum number of connections to one host. 0 means no limit.
            max_response_bytes: Size limit of a response body, counted after decompression.
                Defaults to 256 MiB.
            session: An aiohttp session to use. The client never closes it.
            transport: The transport to use in place of aiohttp, such as a `Sandbox`.
            hooks: Functions to run for each call or attempt.
            limits: Limits on requests, tokens and concurrency, shared by all calls. Calls wait for
                them in order. Defaults to no limits.

        Raises:
            ValueError: The configuration is not valid.
        """
        if cloud is not None and server is not None:
            raise ValueError("`server` cannot be combined with `cloud`")
        if transport is None:
            # Loads aiohttp here rather than on the event loop during the first call.
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
            raise ValueError("`session`, `proxy` and `ssl` cannot be combined with `transport`")
        self._configure(
            transport=transport,
            api_key=api_key,
            server_url=choose_server(
                server, cloud.server_url if cloud is not None and server_url is None else server_url
            ),
            headers=check_headers({"user-agent": user_agent, **headers}),
            timeout=Timeout() if timeout is None else as_timeout(timeout),
            retries=retry_config or RetryConfig(),
            hooks=hooks,
            max_response_bytes=max_response_bytes,
            cloud=cloud,
            limits=limits,
        )

    def _configure(
        self,
        *,
        transport: Transport,
        api_key: "ApiKey | None",
        cloud: "Cloud | None",
        **settings: Any,
    ) -> None:
        # Loads the pipeline here rather than on the event loop during the first call.
        from mistral_core.auth.credentials import choose_credentials  # noqa: PLC0415
        from mistral_core.pipeline.run import Pipeline  # noqa: PLC0415
        from mistral_core.pipeline.settings import Lifetime, Settings  # noqa: PLC0415

        if api_key is None and cloud is not None:
            api_key = cloud.api_key
        if settings.get("limits") is not None:
            import_module("mistral_core.pipeline.limited")

        credentials = choose_credentials(api_key, transport)
        self._pipeline = Pipeline(
            Settings(
                transport=transport,
                credentials=credentials,
                lifetime=Lifetime(),
                cloud=cloud,
                **settings,
            )
        )

    @property
    def hooks(self) -> Hooks:
        """Functions to run for each call or attempt."""
        return self._pipeline.settings.hooks

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
        """Call an operation. Only cancellation is raised.

        Args:
            operation: The operation to call.
            path: Path parameters.
            query: Query parameters. `None` is omitted; a list repeats its key.
            headers: Header parameters. `None` is omitted.
            json: Fields of a JSON body. `UNSET` is omitted, and so is `None` unless the operation
                declares the field as nullable.
            form: Fields of a form, in place of `json`. A `File` is uploaded.
            body: A complete JSON body, in place of its fields.
            options: Per-call overrides: headers, timeout, retries, server URL.

        Returns:
            `Ok` with the value of the operation, or `Err`.
        """
        return await self._pipeline.run(
            operation, Arguments(path, query, headers, json, form, body), options
        )

    async def aclose(self) -> None:
        """Close the client and the sessions it opened. Safe to call twice. Raises nothing."""
        settings = self._pipeline.settings
        settings.lifetime.closed = True
        try:
            await settings.transport.aclose()
        except Exception:
            logging.getLogger("mistral_core").exception(
                "Ignored an error that the transport raised while closing"
            )

    async def __aenter__(self) -> Self:
        """Return the client itself."""
        return self

    async def __aexit__(self, *_: object) -> None:
        """Close the client."""
        await self.aclose()

    def __getstate__(self) -> dict[str, object]:
        """Return the configuration without the key, for pickling.

        A key given as a string and an `authorization` header are left out; a function is pickled
        by reference. Connections and the closed state are not part of the copy.

        Raises:
            TypeError: The transport cannot be pickled, or has a borrowed session or an SSLContext.
        """
        import pickle  # noqa: PLC0415 - rarely needed

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
            "cloud": settings.cloud,
            "limits": settings.limits,
        }

    def __setstate__(self, state: dict[str, Any]) -> None:
        """Restore a pickled client. A key that was left out is read from the environment."""
        self._configure(**state)

    def __copy__(self) -> Self:
        """Return a client with the same key that shares the connections."""
        client = object.__new__(type(self))
        client._pipeline = self._pipeline.copy()
        return client

    def __deepcopy__(self, _: dict[int, Any]) -> Self:
        """Return a shallow copy: connections cannot be copied."""
        return self.__copy__()

    def __repr__(self) -> str:
        """Show the server URL, without secrets."""
        return f"<MistralCore {self._pipeline.settings.server_url}>"
