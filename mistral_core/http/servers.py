"""Server URLs."""

import os
from urllib.parse import urlsplit

SERVERS = {
    "global": "https://api.mistral.ai",
    "eu": "https://api.eu.mistral.ai",
    "us": "https://api.us.mistral.ai",
}
"""Mistral's servers, by their names in `MistralCore(server=...)`."""

VERSIONS = ("/v1/", "/v2/")
"""The first segments of the API's paths."""


def choose_server(server: str | None, server_url: str | None) -> str:
    """Return the server URL for the arguments of a client, or else for the environment.

    Raises:
        ValueError: The server is unknown, or the URL is not valid.
    """
    if server_url is None and server is None:
        server_url = os.environ.get("MISTRAL_SERVER_URL") or None
    if server_url is not None:
        return check_server_url(server_url)
    if server not in (None, *SERVERS):
        raise ValueError(f"`server` must be one of {', '.join(SERVERS)}, got {server!r}")
    return SERVERS[server or "global"]


def check_server_url(url: str) -> str:
    """Return a server URL without trailing slashes. A path is kept.

    Raises:
        ValueError: It is not the URL of an HTTP server.
    """
    shown = shown_url(url)
    authority = (url.partition("://")[2] or url).partition("/")[0]
    if "@" in authority:
        raise ValueError(
            "the server URL must not contain a user or password; pass `headers` instead"
        )
    if not (url.isascii() and url.isprintable() and " " not in url):
        raise ValueError(f"the server URL contains characters that are not valid in URLs{shown}")
    try:
        parts = urlsplit(url)
        _ = parts.port  # Validated on access.
    except ValueError:
        raise ValueError(f"the server URL has no valid host and port{shown}") from None
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise ValueError(f"the server URL must begin with http:// or https:// and a host{shown}")
    if "?" in url or "#" in url:
        raise ValueError(f"the server URL must not have a query or fragment{shown}")
    if not {".", ".."}.isdisjoint(parts.path.split("/")):
        raise ValueError(f"the server URL must not contain dot segments{shown}")
    return url.rstrip("/")


def shown_url(url: str) -> str:
    """Return a URL to append to a message, or an empty string if it may contain a password."""
    return "" if "@" in url else f": {url!r}"


def join(server_url: str, target: str) -> str:
    """Return the URL of a call.

    A server URL that ends with `/v1`, as for OpenAI-compatible servers, does not double it.
    """
    if server_url.endswith("/v1") and target.startswith(VERSIONS):
        server = server_url[:-3]
        if not server.endswith("/"):  # Not if `v1` is the host.
            return server + target
    return server_url + target
