"""The proxy for a URL: from an argument, or from the environment as in curl and httpx."""

import pytest
from yarl import URL

from mistral_core.transports.proxies import check_proxy, is_bypassed, proxy_from_environment

HTTPS = "https://api.example/v1/models"
HTTP = "http://api.example:8000/v1/models"


@pytest.mark.parametrize(
    ("environment", "url", "proxy", "source"),
    [
        ({"HTTPS_PROXY": "http://a:1"}, HTTPS, "http://a:1", "HTTPS_PROXY"),
        ({"HTTPS_PROXY": "http://a:1"}, HTTP, None, ""),
        ({"HTTP_PROXY": "http://a:1"}, HTTP, "http://a:1", "HTTP_PROXY"),
        ({"https_proxy": "http://a:1", "HTTPS_PROXY": "http://b:1"}, HTTPS, "http://a:1", "https_"),
        ({"https_proxy": "", "HTTPS_PROXY": "http://b:1"}, HTTPS, None, ""),
        ({"ALL_PROXY": "http://a:1"}, HTTPS, "http://a:1", "ALL_PROXY"),
        ({"ALL_PROXY": "http://a:1"}, HTTP, "http://a:1", "ALL_PROXY"),
        ({"all_proxy": "http://a:1", "ALL_PROXY": "http://b:1"}, HTTP, "http://a:1", "all_proxy"),
        ({"ALL_PROXY": "socks5://a:1", "HTTP_PROXY": "http://b:1"}, HTTP, "http://b:1", "HTTP_"),
        ({"HTTPS_PROXY": "a:3128"}, HTTPS, "http://a:3128", "HTTPS_PROXY"),
        ({"HTTPS_PROXY": " http://a:1\n"}, HTTPS, "http://a:1", "HTTPS_PROXY"),
        ({"HTTPS_PROXY": "https://u:p@a:1"}, HTTPS, "https://u:p@a:1", "HTTPS_PROXY"),
        ({"ALL_PROXY": "http://a:1", "NO_PROXY": "api.example"}, HTTPS, None, ""),
        ({"ALL_PROXY": "http://a:1", "NO_PROXY": "api.example:8000"}, HTTP, None, ""),
        ({"ALL_PROXY": "http://a:1", "NO_PROXY": "api.example:443"}, HTTPS, None, ""),
        ({"ALL_PROXY": "http://a:1", "NO_PROXY": "api.example:1"}, HTTP, "http://a:1", "ALL_"),
        ({"ALL_PROXY": "http://a:1", "NO_PROXY": "x", "no_proxy": "*"}, HTTP, None, ""),
        ({"ALL_PROXY": "socks5://a:1", "NO_PROXY": "*"}, HTTP, None, ""),
        ({"NO_PROXY": "*"}, HTTP, None, ""),
        ({}, HTTP, None, ""),
    ],
)
def test_the_proxy_is_read_from_the_environment(
    environment: dict[str, str],
    url: str,
    proxy: str | None,
    source: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The variable of the scheme precedes ALL_PROXY, lower case precedes upper case."""
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    actual = proxy_from_environment(URL(url))
    assert (None if actual is None else str(actual.url)) == proxy
    assert actual is None or actual.source.startswith(source)
    assert "u:p" not in repr(actual)


@pytest.mark.parametrize(
    ("entries", "url"),
    [
        ("*", "http://anything.example"),
        ("a.example", "http://a.example"),
        ("A.Example", "http://a.example"),
        (".a.example", "http://a.example"),
        (".a.example", "http://b.a.example"),
        ("*.a.example", "http://b.a.example"),
        ("a.example", "http://c.b.a.example"),
        ("a.example.", "http://a.example"),
        ("x, a.example ,y", "http://a.example"),
        ("x a.example", "http://a.example"),
        ("a.example:8080", "http://b.a.example:8080"),
        ("http://a.example", "http://a.example"),
        ("all://a.example:80", "http://a.example"),
        ("localhost", "http://localhost:8000"),
        ("127.0.0.1", "http://127.0.0.1"),
        ("127.0.0.1:8000", "http://127.0.0.1:8000"),
        ("10.0.0.0/8", "http://10.1.2.3"),
        ("10.1.2.3/8", "http://10.9.9.9"),
        ("192.168.1.0/24,10.0.0.0/8", "http://10.0.0.1"),
        ("::1", "http://[::1]"),
        ("[::1]", "http://[::1]:8000"),
        ("[::1]:8000", "http://[::1]:8000"),
        ("fd00::/8", "http://[fd00::1]"),
    ],
)
def test_no_proxy_matches_the_host(entries: str, url: str) -> None:
    """A name with its subdomains, an address, a network, or a host with port."""
    target = URL(url)
    assert is_bypassed(entries, target.scheme, target.raw_host or "", target.port or 0)


@pytest.mark.parametrize(
    ("entries", "url"),
    [
        ("", "http://a.example"),
        (" , ", "http://a.example"),
        (".", "http://a.example"),
        ("a.example", "http://ba.example"),
        ("b.a.example", "http://a.example"),
        ("a.example:8080", "http://a.example"),
        ("a.example:http", "http://a.example"),
        ("https://a.example", "http://a.example"),
        ("0.0.1", "http://127.0.0.1"),
        ("10.0.0.0/33", "http://10.0.0.1"),
        ("10.0.0.0/8", "http://11.0.0.1"),
        ("10.0.0.0/8", "http://10.example"),
        ("[::1]:8000", "http://[::1]:9000"),
        ("127.0.0.1", "http://[::1]"),
    ],
)
def test_no_proxy_does_not_match_the_host(entries: str, url: str) -> None:
    """Similar entries are for another host or port."""
    target = URL(url)
    assert not is_bypassed(entries, target.scheme, target.raw_host or "", target.port or 0)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("user:pa55w0rd@host:3128", "must begin with http:// or https://"),
        ("host:3128", "must begin with http:// or https://"),
        ("http:/user:pa55w0rd@host:3128", "must begin with"),
        ("ftp://user:pa55w0rd@host", "must begin with"),
        ("http://user:pa55w0rd@", "host"),
        ("http://user:pa55w0rd@host:99999", "no valid host and port"),
        ("http://user:pa55w0rd@host:port", "no valid host and port"),
        ("http://user:pa55w0rd@[::1", "no valid host and port"),
        ("http://user:pa55/w0rd@host:3128", "percent-encoded"),
        ("http://user:pa55#w0rd@host:3128", "percent-encoded"),
        ("http://user:pa55?w0rd@host:3128", "percent-encoded"),
        ("http://user:pa55 w0rd@host:3128", "percent-encoded"),
        ("socks5://user:pa55w0rd@host:1080", "only HTTP proxies are supported"),
        ("SOCKS5H://host:1080", "only HTTP proxies are supported"),
        ("socks4://host", "only HTTP proxies are supported"),
    ],
)
def test_an_invalid_proxy_is_refused_without_its_password(text: str, reason: str) -> None:
    """The message names the setting."""
    with pytest.raises(ValueError, match=reason) as raised:
        check_proxy(text, "HTTPS_PROXY")
    assert str(raised.value).startswith("HTTPS_PROXY ")
    assert "pa55" not in str(raised.value)
    assert "w0rd" not in str(raised.value)
