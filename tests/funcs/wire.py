"""Requests of a call, and results of scripted responses, for tests of operations."""

from collections.abc import Awaitable, Callable
from typing import TypeAlias, TypeVar

from mistral_core import Failure, MistralCore, Request, Result, RetryConfig
from mistral_core.testing import ScriptedTransport, json_response

T = TypeVar("T")

CallIt: TypeAlias = Callable[[MistralCore], Awaitable[Result[T, Failure]]]


async def sent(call: CallIt[object], response: object = None) -> Request:
    """Return the only request of a call."""
    transport = ScriptedTransport(json_response({"id": "x"} if response is None else response))
    result = await call(MistralCore("the-key", transport=transport))
    assert result.call.status == 200, result
    (request,) = transport.requests
    return request


async def body(call: CallIt[object]) -> str:
    """Return the body of the only request of a call."""
    request = await sent(call)
    assert isinstance(request.body, bytes)
    assert request.headers["content-type"] == "application/json"
    return request.body.decode()


async def read(call: CallIt[T], response: object) -> Result[T, Failure]:
    """Return the result of a call with this response."""
    transport = ScriptedTransport(json_response(response))
    once = RetryConfig(strategy="none")
    return await call(MistralCore("the-key", transport=transport, retry_config=once))


async def form(call: CallIt[object], response: object) -> str:
    """Return the form of a request, with `--` for each boundary."""
    request = await sent(call, response)
    kind, _, boundary = request.headers["content-type"].partition("; boundary=")
    assert kind == "multipart/form-data"
    assert request.body is not None
    assert not isinstance(request.body, bytes)
    content = b"".join([chunk async for chunk in request.body])
    return content.decode().replace(boundary, "").replace("\r\n", "\n")
