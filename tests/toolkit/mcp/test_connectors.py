"""Connectors through the gateway: tools, and plain HTTP requests."""

import json
from collections.abc import AsyncGenerator, Mapping, Sequence
from contextlib import asynccontextmanager
from typing import Any

import pytest
from aiohttp import web

from mistral_core import (
    APIConnectionError,
    Err,
    Failure,
    Headers,
    InvalidRequestError,
    MistralCore,
    Ok,
    Response,
    RetryConfig,
    SDKError,
)
from mistral_core.testing import ScriptedTransport, json_response
from mistral_funcs import (
    ConnectorResponse,
    GatewayError,
    connector_request,
    gateway_error,
    mcp_connector,
)
from mistral_funcs.toolkit.mcp.proxy_status import parse_list
from mistral_funcs.toolkit.tools.runnable import ToolError
from tests.toolkit.mcp.serving import RawServer, call, until

FAILED = 'connectors-gateway; error=connection_timeout; status-code=504; details="No \\"reply\\""'
PATH = "/v1/connectors-gateway/weather/mcp"


def client_of(*responses: Response | APIConnectionError) -> tuple[MistralCore, ScriptedTransport]:
    """Return a client with scripted responses, and its transport."""
    transport = ScriptedTransport(*responses)
    return MistralCore(transport=transport, retry_config=RetryConfig(strategy="none")), transport


# ----------------------------------------------------------------------------------------- requests


async def test_request_is_sent_below_the_connector() -> None:
    """With the client's key, the name of the credentials, and all arguments."""
    client, transport = client_of(json_response({"ok": True}), Response(204), Response(200))
    result = await connector_request(
        client,
        "weather",
        "POST",
        "/v1/towns/São Paulo/",
        query={"days": 3, "tag": ["a", "b"]},
        json={"unit": "C"},
        headers={"Accept": "text/csv", "X-Trace": "1"},
        credentials_name="mine",
    )
    assert isinstance(result, Ok)
    assert json.loads(result.value.body) == {"ok": True}
    assert (result.value.status, result.call.status) == (200, 200)

    deleted = await connector_request(client, "weather", "DELETE", ["group/project", "a b"])
    assert deleted.unwrap() == ConnectorResponse(204)
    headers = {"content-type": "text/xml"}
    await connector_request(client, "weather", "PUT", body=b"<a/>", headers=headers)

    first, second, third = transport.requests
    prefix = "https://api.mistral.ai/v1/connectors-gateway/weather/http/"
    assert first.url == f"{prefix}v1/towns/S%C3%A3o%20Paulo/?days=3&tag=a&tag=b"
    assert first.path_template == (
        "/v1/connectors-gateway/{connector}/http/{path_0}/{path_1}/{path_2}/"
    )
    assert first.authorization is not None
    assert first.authorization.reveal() == "Bearer key"
    sent = {name: first.headers[name] for name in ("accept", "x-trace", "x-credentials-name")}
    assert sent == {"accept": "text/csv", "x-trace": "1", "x-credentials-name": "mine"}
    assert first.body == b'{"unit":"C"}'
    assert second.url == f"{prefix}group%2Fproject/a%20b"
    assert "x-credentials-name" not in second.headers
    assert (third.url, third.body) == (prefix, b"<a/>")
    assert third.headers["content-type"] == "text/xml"


OUTSIDE: list[tuple[Any, Any, Any, str]] = [
    # connector, method, path, message
    ("weather", "GET", "../mcp", "must not contain segments such as `..`"),
    ("weather", "GET", "a/./b", "must not contain segments such as `..`"),
    ("weather", "GET", "a/..;x/b", "must not contain segments such as `..`"),
    ("weather", "GET", "a/%2e%2e/b", "must not contain segments such as `..`"),
    ("weather", "GET", "a/%252E%252e%252Fb", "must not contain segments such as `..`"),
    ("weather", "GET", ["a/../b"], "must not contain segments such as `..`"),
    ("weather", "GET", ["a\\..\\b"], "must not contain segments such as `..`"),
    ("weather", "GET", "a\\..\\b", "must be a path at the server"),
    ("weather", "GET", "https://example.com/a", "must be a path at the server"),
    ("weather", "GET", "//example.com/a", "must not contain empty segments"),
    ("weather", "GET", "a//b", "must not contain empty segments"),
    ("weather", "GET", "a?b=c", r"must not contain '\?'. Pass the query as `query=`."),
    ("weather", "GET", "a#b", "must not contain '#'"),
    ("weather", "GET", "a\r\nb", "must not contain control characters"),
    ("weather", "GET", [5], "must consist of strings, got int"),
    ("..", "GET", "a", "`connector` must not contain segments"),
    ("%2e%2e", "GET", "a", "`connector` must not contain segments"),
    ("", "GET", "a", "`connector` must not be empty"),
    (5, "GET", "a", "`connector` must consist of strings"),
    ("weather", "TRACE", "a", "`method` must be one of GET, POST"),
]


