"""Settings of a call: the client's configuration, merged with the options of the call."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, final

import attrs

from mistral_core.auth.credentials import Credentials
from mistral_core.errors import InvalidRequestError
from mistral_core.hooks import Hooks
from mistral_core.http.headers import check_headers
from mistral_core.http.messages import Transport
from mistral_core.http.servers import check_server_url
from mistral_core.instrumentation.observation import Observation
from mistral_core.options import RequestOptions, RetryConfig, Timeout
from mistral_core.request.clouds import Cloud

if TYPE_CHECKING:
    from mistral_core.limits.limits import Limits


@final
@attrs.define(repr=False)
class Lifetime:
    """The lifetime of a client.

    Attributes:
        closed: Whether the client has been closed. No more requests are sent.
    """

    closed: bool = False


@final
@attrs.frozen(kw_only=True, eq=False, repr=False)
class Settings:
    """The settings of a client or a call.

    Attributes:
        transport: The transport that sends requests.
        credentials: The source of the `Authorization` header.
        server_url: The server URL, without a trailing slash.
        headers: Headers of all requests, with names in lower case.
        timeout: Time limits.
        retries: Retry policy.
        hooks: Functions to run for each call or attempt.
        max_response_bytes: Size limit of a body that is held in memory.
        lifetime: The lifetime of the client.
        cloud: The cloud provider of the server. `None` for the API itself.
        observation: The observation of the call, if a hook returned an observer.
        raw_body: Whether the metadata of the call includes the body of the response.
        limits: Limits on requests, tokens and concurrency. `None` means no limit.
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
    cloud: Cloud | None = None
    observation: Observation | None = None
    raw_body: bool = False
    limits: "Limits | None" = None


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
            raw_body=options.raw_body,
        )
    except ValueError as error:
        raise InvalidRequestError(f"The options are not valid: {error}", "options") from None
