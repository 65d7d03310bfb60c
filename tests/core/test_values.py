"""Simple values of the core: headers, secrets, options, servers, keys, lazy exports, scripts."""

import copy
import pickle
import sys
from collections.abc import Callable
from types import ModuleType
from urllib.parse import quote

import pytest

from mistral_core import (
    UNSET,
    APIConnectionError,
    Call,
    Headers,
    InvalidRequestError,
    RateLimit,
    RequestOptions,
    Response,
    RetryConfig,
    Timeout,
)
from mistral_core.auth.credentials import (
    KeyFunction,
    NoKey,
    RefreshedKey,
    StaticKey,
    choose_credentials,
)
from mistral_core.http.headers import check_headers
from mistral_core.http.messages import Request
from mistral_core.http.secret import Secret
from mistral_core.http.servers import check_server_url, choose_server, join
from mistral_core.runtime.lazy import lazy_exports
from mistral_core.testing import ScriptedTransport, json_response


def test_headers_are_looked_up_in_any_case() -> None:
    """Repeated headers are joined. The representation has only names."""
    headers = Headers([("Set-X", "1"), ("set-x", "2"), ("Other", "secret")])
    assert headers["SET-X"] == "1, 2"
    assert headers.get("none") is None
    assert list(headers) == ["set-x", "other"]
    assert len(headers) == 2
    assert repr(headers) == "<Headers set-x, other>"
    for twin in (copy.deepcopy(headers), pickle.loads(pickle.dumps(headers))):  # noqa: S301
        assert twin == headers


def test_custom_headers_are_checked() -> None:
    """Names, values, and those that the transport sets."""
    assert check_headers({"X-A": "é\t~"}) == {"x-a": "é\t~"}
    for bad in ({"": "x"}, {"a b": "x"}, {"a:": "x"}, {"a": "\n"}, {"a": "\0"}, {"Host": "x"}):
        with pytest.raises(ValueError, match="header"):
            check_headers(bad)


def test_a_secret_is_not_shown() -> None:
    """It can be neither pickled nor copied."""
    secret = Secret("Bearer sk-12345678")
    assert secret.reveal() == "Bearer sk-12345678"
    assert f"{secret} {secret!r}" == "<Secret> <Secret>"
    for twin in (pickle.dumps, copy.copy, copy.deepcopy):
        with pytest.raises(TypeError, match="cannot be pickled"):
            twin(secret)


def test_a_secret_is_masked_in_text() -> None:
    """In strings and bytes. A value that is too short for a key is kept."""
    secret = Secret("Bearer sk-12345678")
    assert secret.hide_in("a sk-12345678.") == "a ***."
    assert secret.hide_in(b"sk-12345678") == b"***"
    assert Secret("Bearer key").hide_in("a key") == "a key"


def test_timeouts_are_positive() -> None:
    """A number is a deadline. `None` is no limit."""
    assert RequestOptions(timeout=5).timeout == Timeout(deadline=5)
    assert RequestOptions().timeout is None
    assert Timeout(connect=None, deadline=None).read is None
    for bad in (0, -1, float("nan"), float("inf")):
        with pytest.raises(ValueError, match="must be positive"):
            Timeout(read=bad)
        with pytest.raises(ValueError, match="must be positive"):
            RequestOptions(timeout=bad)


@pytest.mark.parametrize(
    "build",
    [
        lambda: RetryConfig(strategy="often"),  # type: ignore[arg-type]
        lambda: RetryConfig(initial_interval=-1),
        lambda: RetryConfig(max_interval=float("nan")),
        lambda: RetryConfig(exponent=float("inf")),
        lambda: RetryConfig(max_elapsed_time=-0.1),
        lambda: RetryConfig(max_tries=0),
    ],
)
def test_an_invalid_retry_policy_is_refused(build: Callable[[], RetryConfig]) -> None:
    """When it is created."""
    with pytest.raises(ValueError, match=r"`|'"):
        build()