@pytest.mark.parametrize(("connector", "method", "path", "message"), OUTSIDE)
async def test_request_never_leaves_the_connector(
    connector: Any, method: Any, path: Any, message: str
) -> None:
    """Otherwise nothing is sent."""
    client, transport = client_of()
    result = await connector_request(client, connector, method, path)
    assert isinstance(result, Err)
    assert isinstance(result.error, InvalidRequestError)
    with pytest.raises(InvalidRequestError, match=message):
        result.unwrap()
    assert not transport.requests


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"headers": {"Authorization": "x"}}, "must not contain `authorization`"),
        ({"headers": {"X-Credentials-Name": "x"}}, "must not contain `x-credentials-name`"),
        ({"json": 1, "body": b"1"}, "`json` and `body` cannot be combined"),
    ],
)
async def test_contradictory_arguments_are_refused(
    arguments: Mapping[str, Any], message: str
) -> None:
    """Nothing is sent."""
    client, transport = client_of()
    result = await connector_request(client, "weather", "GET", **arguments)
    assert isinstance(result, Err)
    assert message in str(result.error)
    assert not transport.requests


RESPONSES: list[tuple[int, Mapping[str, str], Any]] = [
    # status, headers, the error of the gateway
    (500, {}, None),
    (404, {"proxy-status": "cdn; error=dns_error"}, None),
    (422, {"proxy-status": "connectors-gateway; next-hop=a"}, None),
    (302, {"location": "https://elsewhere/"}, None),
    (500, {"proxy-status": "connectors-gateway; error=5"}, None),
    (500, {"proxy-status": "connectors-gateway; error=a,"}, None),
    (504, {"proxy-status": FAILED}, GatewayError("connection_timeout", 'No "reply"', 504)),
    (
        422,
        {"proxy-status": f"cdn, {FAILED}"},
        GatewayError("connection_timeout", 'No "reply"', 504),
    ),
    (502, {"proxy-status": "connectors-gateway; error=dns_error"}, GatewayError("dns_error")),
    (
        502,
        {"proxy-status": "connectors-gateway; error=a; details=5; status-code=?1"},
        GatewayError("a"),
    ),
]


@pytest.mark.parametrize(("status", "headers", "expected"), RESPONSES)
async def test_error_of_the_gateway_is_recognized(
    status: int, headers: Mapping[str, str], expected: GatewayError | None
) -> None:
    """Any response of the server behind it is a value. The gateway's own error is an `Err`."""
    client, _ = client_of(Response(status, Headers(headers.items()), b"body"))
    result = await connector_request(client, "weather", "GET", "a")
    assert result.call.status == status
    match result:
        case Ok(response):
            assert expected is None
            assert (response.status, response.body) == (status, b"body")
            assert dict(response.headers) == dict(headers)
        case Err(failure):
            assert expected is not None
            assert gateway_error(failure) == expected


async def test_failed_request_is_an_err() -> None:
    """Without a response, or with an incomplete one."""
    client, _ = client_of(APIConnectionError("No connection"))
    result = await connector_request(client, "weather", "GET", "a")
    assert isinstance(result, Err)
    assert gateway_error(result.error) is None

    transport = ScriptedTransport(Response(200, body=b"12345"))
    client = MistralCore(transport=transport, max_response_bytes=3)
    result = await connector_request(client, "weather", "GET", "a")
    assert isinstance(result, Err)
    assert "more than 3 bytes" in str(result.error)


LISTS: list[tuple[str, Sequence[Any]]] = [
    ("", []),
    (
        'a;b=1;c=-2.5;d="x\\\\y";e;f=?0;g=:aGk=:;h=*t/x:y',
        [("a", {"b": 1, "c": -2.5, "d": "x\\y", "e": True, "f": False, "g": b"hi", "h": "*t/x:y"})],
    ),
    ('"a b" ,\tc; x=1', [("a b", {}), ("c", {"x": 1})]),
    *[
        (text, [])
        for text in ("a,", "a b", "a;=1", "a;B=1", "a;b=", '"a', "a;b=:x:", "(a b)", "é", "1" * 16)
    ],
    ("a, " * 10_000 + "b", []),
]


