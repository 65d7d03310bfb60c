"""HTTP proxies from an argument or from the environment, by the rules of curl and httpx."""

import os
import re
from ipaddress import ip_address, ip_network
from typing import final
from urllib.request import getproxies, getproxies_environment, proxy_bypass

import attrs
from yarl import URL

from mistral_core.http.servers import shown_url


@final
@attrs.frozen
class Proxy:
    """An HTTP proxy.

    Attributes:
        url: Its URL, which may contain a user and password.
        source: The setting that it comes from: `proxy` or an environment variable.
    """

    url: URL = attrs.field(repr=False)
    source: str

    @property
    def address(self) -> str:
        """Host and port."""
        return f"{self.url.host}:{self.url.port}"


def check_proxy(text: str, source: str = "`proxy`") -> Proxy:
    """Return the proxy of a setting.

    Raises:
        ValueError: The setting is not the URL of an HTTP proxy. The message contains no password.
    """
    shown = shown_url(text)
    scheme, separator, rest = text.partition("://")
    if separator and scheme.lower().startswith("socks"):
        raise ValueError(f"{source} is a SOCKS proxy; only HTTP proxies are supported{shown}")
    if re.search(r"[/?#\s]", rest.rpartition("@")[0]):
        raise ValueError(f"{source} must have its user and password percent-encoded")
    try:
        url = URL(text)
    except ValueError:
        raise ValueError(f"{source} has no valid host and port{shown}") from None
    if url.scheme not in ("http", "https") or not url.host:
        raise ValueError(f"{source} must begin with http:// or https:// and a host{shown}")
    return Proxy(url, source)


def proxy_from_environment(url: URL) -> Proxy | None:
    """Return the proxy for a URL from the environment, or `None` if there is none.

    HTTP_PROXY and HTTPS_PROXY take precedence over ALL_PROXY, and lowercase names over uppercase
    names. If none of them is set, the settings of the operating system are used.

    Raises:
        ValueError: The variable is not the URL of an HTTP proxy.
    """
    host = (url.raw_host or "").rstrip(".")
    proxies = getproxies_environment()
    if proxies:
        bypassed = is_bypassed(proxies.get("no", ""), url.scheme, host, url.port or 0)
    else:
        proxies, bypassed = getproxies(), bool(proxy_bypass(host))
    kind = next((kind for kind in (url.scheme, "all") if proxies.get(kind)), None)
    if kind is None or bypassed:
        return None
    text = proxies[kind].strip()
    return check_proxy(text if "://" in text else f"http://{text}", _variable(f"{kind}_proxy"))


def _variable(name: str) -> str:
    """Return the name of an environment variable in its actual case."""
    same = [each for each in os.environ if each.lower() == name and os.environ[each]]
    return min(same, key=lambda each: each != name, default="the system's proxy")


def is_bypassed(no_proxy: str, scheme: str, host: str, port: int) -> bool:
    """Return whether a host matches NO_PROXY.

    An entry is `*`, a host (which includes its subdomains), an IP address, or a network such as
    `10.0.0.0/8`. Hosts and addresses may have a scheme and a port.
    """
    return any(_matches(entry, scheme, host, port) for entry in re.split(r"[\s,]+", no_proxy))


def _matches(entry: str, scheme: str, host: str, port: int) -> bool:
    if entry == "*":
        return True
    entry_scheme, _, rest = entry.lower().rpartition("://")
    name, entry_port = _split_port(rest)
    if entry_scheme not in ("", "all", scheme) or entry_port not in ("", str(port)):
        return False
    name = name.removeprefix("*").strip(".")
    try:
        address = ip_address(host)
    except ValueError:
        return name != "" and (host == name or host.endswith(f".{name}"))
    try:
        return address in ip_network(name, strict=False)
    except ValueError:
        return False


def _split_port(entry: str) -> tuple[str, str]:
    """Split a host and its port. An IPv6 address with a port is in brackets."""
    if entry.startswith("["):
        host, _, rest = entry[1:].partition("]")
        return host, rest.removeprefix(":")
    if entry.count(":") == 1:
        host, _, port = entry.partition(":")
        return host, port
    return entry, ""
