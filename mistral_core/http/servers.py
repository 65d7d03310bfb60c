"""Which server a client calls."""

import os
from urllib.parse import urlsplit

SERVERS = {
    "global": "https://api.mistral.ai",
    "eu": "https://api.eu.mistral.ai",
    "us": "https://api.us.mistral.ai",
}
"""The servers of Mistral, by the names that `MistralCore(server=...)` takes."""

VERSIONS = ("/v1/", "/v2/")
"""What the paths of the API begin with."""


def choose_server(server: str | None, server_url: str | None) -> str:
    """Return the URL of the server, from what a client was given and the environment.

    Raises:
        ValueError: There is no such server, or the URL is none of a server.
    """
    if server_url is None and server is None:
        server_url = os.environ.get("MISTRAL_SERVER_URL") or None
    if server_url is not None:
        return check_server_url(server_url)
    if server not in (None, *SERVERS):
        raise ValueError(f"`server` is {server!r}, and must be one of {', '.join(SERVERS)}")
    return SERVERS[server or "global"]


def check_server_url(url: str) -> str:
    """Return the URL of a server without trailing slashes; a path in it is kept.

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
        raise ValueError(f"the server URL contains characters that URLs cannot contain{shown}")
    try:
        parts = urlsplit(url)
        _ = parts.port  # Checked when it is read.
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
    """Return a URL for the end of a message; nothing where a password may be in it."""
    return "" if "@" in url else f": {url!r}"


def join(server_url: str, target: str) -> str:
    """Return the URL of a call.

    A server URL that ends in `/v1`, as those of OpenAI-compatible servers do, does not double it.
    """
    if server_url.endswith("/v1") and target.startswith(VERSIONS):
        server = server_url[:-3]
        if not server.endswith("/"):  # It would be a host of this name.
            return server + target
    return server_url + target