@pytest.mark.parametrize(("text", "expected"), LISTS)
def test_structured_header_is_parsed(text: str, expected: Sequence[Any]) -> None:
    """By RFC 8941. An invalid list is ignored."""
    assert parse_list(text) == expected


# -------------------------------------------------------------------------------------------- tools


@asynccontextmanager
async def gateway(handler: Any, **settings: Any) -> AsyncGenerator[tuple[RawServer, MistralCore]]:
    """Run a gateway with the connector `weather`. Yield it and a client."""
    raw = RawServer(handler, PATH)
    async with raw.serving() as url, MistralCore(server_url=url, **settings) as client:
        yield raw, client


async def respond(
    server: RawServer, request: web.Request, message: dict[str, Any]
) -> web.StreamResponse:
    """Respond with an event stream, or as the arguments require."""
    arguments = message["params"]["arguments"]
    if arguments.get("gateway"):
        return web.Response(status=504, headers={"Proxy-Status": FAILED}, text="Bearer key-two-two")
    if arguments.get("redirect"):
        return web.Response(status=307, headers={"Location": "/v1/models"})
    if not arguments.get("stream"):
        return server.text(message, request.headers["Authorization"])
    response = web.StreamResponse(headers={"content-type": "text/event-stream"})
    await response.prepare(request)
    result = {"content": [{"type": "text", "text": "streamed"}]}
    body = json.dumps({"jsonrpc": "2.0", "id": message["id"], "result": result})
    if arguments["stream"] == "broken":
        assert request.transport is not None
        await response.write(b"data: {\n")
        request.transport.close()
    else:
        await response.write(f"data: {body}\n\n".encode())
    return response


async def test_tools_of_a_connector() -> None:
    """Each request has a current key. The session ends with the block."""
    keys = ["key-one-one", "key-two-two"]

    async def current_key() -> str:
        return keys[0]

    async with gateway(respond, api_key=current_key) as (raw, client):
        opened = await mcp_connector(client, "weather", credentials_name="mine", prefix="w_")
        async with opened.unwrap() as server:
            assert server.current_tools()[0].timeout == 300
            assert await call(server, "w_act") == "Bearer key-one-one"
            del keys[0]
            assert await call(server, "w_act") == "Bearer key-two-two"
            assert await call(server, "w_act", stream=True) == "streamed"
            await until(lambda: any(method == "GET" for method, _ in raw.requests))
            assert "key-" not in repr([server, server.current_tools(), vars(server)])
        assert not raw.sessions
    assert {headers["X-Credentials-Name"] for _, headers in raw.requests} == {"mine"}


async def test_failed_calls_of_a_connector_leave_the_session() -> None:
    """The failure has the gateway's error. Redirects are refused."""
    async with gateway(respond, api_key="key-two-two") as (raw, client):
        async with (await mcp_connector(client, "weather")).unwrap() as server:
            with pytest.raises(ToolError) as raised:
                await call(server, "act", gateway=True)
            failure: Any = raised.value.__cause__
            assert gateway_error(failure) == GatewayError("connection_timeout", 'No "reply"', 504)
            assert "key-two-two" not in repr(failure) + repr(failure.body)
            with pytest.raises(ToolError, match="redirects to /v1/models, which is not followed"):
                await call(server, "act", redirect=True)
            with pytest.raises(ToolError, match="ended without a response"):
                await call(server, "act", stream="broken")
            assert await call(server, "act") == "Bearer key-two-two"
        assert raw.count == 1


@pytest.mark.parametrize(
    ("connector", "response", "kind"),
    [
        ("weather", Response(404, Headers(), b'{"message": "No connector"}'), SDKError),
        ("weather", Response(502, Headers([("proxy-status", FAILED)])), SDKError),
        ("weather", APIConnectionError("No connection"), APIConnectionError),
        ("a/../b", Response(200), InvalidRequestError),
    ],
)
async def test_unavailable_connector_is_an_err(
    connector: str, response: Response | APIConnectionError, kind: type[Failure]
) -> None:
    """With the client's failure."""
    client, _ = client_of(response)
    result = await mcp_connector(client, connector)
    assert isinstance(result, Err)
    assert isinstance(result.error, kind)
    is_gateway = isinstance(response, Response) and "proxy-status" in response.headers
    assert (gateway_error(result.error) is not None) == is_gateway
