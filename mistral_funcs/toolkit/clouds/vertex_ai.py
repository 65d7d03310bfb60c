"""Google Vertex AI: the region, the project, and the operations that it offers."""

import os
import re
from types import MappingProxyType
from typing import Any, final

import attrs

from mistral_core import InvalidRequestError, Operation
from mistral_core.auth.credentials import KeyFunction
from mistral_core.operations.declaration import Arguments
from mistral_core.request.clouds import Route
from mistral_funcs.toolkit.clouds.google_token import GoogleToken
from mistral_funcs.toolkit.clouds.offers import offered

__all__ = ["VertexAI"]

PATH = "/v1/projects/{project}/locations/{region}/publishers/mistralai/models/{model}:rawPredict"

PATHS = MappingProxyType({"/v1/chat/completions": PATH, "/v1/fim/completions": PATH})
"""The paths of the operations on Vertex AI, by their paths in the API."""

REGION = re.compile(r"[a-z0-9-]+", re.ASCII)


@final
class VertexAI:
    """Models on Google Vertex AI, for `MistralCore(cloud=VertexAI())`.

    It offers `chat_complete`, `chat_stream`, `fim_complete` and `fim_stream`, and what is built on
    them. The model of a call, such as `"mistral-large-2411@001"`, is part of the path.

    Attributes:
        project: The ID of the Google Cloud project. `None` for that of the credentials.
        region: The region of the server.
    """

    def __init__(
        self, project: str | None = None, *, region: str = "europe-west4", credentials: Any = None
    ) -> None:
        """Configure the project.

        Args:
            project: The ID of the Google Cloud project. Defaults to the environment variable
                GOOGLE_CLOUD_PROJECT, or else to the project of the default credentials.
            region: The region of the server.
            credentials: Credentials of the package `google-auth` with the scope
                `https://www.googleapis.com/auth/cloud-platform`. Defaults to Google's default
                credentials, which the first call loads. Pickling leaves them out.

        Raises:
            ValueError: The region is not valid.
        """
        if not REGION.fullmatch(region):
            raise ValueError(f"`region` must be the name of a region, got {region!r}")
        self.project = project or os.environ.get("GOOGLE_CLOUD_PROJECT") or None
        self.region = region
        self._token = GoogleToken(credentials)

    @property
    def server_url(self) -> str:
        """The server URL."""
        host = "aiplatform" if self.region == "global" else f"{self.region}-aiplatform"
        return f"https://{host}.googleapis.com"

    @property
    def api_key(self) -> KeyFunction:
        """The key function of clients without an API key: the token of the credentials."""
        return self._token

    async def route(
        self, operation: Operation[Any], arguments: Arguments, server_url: str
    ) -> Route:
        """Return the route of a call.

        Raises:
            InvalidRequestError: Vertex AI does not offer the operation, there is no model, or the
                project is unknown.
        """
        path = offered(PATHS, operation, "Vertex AI", "chat and FIM")
        if operation.returns.streamed:
            path = path.replace(":rawPredict", ":streamRawPredict")
        model = (arguments.json or {}).get("model")
        if model is None:
            raise InvalidRequestError("Vertex AI needs a `model`", "model")
        parameters = {
            "project": self.project or await self._token.project(),
            "region": self.region,
            "model": model,
        }
        return Route(
            attrs.evolve(operation, path=path),
            attrs.evolve(arguments, path=parameters),
            server_url,
        )

    def __repr__(self) -> str:
        """Show the configuration, but no credentials."""
        return f"VertexAI({self.project!r}, region={self.region!r})"
