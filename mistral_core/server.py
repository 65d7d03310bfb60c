"""Which server a client calls."""

import os
from urllib.parse import urlsplit

SERVERS = {
    "global": "https://api.mistral.ai",
    "eu": "https://api.eu.mistral.ai",
    "us": "https://api.us.mistral.ai",
}
"""The servers of Mistral, by the names that `MistralCore(server=...)` takes."""


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
    """Return the URL of a server without its last slashes; a path in it is kept.

    Raises:
        ValueError: It is not the URL of an HTTP server.
    """
    shown = "" if "@" in url else f": {url!r}"  # What comes before an @ may be a password.
    authority = (url.partition("://")[2] or url).partition("/")[0]
    if "@" in authority:
        raise ValueError("the server URL must bear no user or password: give `headers` instead")
    if not (url.isascii() and url.isprintable() and " " not in url):
        raise ValueError(f"the server URL has characters that a URL has not{shown}")
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise ValueError(f"the server URL must begin with http:// or https:// and a host{shown}")
    if "?" in url or "#" in url:
        raise ValueError(f"the server URL must have no query and no fragment{shown}")
    if not {".", ".."}.isdisjoint(parts.path.split("/")):
        raise ValueError(f"the server URL must have no dot segments{shown}")
    _ = parts.port  # Raises ValueError where it is no number of a port.
    return url.rstrip("/")
