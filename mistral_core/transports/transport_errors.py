"""Translation of aiohttp's errors."""

import aiohttp
from yarl import URL

from mistral_core.errors import (
    TEMPORARY,
    APIConnectionError,
    Failure,
    InvalidRequestError,
    RequestTimeoutError,
    bare,
)
from mistral_core.http.messages import Request
from mistral_core.http.text import in_one_line, without_userinfo
from mistral_core.transports.proxies import Proxy


def translate(  # noqa: PLR0911
    error: Exception, request: Request, url: URL, proxy: Proxy | None = None
) -> Failure:
    """Map an error of aiohttp to a failure.

    Only an `OSError` is kept as its cause: aiohttp's errors contain the request headers, and so the
    key.
    """
    server, advice = _peer(error, url, proxy)
    text = error.message if isinstance(error, aiohttp.ClientResponseError) else str(error)
    reason = in_one_line(without_userinfo(text)) or type(error).__name__
    failure: Failure
    match error:
        case aiohttp.ConnectionTimeoutError():
            limit = request.connect_timeout
            return RequestTimeoutError(f"No connection to {server} within {limit:g} s", "connect")
        case aiohttp.ServerTimeoutError():
            limit = request.read_timeout
            return RequestTimeoutError(f"{server} was silent for {limit:g} s", "read")
        case aiohttp.ClientConnectorCertificateError() | aiohttp.ClientConnectorSSLError():
            message = f"No secure connection to {server}: {reason}{advice}"
            return APIConnectionError(message, sent=False, temporary=False)
        case aiohttp.ClientHttpProxyError():
            message = f"No tunnel to {server}: the proxy refused with {error.status} {reason}"
            return APIConnectionError(
                message + advice, sent=False, temporary=error.status in TEMPORARY
            )
        case aiohttp.ClientConnectorError():
            message = f"No connection to {server}: {error.os_error}{advice}"
            failure = APIConnectionError(message, sent=False)
            failure.__cause__ = bare(error.os_error)
            return failure
        case ValueError():
            return InvalidRequestError(f"{server} cannot be called: {reason}", "server_url")
        case aiohttp.ClientPayloadError():
            return APIConnectionError(f"{server} sent an incomplete response: {reason}")
        case aiohttp.ClientResponseError():
            return APIConnectionError(f"{server} sent an invalid HTTP response: {reason}")
        case _:
            return APIConnectionError(f"The connection to {server} broke: {reason}")


def _peer(error: Exception, url: URL, proxy: Proxy | None) -> tuple[str, str]:
    """Return the server or proxy that a request was sent to, and advice about the proxy."""
    server = f"{url.host}:{url.port}"
    if proxy is None:
        return server, ""
    address, advice = f"the proxy {proxy.address}", f". Check {proxy.source}"
    failed = getattr(error, "host", None), getattr(error, "port", None)
    if failed == (proxy.url.raw_host, proxy.url.port):
        return address, advice
    is_refusal = isinstance(error, aiohttp.ClientHttpProxyError)
    return f"{server} through {address}", advice if is_refusal else ""
