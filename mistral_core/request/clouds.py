"""Cloud providers, which offer some of the operations under their own paths and credentials."""

from typing import Any, Protocol, final

import attrs

from mistral_core.auth.credentials import KeyFunction
from mistral_core.errors import InvalidRequestError, MistralError, RequestTimeoutError
from mistral_core.operations.declaration import Arguments, Operation
from mistral_core.runtime.deadline import Deadline


@final
@attrs.frozen
class Route:
    """The route of a call to a cloud.

    Attributes:
        operation: The operation, with the cloud's path.
        arguments: Its arguments.
        server_url: The server URL, without a trailing slash.
    """

    operation: Operation[Any]
    arguments: Arguments
    server_url: str


class Cloud(Protocol):
    """A cloud provider. It is pickled with the client."""

    @property
    def server_url(self) -> str:
        """The server URL for clients without one, without a trailing slash."""
        ...

    @property
    def api_key(self) -> KeyFunction:
        """The key function for clients without an API key."""
        ...

    async def route(
        self, operation: Operation[Any], arguments: Arguments, server_url: str
    ) -> Route:
        """Return the route of a call.

        Args:
            operation: The operation of the API.
            arguments: Its arguments.
            server_url: The server URL of the call.

        Raises:
            InvalidRequestError: The cloud does not offer the operation, or an argument is missing.
        """
        ...


async def route_of(
    cloud: Cloud,
    operation: Operation[Any],
    arguments: Arguments,
    server_url: str,
    deadline: float | None,
) -> Route:
    """Return the route of a call in a cloud.

    Raises:
        InvalidRequestError: The cloud cannot route the call, or no asyncio task is running.
        RequestTimeoutError: The cloud did not route the call before its deadline.
    """
    try:
        with Deadline(deadline):
            return await cloud.route(operation, arguments, server_url)
    except MistralError:
        raise
    except TimeoutError:
        message = "The cloud's credentials were not loaded before the deadline of the call"
        raise RequestTimeoutError(message, "deadline") from None
    except Exception as error:
        raise InvalidRequestError(f"The cloud failed to route the call: {error!r}") from error
