"""What a call sends, and what it makes of an answer: for the tests of the operations."""

from collections.abc import Awaitable, Callable
from typing import TypeAlias, TypeVar

from mistral_core import Failure, MistralCore, Request, Result, RetryConfig
from mistral_core.testing import ScriptedTransport, json_response

T = TypeVar("T")

CallIt: TypeAlias = Callable[[MistralCore], Awaitable[Result[T, Failure]]]


async def sent(call: CallIt[object], answer: object = None) -> Request:
    """Return the one request that a call makes."""
    transport = ScriptedTransport(json_response({"id": "x"} if answer is None else answer))
    result = await call(MistralCore("the-key", transport=transport))
    assert result.call.status == 200, result
    (request,) = transport.requests
    return request


async def body(call: CallIt[object]) -> str:
    """Return the body of the one request that a call makes."""
    request = await sent(call)
    assert isinstance(request.body, bytes)
    assert request.headers["content-type"] == "application/json"
    return request.body.decode()


async def read(call: CallIt[T], answer: object) -> Result[T, Failure]:
    """Return what a call makes of an answer."""
    transport = ScriptedTransport(json_response(answer))
    once = RetryConfig(strategy="none")
    return await call(MistralCore("the-key", transport=transport, retry_config=once))


async def form(call: CallIt[object], answer: object) -> str:
    """Return the form that a call sends, with `--` for each boundary and lines as they are."""
    request = await sent(call, answer)
    kind, _, boundary = request.headers["content-type"].partition("; boundary=")
    assert kind == "multipart/form-data"
    assert request.body is not None
    assert not isinstance(request.body, bytes)
    whole = b"".join([chunk async for chunk in request.body])
    return whole.decode().replace(boundary, "").replace("\r\n", "\n")