@pytest.mark.parametrize("name", ["mistral-correlation-id", "x-kong-request-id", "x-request-id"])
def test_a_request_id_has_many_names(name: str) -> None:
    """The first one is used."""
    assert Call(headers=Headers([(name, "r")])).request_id == "r"
    assert Call().request_id is None


def test_rate_limits_are_read_under_new_and_old_names() -> None:
    """The new names take precedence. Invalid numbers are ignored."""
    headers = {
        "x-ratelimit-limit-req-minute": "60",
        "x-ratelimit-remaining-req-minute": " 59 ",
        "x-ratelimit-limit-tokens-minute": "1000",
        "x-ratelimitbysize-limit-minute": "7",
        "x-ratelimitbysize-remaining-month": "5",
        "x-ratelimit-limit-req-month": "many",
        "x-ratelimit-remaining-req-month": "-1",
        "x-ratelimit-limit-tokens-month": "9" * 5000,
        "x-ratelimit-tokens-query-cost": "12",
    }
    assert Call(headers=Headers(headers.items())).rate_limit == RateLimit(
        limit_requests_minute=60,
        remaining_requests_minute=59,
        limit_tokens_minute=1000,
        remaining_tokens_month=5,
        tokens_query_cost=12,
    )
    assert Call().rate_limit == RateLimit()


def test_a_server_is_chosen_by_name_url_or_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """An argument takes precedence over the environment."""
    assert choose_server(None, None) == "https://api.mistral.ai"
    assert choose_server("eu", None) == "https://api.eu.mistral.ai"
    monkeypatch.setenv("MISTRAL_SERVER_URL", "http://env/base//")
    assert choose_server(None, None) == "http://env/base"
    assert choose_server("us", None) == "https://api.us.mistral.ai"
    assert choose_server("us", "http://given") == "http://given"
    monkeypatch.setenv("MISTRAL_SERVER_URL", "")
    assert choose_server(None, None) == "https://api.mistral.ai"
    with pytest.raises(ValueError, match="must be one of"):
        choose_server("mars", None)


@pytest.mark.parametrize(
    "url",
    [
        *("", "api.mistral.ai", "ftp://x", "http://", "http://u:p@x", "http://x?q", "http://x#f"),
        *(
            "http://x/a b",
            "http://x/\n",
            "http://é",
            "http://x:99999",
            "http://x:y",
            "http://x/../y",
        ),
    ],
)
def test_an_invalid_server_is_refused(url: str) -> None:
    """Before anything is sent."""
    with pytest.raises(ValueError, match=r"URL|[Pp]ort"):
        check_server_url(url)


@pytest.mark.parametrize(
    ("server", "target", "url"),
    [
        ("https://a.example", "/v1/models", "https://a.example/v1/models"),
        ("https://a.example/v1", "/v1/models", "https://a.example/v1/models"),
        ("https://a.example/v1/", "/v1/models?page=0", "https://a.example/v1/models?page=0"),
        ("https://a.example/v1", "/v2/prompts", "https://a.example/v2/prompts"),
        ("https://a.example/proxy/v1//", "/v1/models", "https://a.example/proxy/v1/models"),
        ("https://a.example/proxy", "/v1/models", "https://a.example/proxy/v1/models"),
        ("https://a.example/v1", "/models", "https://a.example/v1/models"),
        ("https://a.example/v1", "/v1beta/models", "https://a.example/v1/v1beta/models"),
        ("https://a.example/mv1", "/v1/models", "https://a.example/mv1/v1/models"),
        ("https://a.example/v1/x", "/v1/models", "https://a.example/v1/x/v1/models"),
        ("https://v1", "/v1/models", "https://v1/v1/models"),
    ],
)
def test_a_version_in_the_server_url_is_not_doubled(server: str, target: str, url: str) -> None:
    """The URL of an OpenAI-compatible server ends in `/v1`."""
    assert join(check_server_url(server), target) == url


