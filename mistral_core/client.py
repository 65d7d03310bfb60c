"""MistralCore: the configuration of a client, and how a call travels through it."""

import sys
import time
from collections.abc import Mapping
from importlib import import_module
from types import TracebackType
from typing import TYPE_CHECKING, Any, Literal, Self, TypeVar, final

import attrs

from mistral_core.auth.api_key import NO_API_KEY, ApiKey, bearer, choose_api_key
from mistral_core.errors import CLIENT_CLOSED, Failure, InvalidRequestError, RequestTimeoutError
from mistral_core.hooks import NO_HOOKS, Hooks, logger
from mistral_core.http.messages import (
    LARGEST_ANSWER,
    NO_HEADERS,
    Request,
    RequestBody,
    Transport,
    check_headers,
)
from mistral_core.http.secret import Secret
from mistral_core.http.servers import check_server_url, choose_server, join
from mistral_core.operations.declaration import NOTHING, Operation
from mistral_core.options import NO_OPTIONS, RequestOptions, RetryConfig, Timeout, as_timeout
from mistral_core.request.parameters import target_of
from mistral_core.result import Err, Result
from mistral_core.schema import UNSET
from mistral_core.version import __version__

if TYPE_CHECKING:
    from ssl import SSLContext

    from aiohttp import ClientSession

T = TypeVar("T")

USER_AGENT = f"mistral-funcs/{__version__} python/{sys.version_info[0]}.{sys.version_info[1]}"


@final
class MistralCore:
    """Hold the configuration of a client and its connections; every operation takes one.

    Making one does no I/O and needs no event loop. One is enough for a whole service: it serves
    any number of concurrent calls, in as many event loops as there are. Close it with `aclose()`,
    or use it as `async with MistralCore() as client`. It is pickled without its key, which is
    taken from MISTRAL_API_KEY where it is unpickled.
    """

    def __init__(
        self,
        api_key: ApiKey | None = None,
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
        import_module("mistral_core.pipeline.run")  # So is all that carries a call.

        self._transport = transport
        self._api_key = choose_api_key(api_key, transport)
        self._header: Secret | None = None
        self._server_url = choose_server(server, server_url)
        self._timeout = Timeout() if timeout is None else as_timeout(timeout)
        self._retry_config = retry_config or RetryConfig()
        self._max_response_bytes = max_response_bytes
        self._headers = check_headers({"user-agent": user_agent, **headers})
        self._hooks = hooks
        self._closed = False

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
        """Make one call of an operation.

        Args:
            operation: What to call.
            path: The parameters of the path template.
            query: The query; `None` is left out, a list is repeated.
            json: The fields of the body; `UNSET` is left out, and so is `None` where the operation
                does not name the field as nullable.
            headers: Headers that are parameters of the operation; `None` is left out.
            form: In its place, the fields of a form; those that are a `File` are uploaded.
            body: In their place, the whole value of a JSON body.
            options: What this one call does differently.

        Returns:
            `Ok` with what the operation returns, or `Err`. Nothing is raised but cancellation.
        """
        import mistral_core.pipeline.run as carrying  # noqa: PLC0415 - the quickest form

        started = time.monotonic()
        options = options or NO_OPTIONS
        timeout = options.timeout or self._timeout
        try:
            content, content_type = await carrying.make_body(operation, json, form, body, timeout)
            target = target_of(operation, path, query)
            if headers:
                own = {name: str(each) for name, each in headers.items() if each is not None}
                options = attrs.evolve(options, headers={**own, **options.headers})
            request = self._request(operation, target, content, content_type, options, timeout)
        except (InvalidRequestError, RequestTimeoutError) as error:
            return Err(error.with_traceback(None))
        return await carrying.carry(
            operation,
            request,
            self._transport,
            is_closed=self._is_closed,
            key_function=None if isinstance(self._api_key, Secret) else self._api_key,
            hooks=self._hooks,
            config=options.retries or self._retry_config,
            timeout=timeout,
            started=started,
            max_response_bytes=self._max_response_bytes,
        )

    async def aclose(self) -> None:
        """Close the client and the sessions it opened. Safe to call twice; raises nothing."""
        self._closed = True
        try:
            await self._transport.aclose()
        except Exception:  # noqa: BLE001
            logger.exception("The transport raised an error while it was closed, which is ignored")

    def _is_closed(self) -> bool:
        return self._closed

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

        A key given as text is left out, and an `authorization` header is; a function is pickled by
        reference, as all functions are. Connections are left out, and that the client was closed.

        Raises:
            TypeError: The transport is not pickled, or it has a borrowed session or an SSLContext.
        """
        import pickle  # noqa: PLC0415 - few need it

        try:
            pickle.dumps(self._transport)
        except Exception as error:
            raise TypeError(f"A client with this transport is not pickled: {error}") from error
        key: ApiKey | None = None
        if not isinstance(self._api_key, Secret):
            key = self._api_key
        elif not self._api_key.reveal():
            key = ""  # It sends none, and is to send none there.
        headers = {name: text for name, text in self._headers.items() if name != "authorization"}
        changed = {"_api_key": key, "_header": None, "_headers": headers, "_closed": False}
        return {**vars(self), **changed}

    def __setstate__(self, state: dict[str, Any]) -> None:
        """Take what was pickled, and a key that was left out from the environment."""
        import_module("mistral_core.pipeline.run")
        vars(self).update(state)
        self._api_key = choose_api_key(state["_api_key"], self._transport)

    def __copy__(self) -> Self:
        """Return a client with the same key; it shares the connections."""
        twin = object.__new__(type(self))
        vars(twin).update(vars(self))
        return twin

    def __deepcopy__(self, _: dict[int, Any]) -> Self:
        """Return what a shallow copy is: connections have no copy."""
        return self.__copy__()

    def __repr__(self) -> str:
        """Show the server, and no secret."""
        return f"<MistralCore {self._server_url}>"

    def _request(  # noqa: PLR0917
        self,
        operation: Operation[T],
        target: str,
        body: bytes | RequestBody | None,
        content_type: str | None,
        options: RequestOptions,
        timeout: Timeout,
    ) -> Request:
        if self._closed:
            raise InvalidRequestError(CLIENT_CLOSED)
        server_url, headers = self._server_url, self._headers
        try:
            if options.server_url is not None:
                server_url = check_server_url(options.server_url)
            if options.headers:
                headers = {**headers, **check_headers(options.headers)}
        except ValueError as error:
            raise InvalidRequestError(f"The options are not valid: {error}", "options") from None
        returns = operation.returns
        streamed = returns.streamed
        headers = {"accept": returns.accept, **headers}
        if streamed:  # What is compressed comes late, and nobody sees where it breaks off.
            headers.setdefault("accept-encoding", "identity")
        if content_type is not None:
            headers["content-type"] = content_type
        given = headers.pop("authorization", None)
        return Request(
            method=operation.method,
            url=join(server_url, target),
            path_template=operation.path,
            headers=headers,
            body=body,
            authorization=Secret(given) if given else self._authorization(),
            connect_timeout=timeout.connect,
            # A stream may outlast the deadline, yet not be silent for as long.
            read_timeout=timeout.read or (timeout.deadline if streamed else None),
            streamed=streamed,
            idempotent=operation.idempotent,
        )

    def _authorization(self) -> Secret | None:
        """Return the header that the key makes; none yet where a function returns the key."""
        if self._header is None:
            if self._api_key is None:
                raise InvalidRequestError(NO_API_KEY, "api_key")
            if isinstance(self._api_key, Secret):
                self._header = bearer(self._api_key)
        return self._header
