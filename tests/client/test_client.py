"""MistralCore: its configuration, and the requests and results of its calls."""

import asyncio
from collections.abc import Callable

import attrs
import pytest

from mistral_core import (
    JSON,
    APIConnectionError,
    Err,
    Failure,
    InvalidRequestError,
    MistralCore,
    Ok,
    Operation,
    Request,
    RequestOptions,
    Response,
    Result,
    RetryConfig,
    SDKError,
)
from mistral_core.testing import ScriptedTransport, json_response
from mistral_funcs import models_list, models_retrieve, models_update
from mistral_funcs.sandbox import Sandbox
from mistral_funcs.schemas import ModelList
from tests.client.inside import send_through

EMPTY = json_response({"data": []})
AT_ONCE = RetryConfig(initial_interval=0)


def failure(result: Result[ModelList, Failure]) -> Failure:
    """Return the error of a failed result."""
    assert isinstance(result, Err)
    return result.error


async def sent_by(client: MistralCore, options: RequestOptions | None = None) -> Request:
    """Return the request that a call makes."""
    transport = ScriptedTransport(EMPTY)
    send_through(client, transport)
    assert isinstance(await models_list(client, options=options), Ok)
    return transport.requests[0]


def test_creating_a_client_needs_no_event_loop() -> None:
    """A client may be created at import time, in any thread."""
    assert repr(MistralCore("secret")) == "<MistralCore https://api.mistral.ai>"


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"server": "mars"}, "must be one of global, eu, us"),
        ({"server_url": "ftp://example.com"}, "must begin with http://"),
        ({"timeout": 0}, "must be positive"),
        ({"headers": {"bad name": "x"}}, "not a valid header name"),
        ({"headers": {"x": "a\r\nb: c"}}, "without line breaks"),
        ({"headers": {"Content-Length": "1"}}, "the transport sets it"),
        ({"transport": ScriptedTransport(), "proxy": "http://proxy"}, "cannot be combined with"),
    ],
)
def test_an_invalid_configuration_is_refused(arguments: dict[str, object], message: str) -> None:
    """It is a programming error, so a `ValueError`."""
    with pytest.raises(ValueError, match=message):
        MistralCore("key", **arguments)  # type: ignore[arg-type]


