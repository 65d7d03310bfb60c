"""Azure AI: the address of a deployment, and the operations that it offers."""

import re
from types import MappingProxyType
from typing import Any, Final, NoReturn, final
from urllib.parse import parse_qsl

import attrs

from mistral_core import InvalidRequestError, Operation
from mistral_core.auth.credentials import KeyFunction
from mistral_core.http.servers import check_server_url
from mistral_core.operations.declaration import Arguments
from mistral_core.request.clouds import Route
from mistral_funcs.toolkit.clouds.offers import offered

__all__ = ["AzureAI"]

API_VERSION: Final = "2024-05-01-preview"

PATHS = MappingProxyType(
    {
        "/v1/chat/completions": "/models/chat/completions",
        "/v1/ocr": "/providers/mistral/azure/ocr",
    }
)
"""The paths of the operations on Azure, by their paths in the API."""

PATH = re.compile(r"(/models(/chat/completions)?|/providers/mistral/azure/ocr)?/*")
"""What the Azure portal shows after the server."""


@final
class AzureAI:
    """A deployment on Azure AI, for `MistralCore(api_key, cloud=AzureAI(address))`.

    It offers `chat_complete`, `chat_stream` and `ocr_process`, and what is built on them.

    Attributes:
        server_url: The server URL.
        api_version: The version of Azure's API.
    """

    def __init__(self, address: str, *, api_version: str | None = None) -> None:
        """Configure the deployment.

        Args:
            address: The address that Azure shows: the server, with or without `/models`, the path
                of chat or OCR, and `?api-version=`.
            api_version: The version of Azure's API. Defaults to that of the address, or else to
                `"2024-05-01-preview"`.

        Raises:
            ValueError: The address is not valid.
        """
        url, _, query = address.strip().partition("?")
        parameters = dict(parse_qsl(query, keep_blank_values=True))
        version = parameters.pop("api-version", "")
        if parameters:
            raise ValueError(
                f"the query of the address must be `api-version` alone, got {[*parameters]}"
            )
        self.server_url = server_of(check_server_url(url))
        self.api_version = api_version or version or API_VERSION

    @property
    def api_key(self) -> KeyFunction:
        """The key function of clients without an API key. It raises an error."""
        return _no_key

    async def route(
        self, operation: Operation[Any], arguments: Arguments, server_url: str
    ) -> Route:
        """Return the route of a call.

        Raises:
            InvalidRequestError: Azure does not offer the operation.
        """
        path = offered(PATHS, operation, "Azure AI", "chat and OCR")
        return Route(
            attrs.evolve(operation, path=path),
            attrs.evolve(arguments, query={"api-version": self.api_version}),
            server_of(server_url),
        )

    def __repr__(self) -> str:
        """Show the configuration."""
        return f"AzureAI({self.server_url!r}, api_version={self.api_version!r})"


def server_of(url: str) -> str:
    """Return the server URL of a deployment without the path that Azure shows after it."""
    scheme, _, rest = url.partition("://")
    server, slash, path = rest.partition("/")
    return f"{scheme}://{server}{re.sub(f'{PATH.pattern}$', '', slash + path)}"


def _no_key() -> NoReturn:
    """Raise the error for a missing key."""
    message = "No API key for Azure AI. Pass the deployment's key as `api_key=`."
    raise InvalidRequestError(message, "api_key")
