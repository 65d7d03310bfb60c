"""Proxies that are invalid, unreachable or refuse: errors name them without their password."""

import attrs
import pytest

from mistral_core import (
    APIConnectionError,
    Attempt,
    Err,
    Failure,
    Hooks,
    InvalidRequestError,
    MistralCore,
    Ok,
    Request,
    RequestOptions,
    RequestTimeoutError,
    RetryConfig,
    Timeout,
)
from mistral_funcs import models_list
from tests.client.raw_server import http, serving

ONCE = RetryConfig(strategy="none")
FAR = "https://api.example.invalid"
NEAR = "http://api.example.invalid"


async def failure(client: MistralCore) -> Failure:
    """Return the error of a failed call."""
    async with client:
        result = await models_list(client)
    assert isinstance(result, Err)
    assert "pa55" not in f"{result!r} {result.error} {result.error.__cause__!r}"
    return result.error


@pytest.mark.parametrize(
    "proxy",
    [
        "user:pa55w0rd@host:3128",
        "http://user:pa55w0rd@host:99999",
        "http://user:pa55w0rd@[::1",
        "socks5://user:pa55w0rd@host:1080",
    ],
)
async def test_an_invalid_proxy_is_refused(proxy: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The argument raises; the environment makes each call fail with the name of the variable."""
    with pytest.raises(ValueError, match=r"^`proxy` ") as raised:
        MistralCore("key", proxy=proxy)
    assert "pa55" not in str(raised.value)
    if "://" in proxy:
        monkeypatch.setenv("ALL_PROXY", proxy)
        error = await failure(MistralCore("key", server_url=FAR))
        assert isinstance(error, InvalidRequestError)
        assert error.param == "proxy"
        assert error.message.startswith("ALL_PROXY ")
        assert "`trust_env=False`" in error.message


@pytest.mark.parametrize("server_url", [FAR, NEAR])
@pytest.mark.parametrize("host", ["127.0.0.1:1", "proxy.example.invalid:3128"])
@pytest.mark.parametrize("source", ["`proxy`", "SCHEME_PROXY", "all_proxy"])
async def test_an_unreachable_proxy_is_named(
    server_url: str, host: str, source: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With the setting to check."""
    url = f"http://user:pa55w0rd@{host}"
    if source == "SCHEME_PROXY":
        source = "HTTP_PROXY" if server_url == NEAR else "HTTPS_PROXY"
    if source != "`proxy`":
        monkeypatch.setenv(source, url)
    error = await failure(
        MistralCore(
            "key",
            server_url=server_url,
            proxy=url if source == "`proxy`" else None,
            retry_config=ONCE,
        )
    )
    assert isinstance(error, APIConnectionError)
    assert error.message.startswith(f"No connection to the proxy {host}: ")
    assert error.message.endswith(f". Check {source}")
    assert (error.sent, error.retryable) == (False, True)


@pytest.mark.parametrize(
    ("status", "retryable"),
    [
        ("407 Proxy Authentication Required", False),
        ("403 Forbidden", False),
        ("503 Service Unavailable", True),
    ],
)
async def test_a_proxy_that_refuses_a_tunnel_is_named(
    status: str,
    retryable: bool,  # noqa: FBT001
) -> None:
    """The server was never reached."""
    refusal = f"HTTP/1.1 {status}\r\nContent-Length: 0\r\n\r\n".encode()
    async with serving(refusal) as (url, _):
        through = url.replace("http://", "http://user:pa55w0rd@")
        error = await failure(MistralCore("key", server_url=FAR, proxy=through, retry_config=ONCE))
    assert isinstance(error, APIConnectionError)
    assert error.message == (
        f"No tunnel to api.example.invalid:443 through the proxy {url[7:]}:"
        f" the proxy refused with {status}. Check `proxy`"
    )
    assert (error.sent, error.retryable) == (False, retryable)


async def test_a_silent_proxy_is_named() -> None:
    """Either the proxy or the server did not respond."""
    async with serving(None) as (url, _):
        timeout = Timeout(read=0.1)
        error = await failure(
            MistralCore("key", server_url=NEAR, proxy=url, timeout=timeout, retry_config=ONCE)
        )
    assert isinstance(error, RequestTimeoutError)
    assert error.message == (
        f"api.example.invalid:80 through the proxy {url[7:]} was silent for 0.1 s"
    )


async def test_an_entry_of_no_proxy_with_a_port_applies_to_that_port(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """One of two servers on the same host is called through the proxy."""
    empty_list = http(b'{"data":[]}')
    async with (
        serving(empty_list) as (proxy, through),
        serving(empty_list) as (near, direct),
        MistralCore("key") as client,
    ):
        monkeypatch.setenv("ALL_PROXY", proxy)
        monkeypatch.setenv("NO_PROXY", near.removeprefix("http://"))
        for server_url in (near, "http://127.0.0.1:9"):
            result = await models_list(client, options=RequestOptions(server_url=server_url))
            assert isinstance(result, Ok)
    assert direct[0].startswith(b"GET /v1/models ")
    assert through[0].startswith(b"GET http://127.0.0.1:9/v1/models ")


async def test_an_invalid_url_of_a_hook_is_not_shown() -> None:
    """It may contain a password."""

    def misspell(attempt: Attempt) -> Request:
        return attrs.evolve(attempt.request, url="http://user:pa55w0rd@host:99999/v1/models")

    error = await failure(MistralCore("key", hooks=Hooks(before_request=misspell)))
    assert isinstance(error, InvalidRequestError)
    assert error.param == "server_url"