async def test_the_key_comes_from_the_argument_or_the_environment(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The argument takes precedence."""
    monkeypatch.setenv("MISTRAL_API_KEY", "from-environment")
    for client, key in (
        (MistralCore(), "from-environment"),
        (MistralCore("from-argument"), "from-argument"),
    ):
        request = await sent_by(client)
        assert request.authorization is not None
        assert request.authorization.reveal() == f"Bearer {key}"


async def test_without_a_key_nothing_is_sent() -> None:
    """The error says how to set the key."""
    transport = ScriptedTransport()
    transport.api_key = ""
    error = failure(await models_list(MistralCore(transport=transport)))
    assert isinstance(error, InvalidRequestError)
    assert error.message == "No API key. Pass `api_key=` or set MISTRAL_API_KEY."
    assert not transport.requests


async def test_an_empty_key_sends_no_authorization() -> None:
    """A self-hosted server may not require a key."""
    assert (await sent_by(MistralCore(""))).authorization is None


async def test_an_authorization_header_replaces_the_key() -> None:
    """It is hidden like a key."""
    client = MistralCore(headers={"Authorization": "Basic Zm9v"}, transport=ScriptedTransport())
    request = await sent_by(client)
    assert request.authorization is not None
    assert request.authorization.reveal() == "Basic Zm9v"
    assert "authorization" not in request.headers
    assert "Zm9v" not in repr(request)


async def test_a_key_function_is_called_for_each_attempt() -> None:
    """A key that is rotated between two attempts is sent."""
    keys = iter(["old", "new"])

    async def ask_vault() -> str:
        await asyncio.sleep(0)
        return next(keys)

    transport = ScriptedTransport(json_response({}, status=503), EMPTY)
    client = MistralCore(ask_vault, transport=transport, retry_config=AT_ONCE)
    assert isinstance(await models_list(client), Ok)
    sent = [request.authorization for request in transport.requests]
    assert [secret.reveal() for secret in sent if secret] == ["Bearer old", "Bearer new"]


async def test_a_failing_key_function_is_an_error() -> None:
    """The message does not contain that of the exception, which may have a secret."""

    def broken() -> str:
        raise OSError("vault is sealed: token-123")

    error = failure(await models_list(MistralCore(broken, transport=ScriptedTransport())))
    assert isinstance(error, InvalidRequestError)
    assert "OSError" in error.message
    assert "token-123" not in str(error)


@pytest.mark.parametrize(
    ("key", "reason"),
    [
        ("a\nx-injected: 1", "whitespace"),
        ("sk-1 sk-2", "whitespace"),
        ("Basic Zm9vOmJhcg==", "whitespace"),
        ("schlüssel", "not ASCII"),
        ("\ufeffsk-12345", "not ASCII"),
        ("\u201csk-12345\u201d", "not ASCII"),
        ("a\x00b", "control character"),
        ('"sk-12345', "unmatched quote"),
        ("sk-12345'", "unmatched quote"),
        ("  \n", "blank"),
        ('""', "blank"),
        ("Bearer ", "blank"),
    ],
)
@pytest.mark.parametrize("given", ["as a string", "by a function"])
async def test_an_invalid_key_is_refused_with_the_reason(key: str, reason: str, given: str) -> None:
    """It is neither sent nor shown."""
    transport = ScriptedTransport()
    client = MistralCore(key if given == "as a string" else lambda: key, transport=transport)
    error = failure(await models_list(client))
    assert isinstance(error, InvalidRequestError)
    assert reason in error.message
    assert error.param == "api_key"
    assert key.strip() == "Bearer" or not key.strip('" \n') or key.strip() not in repr(error)
    assert not transport.requests


@pytest.mark.parametrize(
    "key",
    [
        *("sk-12345", " sk-12345", "sk-12345\r\n", "\tsk-12345 ", "\xa0sk-12345"),
        *('"sk-12345"', "'sk-12345'\n", "\"'sk-12345'\"", "' sk-12345 '"),
        *("Bearer sk-12345", "bearer  sk-12345\n", " BEARER sk-12345", '"Bearer sk-12345"'),
        *('Bearer "sk-12345"', "Bearer Bearer sk-12345"),
    ],
)
@pytest.mark.parametrize("given", ["as a string", "by a function", "by the environment"])
async def test_a_key_is_stripped(key: str, given: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Spaces, line breaks, quotes and `Bearer` come from files, shells and other SDKs."""
    api_key: str | Callable[[], str] | None = key
    if given == "by a function":
        api_key = lambda: key  # noqa: E731
    if given == "by the environment":
        monkeypatch.setenv("MISTRAL_API_KEY", key)
        api_key = None
    request = await sent_by(MistralCore(api_key))
    assert request.authorization is not None
    assert request.authorization.reveal() == "Bearer sk-12345"


@pytest.mark.parametrize("blank", ["", " ", "\n", '""', "''"])
async def test_a_blank_key_in_the_environment_is_missing(
    blank: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An env file may name the variable without a value."""
    monkeypatch.setenv("MISTRAL_API_KEY", blank)
    error = failure(await models_list(MistralCore()))
    assert str(error) == "No API key. Pass `api_key=` or set MISTRAL_API_KEY."


async def test_headers_of_a_call_override_those_of_the_client() -> None:
    """Names are compared without case."""
    client = MistralCore("key", headers={"X-Team": "a", "x-kept": "k"}, user_agent="mine/1")
    request = await sent_by(client, RequestOptions(headers={"x-team": "b"}))
    assert dict(request.headers) == {
        "accept": "application/json",
        "user-agent": "mine/1",
        "x-kept": "k",
        "x-team": "b",
    }


@pytest.mark.parametrize(
    "options",
    [
        RequestOptions(server_url="no URL"),
        RequestOptions(headers={"x": "a\nb"}),
        RequestOptions(headers={"x": 1}),  # type: ignore[dict-item]
    ],
)
async def test_invalid_options_are_an_error(options: RequestOptions) -> None:
    """They are data of a call, so they do not raise."""
    transport = ScriptedTransport()
    error = failure(await models_list(MistralCore(transport=transport), options=options))
    assert isinstance(error, InvalidRequestError)
    assert error.param == "options"
    assert not transport.requests


async def test_a_call_may_use_another_server() -> None:
    """The URL may have its own path prefix."""
    options = RequestOptions(server_url="https://other.example/base/")
    request = await sent_by(MistralCore("key"), options)
    assert request.url == "https://other.example/base/v1/models"


async def test_time_limits_reach_the_transport() -> None:
    """The timeouts of the client apply, as the call sets none."""
    request = await sent_by(MistralCore("key", timeout=30))
    assert (request.connect_timeout, request.read_timeout) == (10.0, None)


async def test_a_closed_client_is_an_error() -> None:
    """Nothing is sent. Closing twice is allowed."""
    transport = ScriptedTransport()
    async with MistralCore(transport=transport) as client:
        pass
    await client.aclose()
    error = failure(await models_list(client))
    assert isinstance(error, InvalidRequestError)
    assert error.message == "The client is closed. Create a new `MistralCore`."


async def test_an_exception_of_a_transport_is_an_error() -> None:
    """A custom transport may have bugs."""

    class Broken:
        async def send(self, request: Request) -> Response:
            raise KeyError(request.method)

        async def aclose(self) -> None:
            pass

    error = failure(await models_list(MistralCore("key", transport=Broken())))
    assert isinstance(error, APIConnectionError)
    assert error.message == "The transport failed: KeyError('GET')"
    assert error.__traceback__ is None


async def test_cancellation_is_raised() -> None:
    """It never becomes an `Err`, neither in a request nor in a pause between attempts."""
    begun = asyncio.Event()

    class Endless:
        async def send(self, request: Request) -> Response:
            begun.set()
            await asyncio.Event().wait()
            raise AssertionError(request)

        async def aclose(self) -> None:
            pass

    task = asyncio.create_task(models_list(MistralCore("key", transport=Endless())))
    await begun.wait()
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task

    sandbox = Sandbox()
    sandbox.fail(503, times=9)
    with pytest.raises(TimeoutError):
        await asyncio.wait_for(models_list(MistralCore(transport=sandbox)), 0.01)


async def test_retries_of_a_call_override_those_of_the_client() -> None:
    """A call may disable them."""
    transport = ScriptedTransport(json_response({}, status=503), EMPTY)
    client = MistralCore(transport=transport, retry_config=AT_ONCE)
    none = RequestOptions(retries=RetryConfig(strategy="none"))
    result = await models_list(client, options=none)
    assert isinstance(failure(result), SDKError)
    assert (result.call.status, result.call.attempts) == (503, 1)


async def test_a_body_that_cannot_be_encoded_is_an_error() -> None:
    """Nothing is sent."""
    transport = ScriptedTransport()
    client = MistralCore(transport=transport)
    result = await models_update(client, "m", name="\ud800")
    assert isinstance(result, Err)
    assert isinstance(result.error, InvalidRequestError)
    assert not transport.requests


async def test_custom_operations_are_supported() -> None:
    """An endpoint that the SDK does not wrap needs an attrs class and an `Operation`."""

    @attrs.frozen
    class Widget:
        name: str
        size: int = 1

    operation = Operation("POST", "/v2/widgets/{widget}", returns=JSON(list[Widget]))
    transport = ScriptedTransport(json_response([{"name": "a"}]))
    result = await MistralCore(transport=transport).execute(
        operation, path={"widget": "w/1"}, query={"deep": True}, json={"parts": [Widget("b", 2)]}
    )
    assert result == Ok([Widget("a")])
    (request,) = transport.requests
    assert request.url.endswith("/v2/widgets/w%2F1?deep=true")
    assert request.body == b'{"parts":[{"name":"b","size":2}]}'
    assert request.headers["content-type"] == "application/json"


async def test_many_calls_share_one_client() -> None:
    """Each call gets its own result."""
    sandbox = Sandbox()
    ids = list(sandbox.state.models)
    async with sandbox.serve() as url, MistralCore(sandbox.api_key, server_url=url) as client:
        results = await asyncio.gather(*(models_retrieve(client, each) for each in ids * 25))
    assert [getattr(result.unwrap(), "id", None) for result in results] == ids * 25
