"""The namespace is requested once per client, when it stores the first object."""

import asyncio
from typing import Any

import pytest

from mistral_core import (
    APIConnectionError,
    Err,
    Failure,
    HTTPValidationError,
    MistralCore,
    Ok,
    Request,
    RequestOptions,
    Response,
    ResponseValidationError,
    Result,
    RetryConfig,
    SDKError,
)
from mistral_core.testing import json_response
from mistral_funcs import PayloadTransport, workflows_execute_workflow
from mistral_funcs.toolkit.payloads.worker_namespaces import WHOAMI, server_of
from tests.toolkit.payloads.encoded_values import FULL, offloading_to
from tests.toolkit.payloads.vectors import Memory

STARTED = {"workflow_name": "greet", "execution_id": "id", "result": None}
NAMESPACE = {"scheduler_url": "https://scheduler", "namespace": "a/b"}
ONCE = RetryConfig(strategy="none")


class Server:
    """A server whose response is sent when the test allows it.

    Attributes:
        asked: The requests for a namespace.
        asking: Set as soon as there is one.
        response: What to send: a response, or an error to raise.
        ready: Whether to respond.
    """

    def __init__(self, response: Response | Exception) -> None:
        """Respond at once, by default."""
        self.api_key = "key"
        self.asked: list[Request] = []
        self.asking = asyncio.Event()
        self.response = response
        self.ready = asyncio.Event()
        self.ready.set()

    async def send(self, request: Request) -> Response:
        """Respond to a request."""
        if request.path_template != WHOAMI:
            return json_response(STARTED)
        self.asked.append(request)
        self.asking.set()
        await self.ready.wait()
        if isinstance(self.response, Exception):
            raise self.response
        return self.response

    async def aclose(self) -> None:
        """Do nothing."""


def client_of(server: Server, storage: Memory, **settings: Any) -> MistralCore:
    """Return a client that offloads without an explicit namespace."""
    transport = PayloadTransport(offloading_to(storage, namespace=None), server)
    return MistralCore(transport=transport, retry_config=ONCE, **settings)


async def execute(
    client: MistralCore, options: RequestOptions | None = None
) -> Result[object, Failure]:
    """Execute a workflow."""
    return await workflows_execute_workflow(client, "greet", input=1, options=options)


async def test_concurrent_calls_share_one_request() -> None:
    """Later calls need none. It has the credentials and headers of a call, but no body."""
    server, storage = Server(json_response(NAMESPACE)), Memory()
    server.ready.clear()
    client = client_of(server, storage, server_url="https://host/prefix/", headers={"x-team": "t"})
    calls = [asyncio.create_task(execute(client)) for _ in range(9)]
    await server.asking.wait()
    server.ready.set()
    outcomes = [*await asyncio.gather(*calls), await execute(client)]
    assert all(isinstance(each, Ok) for each in outcomes)
    assert len(storage.objects) == len(outcomes)
    assert all(key.startswith("temporal-payload/a%2Fb/") for key in storage.objects)
    (request,) = server.asked
    assert (request.method, request.body) == ("GET", None)
    assert request.url == "https://host/prefix/v1/workflows/workers/whoami"
    assert request.authorization is not None
    assert request.headers["x-team"] == "t"
    assert "content-type" not in request.headers


async def test_each_server_has_its_own_namespace() -> None:
    """The options of a call may use another server."""
    server = Server(json_response(NAMESPACE))
    client = client_of(server, Memory())
    other = RequestOptions(server_url="https://other")
    for options in (None, other, None, other):
        assert isinstance(await execute(client, options), Ok)
    assert [server_of(each) for each in server.asked] == [
        "https://api.mistral.ai",
        "https://other",
    ]


async def test_namespace_is_not_requested_without_need() -> None:
    """With an explicit namespace, or without offloading."""
    server = Server(json_response(NAMESPACE))
    for codec in (FULL, offloading_to(Memory())):
        client = MistralCore(transport=PayloadTransport(codec, server))
        assert isinstance(await execute(client), Ok)
    assert server.asked == []


@pytest.mark.parametrize(
    ("response", "error", "message"),
    [
        (
            json_response({"message": "no workers"}, 403),
            SDKError,
            "The namespace cannot be requested: no workers",
        ),
        (json_response({"message": "no"}, 422), HTTPValidationError, "The namespace cannot be"),
        (
            APIConnectionError("Lost the connection"),
            APIConnectionError,
            "The namespace cannot be requested: Lost the connection",
        ),
        (json_response([]), ResponseValidationError, "returned no namespace"),
        (json_response({"namespace": ""}), ResponseValidationError, "returned no namespace"),
        (Response(200, body=b"{"), ResponseValidationError, "returned no namespace"),
        (OSError("odd"), APIConnectionError, "odd"),
    ],
)
async def test_failure_fails_the_calls(
    response: Response | Exception, error: type[Failure], message: str
) -> None:
    """No execution starts. The next call requests it again."""
    server, storage = Server(response), Memory()
    client = client_of(server, storage)
    outcome = await execute(client)
    assert isinstance(outcome, Err)
    assert isinstance(outcome.error, error)
    assert message in outcome.error.message
    assert not storage.objects
    server.response = json_response(NAMESPACE)
    assert isinstance(await execute(client), Ok)


async def test_concurrent_calls_share_a_failure() -> None:
    """They do not repeat the request one after the other."""
    server = Server(json_response({"message": "no workers"}, 403))
    server.ready.clear()
    client = client_of(server, Memory())
    calls = [asyncio.create_task(execute(client)) for _ in range(3)]
    await server.asking.wait()
    server.ready.set()
    outcomes = await asyncio.gather(*calls)
    assert all(isinstance(each, Err) for each in outcomes)
    assert len(server.asked) == 1


async def test_cancelled_call_does_not_affect_others() -> None:
    """One of them requests it again, whichever call was cancelled."""
    server = Server(json_response(NAMESPACE))
    server.ready.clear()
    client = client_of(server, Memory())
    asking, waiting, last = (asyncio.create_task(execute(client)) for _ in range(3))
    await server.asking.wait()
    server.asking.clear()
    waiting.cancel()
    asking.cancel()
    await server.asking.wait()
    server.ready.set()
    assert isinstance(await last, Ok)
    assert len(server.asked) == 2
    await asyncio.wait((asking, waiting))
    assert asking.cancelled()
    assert waiting.cancelled()


async def test_failed_connection_is_retried() -> None:
    """The execution was not sent."""
    server = Server(APIConnectionError("Lost the connection"))
    client = client_of(server, Memory())
    once_more = RequestOptions(retries=RetryConfig(initial_interval=0.001, max_tries=2))
    outcome = await execute(client, once_more)
    assert isinstance(outcome, Err)
    assert outcome.call.attempts == len(server.asked) == 2


async def test_codec_alone_needs_a_namespace() -> None:
    """It has no server to ask."""
    outcome = await offloading_to(Memory(), namespace=None).encode(b"1", execution_id="id")
    assert isinstance(outcome, Err)
    assert outcome.error.message == (
        "The payload cannot be encoded: `PayloadOffloading` has no `namespace`"
    )
