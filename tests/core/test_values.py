"""The plain values of the core: headers, secrets, options, servers, keys, doors, scripts."""

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


def test_headers_are_found_in_any_case() -> None:
    """Repeated ones are joined; the repr shows names alone."""
    headers = Headers([("Set-X", "1"), ("set-x", "2"), ("Other", "secret")])
    assert headers["SET-X"] == "1, 2"
    assert headers.get("none") is None
    assert list(headers) == ["set-x", "other"]
    assert len(headers) == 2
    assert repr(headers) == "<Headers set-x, other>"
    for twin in (copy.deepcopy(headers), pickle.loads(pickle.dumps(headers))):  # noqa: S301
        assert twin == headers


def test_headers_of_a_users_are_checked() -> None:
    """Names, texts, and those that frame a message."""
    assert check_headers({"X-A": "é\t~"}) == {"x-a": "é\t~"}
    for bad in ({"": "x"}, {"a b": "x"}, {"a:": "x"}, {"a": "\n"}, {"a": "\0"}, {"Host": "x"}):
        with pytest.raises(ValueError, match="header"):
            check_headers(bad)


def test_a_secret_is_not_seen() -> None:
    """Neither printed, nor pickled, nor copied."""
    secret = Secret("Bearer sk-12345678")
    assert secret.reveal() == "Bearer sk-12345678"
    assert f"{secret} {secret!r}" == "<Secret> <Secret>"
    for twin in (pickle.dumps, copy.copy, copy.deepcopy):
        with pytest.raises(TypeError, match="cannot be pickled"):
            twin(secret)


def test_a_secret_is_hidden_in_what_holds_it() -> None:
    """In text and in bytes; one that is too short to be a key stays."""
    secret = Secret("Bearer sk-12345678")
    assert secret.hide_in("a sk-12345678.") == "a ***."
    assert secret.hide_in(b"sk-12345678") == b"***"
    assert Secret("Bearer key").hide_in("a key") == "a key"


def test_timeouts_are_above_zero() -> None:
    """A number is a deadline; `None` is for ever."""
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
def test_a_retry_policy_that_makes_no_sense_is_refused(build: Callable[[], RetryConfig]) -> None:
    """When it is made."""
    with pytest.raises(ValueError, match=r"`|'"):
        build()


@pytest.mark.parametrize("name", ["mistral-correlation-id", "x-kong-request-id", "x-request-id"])
def test_a_request_id_has_many_names(name: str) -> None:
    """The first that is there is taken."""
    assert Call(headers=Headers([(name, "r")])).request_id == "r"
    assert Call().request_id is None


def test_rate_limits_are_read_under_new_and_old_names() -> None:
    """The new win; what is no number is passed over."""
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
    """What is given wins over the environment."""
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
def test_what_is_no_server_is_refused(url: str) -> None:
    """Before anything is sent anywhere."""
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


def test_a_key_is_chosen(monkeypatch: pytest.MonkeyPatch) -> None:
    """The client's own, or else the transport's, or else the environment's."""
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


async def test_a_key_makes_a_header() -> None:
    """An empty one makes none, and one that a header cannot hold is refused unseen."""
    made = StaticKey("sk").header()
    assert made is not None
    assert made.reveal() == "Bearer sk"
    assert await StaticKey("sk").refresh() is not None
    assert StaticKey("").header() is None
    for bad in ("s\nk", "s\0k", "schlüssel"):
        with pytest.raises(InvalidRequestError) as raised:
            StaticKey(bad).header()
        assert bad not in str(raised.value)


async def test_a_function_is_called_for_the_key() -> None:
    """A plain one or a coroutine function; what it raises, and what is no string, is an error."""

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
    """It is an error that says what to do."""
    with pytest.raises(InvalidRequestError, match="Pass `api_key=` or set MISTRAL_API_KEY"):
        await NoKey().refresh()
    assert NoKey().without_secret() is None


def test_a_door_loads_what_is_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    """Once, and nothing else."""
    door = ModuleType("urllib")
    monkeypatch.setitem(sys.modules, "urllib", door)
    modules = {"quote": "parse", "unquote": "parse", "URLError": "error"}
    load, names, public = lazy_exports("urllib", modules)
    assert names() == public == ["URLError", "quote", "unquote"]
    assert load("quote") is vars(door)["quote"] is quote
    assert vars(door).keys().isdisjoint(["unquote", "URLError"])
    with pytest.raises(AttributeError, match="module 'urllib' has no attribute 'qoute'"):
        load("qoute")


def test_unset_is_false_and_one_of_its_kind() -> None:
    """So that `value or default` does what it says."""
    assert not UNSET
    assert repr(UNSET) == "UNSET"
    assert copy.deepcopy(UNSET) is UNSET
    assert pickle.loads(pickle.dumps(UNSET)) is UNSET  # noqa: S301


async def test_a_scripted_transport_answers_in_turn() -> None:
    """Responses are given, errors raised, and one request too many is an error."""
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
