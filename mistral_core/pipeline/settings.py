"""Settings of a call: the client's configuration, merged with the options of the call."""

from collections.abc import Mapping
from typing import final

import attrs

from mistral_core.auth.credentials import Credentials
from mistral_core.errors import CLIENT_CLOSED, InvalidRequestError
from mistral_core.hooks import Hooks
from mistral_core.http.messages import Transport, check_headers
from mistral_core.http.servers import check_server_url
from mistral_core.options import RequestOptions, RetryConfig, Timeout


@final
@attrs.define
class Lifetime:
    """The lifetime of a client.

    Attributes:
        closed: Whether the client has been closed: no request is sent any more.
    """

    closed: bool = False

    def check(self) -> None:
        """Raise an error if the client has been closed.

        Raises:
            InvalidRequestError: It has.
        """
        if self.closed:
            raise InvalidRequestError(CLIENT_CLOSED)


@final
@attrs.frozen(kw_only=True)
class Settings:
    """What a call runs with.

    Attributes:
        transport: What sends the requests.
        credentials: Where the `Authorization` header comes from.
        server_url: The URL of the server, without a slash at the end.
        headers: Headers of all requests, by their names in lower case.
        timeout: How long to wait.
        retries: When an attempt is repeated.
        hooks: Functions that see each attempt.
        max_response_bytes: The largest body to hold at once.
        lifetime: Whether the client has been closed.
    """

    transport: Transport
    credentials: Credentials
    server_url: str
    headers: Mapping[str, str] = attrs.field(repr=False)
    timeout: Timeout
    retries: RetryConfig
    hooks: Hooks
    max_response_bytes: int
    lifetime: Lifetime


def merge(settings: Settings, options: RequestOptions) -> Settings:
    """Return the settings of one call.

    Raises:
        InvalidRequestError: The options are not valid.
    """
    try:
        return attrs.evolve(
            settings,
            server_url=settings.server_url
            if options.server_url is None
            else check_server_url(options.server_url),
            headers={**settings.headers, **check_headers(options.headers)},
            timeout=options.timeout or settings.timeout,
            retries=options.retries or settings.retries,
        )
    except ValueError as error:
        raise InvalidRequestError(f"The options are not valid: {error}", "options") from None
