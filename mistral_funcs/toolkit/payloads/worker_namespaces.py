"""The namespace of a client's workflows, which is requested once."""

import asyncio
from contextlib import suppress
from typing import Any, Final, TypeAlias, TypeVar, cast, final
from urllib.parse import urlsplit

import attrs

from mistral_core import (
    APIConnectionError,
    HTTPValidationError,
    MistralError,
    ResponseValidationError,
    SDKError,
)
from mistral_core.http.headers import request_id
from mistral_core.http.messages import Request, Response, Transport
from mistral_core.response.error_bodies import read_error
from mistral_funcs.toolkit.payloads.payload_errors import PayloadError
from mistral_funcs.toolkit.payloads.payload_json import from_json

E = TypeVar("E", APIConnectionError, SDKError, SDKError | HTTPValidationError)

WHOAMI: Final = "/v1/workflows/workers/whoami"

Asked: TypeAlias = "asyncio.Future[str | MistralError | None]"
"""A request for a namespace: its outcome, or `None` if it was cancelled."""


@final
class WorkerNamespaces:
    """The namespaces of a client's workflows, one for each server.

    Concurrent calls share a request. If it fails, all calls that share it fail, and the next
    call requests the namespace again.
    """

    def __init__(self, transport: Transport) -> None:
        """Start without a namespace."""
        self._transport: Final = transport
        self._by_server: Final[dict[str, str]] = {}
        self._asked: Final[dict[tuple[asyncio.AbstractEventLoop, str], Asked]] = {}

    async def namespace(self, request: Request) -> str:
        """Return the namespace at the server of a request.

        Args:
            request: A request with the client's credentials.

        Raises:
            MistralError: The API did not return it.
        """
        server = server_of(request)
        key = asyncio.get_running_loop(), server
        while (namespace := self._by_server.get(server)) is None:
            asked = self._asked.get(key)
            if asked is None:
                self._by_server[server] = await self._share(key, request)
            elif isinstance(outcome := await asyncio.shield(asked), MistralError):
                raise outcome
        return namespace

    async def _share(self, key: tuple[asyncio.AbstractEventLoop, str], request: Request) -> str:
        """Request the namespace, and share the outcome with the calls that wait for it."""
        loop, server = key
        asked: Asked = loop.create_future()
        self._asked[key] = asked
        outcome: str | MistralError | None = None
        try:
            outcome = await self._ask(server, request)
        except MistralError as error:
            outcome = error.with_traceback(None)
            raise
        else:
            return outcome
        finally:
            del self._asked[key]
            asked.set_result(outcome)

    async def _ask(self, server: str, request: Request) -> str:
        headers = {name: text for name, text in request.headers.items() if name != "content-type"}
        asking = attrs.evolve(
            request,
            method="GET",
            url=server + WHOAMI,
            path_template=WHOAMI,
            headers={**headers, "accept": "application/json"},
            body=None,
            streamed=False,
            idempotent=True,
        )
        try:
            response = await self._transport.send(asking)
        except APIConnectionError as error:
            raise attrs.evolve(_explained(error), sent=False) from None
        if not 200 <= response.status < 300:
            raise _explained(read_error(response))
        return _namespace_in(response)


def server_of(request: Request) -> str:
    """Return the URL of a request without the path of its operation."""
    url = urlsplit(request.url)
    path = url.path.rsplit("/", request.path_template.count("/"))[0]
    return f"{url.scheme}://{url.netloc}{path}"


def _explained(error: E) -> E:
    return attrs.evolve(error, message=f"The namespace cannot be requested: {error.message}")


def _namespace_in(response: Response) -> str:
    """Return the namespace in a response.

    Raises:
        ResponseValidationError: It contains none.
    """
    namespace: object = None
    with suppress(PayloadError):
        body: Any = from_json(response.body)
        if isinstance(body, dict):
            namespace = cast("dict[str, object]", body).get("namespace")
    if isinstance(namespace, str) and namespace:
        return namespace
    raise ResponseValidationError(
        f"Invalid response: `{WHOAMI}` returned no namespace",
        path="$.namespace",
        status=response.status,
        request_id=request_id(response.headers),
        headers=response.headers,
        body=response.body,
    )
