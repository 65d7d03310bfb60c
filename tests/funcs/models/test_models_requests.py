"""Exact requests: percent-encoding and JSON, in the transport and on the wire."""

import platform
from collections.abc import Awaitable, Callable
from typing import TypeAlias, final

import attrs
import pytest

from mistral_core import (
    UNSET,
    Failure,
    MistralCore,
    Response,
    Result,
    RetryConfig,
    __version__,
)
from mistral_core.testing import ScriptedTransport
from mistral_funcs import (
    models_list,
    models_retrieve,
    models_unarchive,
    models_update,
)
from tests.client.raw_server import http, serving

CallIt: TypeAlias = Callable[[MistralCore], Awaitable[Result[object, Failure]]]

SERVER = "https://api.mistral.ai"
USER_AGENT = f"mistral-funcs/{__version__} python/{platform.python_version().rpartition('.')[0]}"
HEADERS = {"accept": "application/json", "user-agent": USER_AGENT}
WITH_BODY = {**HEADERS, "content-type": "application/json"}
FINE_TUNED = "ft:open-mistral-7b:587a6b29:20240514:7e773925"


@final
@attrs.frozen
class Golden:
    """A call, and the request that it sends.

    Attributes:
        call: The call.
        method: The HTTP method.
        target: The path with the query.
        body: The body, or `None`.
        response: A valid response in JSON.
    """

    call: CallIt
    method: str
    target: str
    body: bytes | None = None
    response: str = '{"id":"m"}'


GOLDEN: dict[str, Golden] = {
    "list": Golden(models_list, "GET", "/v1/models", response='{"data":[]}'),
    "list, all filters": Golden(
        lambda client: models_list(client, provider="Zoë & Söhne", model="a/b c+d=e?#%"),
        "GET",
        "/v1/models?provider=Zo%C3%AB%20%26%20S%C3%B6hne&model=a%2Fb%20c%2Bd%3De%3F%23%25",
        response="[]",
    ),
    "list, an empty filter": Golden(
        lambda client: models_list(client, provider=None, model=""),
        "GET",
        "/v1/models?model=",
        response="[]",
    ),
    "retrieve, an id with colons": Golden(
        lambda client: models_retrieve(client, model_id=FINE_TUNED),
        "GET",
        f"/v1/models/{FINE_TUNED}",
    ),
    "retrieve, an id that must be quoted": Golden(
        lambda client: models_retrieve(client, "a/b c?d#e%2Fé"),
        "GET",
        "/v1/models/a%2Fb%20c%3Fd%23e%252F%C3%A9",
    ),
    "update, left out and cleared": Golden(
        lambda client: models_update(client, "m", name=UNSET, description=None),
        "PATCH",
        "/v1/fine_tuning/models/m",
        b'{"description":null}',
    ),
    "update, texts": Golden(
        lambda client: models_update(client, FINE_TUNED, name="", description='"Zoë"\n🙂'),
        "PATCH",
        f"/v1/fine_tuning/models/{FINE_TUNED}",
        '{"name":"","description":"\\"Zoë\\"\\n🙂"}'.encode(),
    ),
    "unarchive": Golden(
        lambda client: models_unarchive(client, "a/b"),
        "DELETE",
        "/v1/fine_tuning/models/a%2Fb/archive",
    ),
}
"""Calls, each with its request."""


@pytest.mark.parametrize("name", GOLDEN)
async def test_request_is_exact(name: str) -> None:
    """Method, URL, headers, authorization and body of the only request."""
    golden = GOLDEN[name]
    transport = ScriptedTransport(Response(200, body=golden.response.encode()))
    result = await golden.call(MistralCore("the-key", transport=transport))
    (request,) = transport.requests
    assert (request.method, request.url) == (golden.method, SERVER + golden.target)
    assert dict(request.headers) == (HEADERS if golden.body is None else WITH_BODY)
    assert request.authorization is not None
    assert request.authorization.reveal() == "Bearer the-key"
    assert request.body == golden.body
    assert result.call.status == 200


@pytest.mark.parametrize("name", GOLDEN)
async def test_bytes_on_the_wire_are_exact(name: str) -> None:
    """The request line and body are the same with aiohttp, without unexpected headers.

    Accepted encodings and an explicit length of 0 are left to aiohttp.
    """
    golden = GOLDEN[name]
    response = http(golden.response.encode(), "Content-Type: application/json")
    async with serving(response) as (url, received):
        retry_config = RetryConfig(strategy="none")
        async with MistralCore("the-key", server_url=url, retry_config=retry_config) as client:
            result = await golden.call(client)
    assert result.call.status == 200
    (message,) = received
    head, _, body = message.partition(b"\r\n\r\n")
    line, *lines = head.decode("ascii").split("\r\n")
    pairs = [each.split(": ", 1) for each in lines]
    headers = {"content-length": "0"} | {header.lower(): text for header, text in pairs}
    expected = {
        "host": url.removeprefix("http://"),
        "accept": "application/json",
        "accept-encoding": headers["accept-encoding"],
        "user-agent": USER_AGENT,
        "authorization": "Bearer the-key",
        "content-length": str(len(golden.body or b"")),
    }
    if golden.body is not None:
        expected["content-type"] = "application/json"
    assert line == f"{golden.method} {golden.target} HTTP/1.1"
    assert headers == expected
    assert len({header.lower() for header, _ in pairs}) == len(pairs), "a header is sent twice"
    assert body == (golden.body or b"")