def test_the_key_with_the_highest_precedence_is_used(monkeypatch: pytest.MonkeyPatch) -> None:
    """The client's, then the transport's, then the environment's."""
    transport = ScriptedTransport()

    def revealed(api_key: str | None) -> str | None:
        credentials = choose_credentials(api_key, transport)
        header = credentials.header() if isinstance(credentials, StaticKey) else None
        return header and header.reveal()

    monkeypatch.setenv("MISTRAL_API_KEY", "environment")
    assert revealed("own") == "Bearer own"
    assert revealed(None) == "Bearer key"
    transport.api_key = ""
    assert revealed(None) == "Bearer environment"
    monkeypatch.delenv("MISTRAL_API_KEY")
    assert revealed(None) is None


async def test_a_key_becomes_a_header() -> None:
    """An empty key has no header. An invalid key is refused without showing it."""
    created = StaticKey("sk").header()
    assert created is not None
    assert created.reveal() == "Bearer sk"
    assert await StaticKey("sk").refresh() is not None
    assert StaticKey("").header() is None
    for bad in ("s\nk", "s\0k", "schlüssel"):
        with pytest.raises(InvalidRequestError) as raised:
            StaticKey(bad).header()
        assert bad not in str(raised.value)


async def test_a_function_is_called_for_the_key() -> None:
    """A function or a coroutine function. Exceptions and values that are no strings are errors."""

    async def later() -> str:
        return "later"

    async def header(function: KeyFunction) -> str | None:
        refreshed = await RefreshedKey(function).refresh()
        return refreshed and refreshed.reveal()

    assert await header(lambda: "now") == "Bearer now"
    assert await header(later) == "Bearer later"
    assert RefreshedKey(later).header() is None
    with pytest.raises(InvalidRequestError, match="raised ZeroDivisionError"):
        await header(lambda: str(1 / 0))
    with pytest.raises(InvalidRequestError, match="returned NoneType, not str"):
        await header(lambda: None)  # type: ignore[arg-type,return-value]


async def test_without_a_key_no_call_is_made() -> None:
    """The error says how to set one."""
    with pytest.raises(InvalidRequestError, match="Pass `api_key=` or set MISTRAL_API_KEY"):
        await NoKey().refresh()
    assert NoKey().without_secret() is None


def test_a_lazy_export_loads_only_its_module(monkeypatch: pytest.MonkeyPatch) -> None:
    """Once, when it is accessed."""
    door = ModuleType("urllib")
    monkeypatch.setitem(sys.modules, "urllib", door)
    modules = {"quote": "parse", "unquote": "parse", "URLError": "error"}
    load, names, public = lazy_exports("urllib", modules)
    assert names() == public == ["URLError", "quote", "unquote"]
    assert load("quote") is vars(door)["quote"] is quote
    assert vars(door).keys().isdisjoint(["unquote", "URLError"])
    with pytest.raises(AttributeError, match="module 'urllib' has no attribute 'qoute'"):
        load("qoute")


def test_unset_is_a_falsy_singleton() -> None:
    """So that `value or default` works."""
    assert not UNSET
    assert repr(UNSET) == "UNSET"
    assert copy.deepcopy(UNSET) is UNSET
    assert pickle.loads(pickle.dumps(UNSET)) is UNSET  # noqa: S301


async def test_a_scripted_transport_responds_in_order() -> None:
    """It returns responses and raises errors. One request too many is an error."""
    request = Request(method="GET", url="http://x", path_template="/")
    transport = ScriptedTransport(json_response([1], 201), APIConnectionError("cut"))
    response = await transport.send(request)
    assert isinstance(response, Response)
    assert (response.status, response.body) == (201, b"[1]")
    for message in ("cut", "no more responses"):
        with pytest.raises(APIConnectionError, match=message):
            await transport.send(request)
    assert transport.requests == [request] * 3
    await transport.aclose()
