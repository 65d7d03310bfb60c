"""A call is encoded once: all attempts send the same execution ID and the same bytes."""

import attrs
import pytest

from mistral_core import (
    APIConnectionError,
    Err,
    MistralCore,
    Ok,
    Request,
    RequestOptions,
    Response,
    RetryConfig,
)
from mistral_core.testing import ScriptedTransport, json_response
from mistral_funcs import (
    PayloadTransport,
    workflows_execute_workflow,
    workflows_executions_get_workflow_execution,
)
from tests.toolkit.payloads.encoded_values import FULL, body_of, encoded, offloading_to
from tests.toolkit.payloads.vectors import Memory

RETRIED = RequestOptions(
    retries=RetryConfig(retry_non_idempotent=True, initial_interval=0.001, max_tries=3)
)
LOST = APIConnectionError("The connection was lost before the response")
EXECUTION = {
    "workflow_name": "greet",
    "execution_id": "id",
    "root_execution_id": "id",
    "status": "RUNNING",
    "start_time": "2026-01-01T00:00:00Z",
    "end_time": None,
    "result": None,
}


class Flaky(Memory):
    """A storage that fails the first time."""

    failures = 1

    async def put(self, key: str, content: bytes) -> None:
        """Store an object."""
        self.fail()
        await super().put(key, content)

    async def get(self, key: str) -> bytes:
        """Return an object."""
        self.fail()
        return await super().get(key)

    def fail(self) -> None:
        """Fail for the first time."""
        if self.failures:
            self.failures -= 1
            raise OSError("no route to host")


@pytest.mark.parametrize("key", ["fixed", lambda: "fresh"], ids=["fixed key", "function"])
async def test_lost_response_starts_no_second_execution(key: str) -> None:
    """The server knows the ID. The nonce and the bytes are the same too."""
    server = ScriptedTransport(LOST, LOST, json_response(EXECUTION))
    client = MistralCore(key, transport=PayloadTransport(FULL, server))
    outcome = await workflows_execute_workflow(client, "greet", input={"a": 1}, options=RETRIED)
    assert isinstance(outcome, Ok)
    first, second, third = (each.body for each in server.requests)
    assert first == second == third
    assert len(body_of(server.requests[0])["execution_id"]) == 64


async def test_two_calls_are_two_executions() -> None:
    """Even with the same input."""
    server = ScriptedTransport()
    client = MistralCore(transport=PayloadTransport(FULL, server))
    for _ in range(2):
        await workflows_execute_workflow(client, "greet", input={"a": 1})
    first, second = (body_of(each) for each in server.requests)
    assert first["execution_id"] != second["execution_id"]
    assert first["encoded_input"] != second["encoded_input"]


async def test_failure_of_the_storage_is_retried_before_the_request_is_sent() -> None:
    """There is no risk of a second execution, so that `retry_non_idempotent` is not needed."""
    storage = Flaky()
    server = ScriptedTransport(json_response(EXECUTION))
    client = MistralCore(
        transport=PayloadTransport(offloading_to(storage), server),
        retry_config=RetryConfig(initial_interval=0.001),
    )
    outcome = await workflows_execute_workflow(client, "greet", input={"a": 1})
    assert isinstance(outcome, Ok)
    assert outcome.call.attempts == 2
    assert len(server.requests) == len(storage.objects) == 1


async def test_failure_of_the_storage_is_retried_when_reading() -> None:
    """The result of an execution can be read again."""
    storage = Flaky()
    storage.objects["k"] = b'"stored"'
    wire = await encoded(None)
    wire |= {"b64payload": "eyJrZXkiOiJrIn0=", "encoding_options": ["offloaded"]}
    response = json_response({**EXECUTION, "result": wire})
    server = ScriptedTransport(response, response)
    client = MistralCore(
        transport=PayloadTransport(offloading_to(storage), server),
        retry_config=RetryConfig(initial_interval=0.001),
    )
    execution = (await workflows_executions_get_workflow_execution(client, "id")).unwrap()
    assert execution.result == "stored"
    assert len(server.requests) == 2


@attrs.define
class Outer:
    """A transport around another one, without `prepare`."""

    transport: PayloadTransport

    async def send(self, request: Request) -> Response:
        """Send a request."""
        return await self.transport.send(request)

    async def aclose(self) -> None:
        """Close the transport."""
        await self.transport.aclose()


async def test_wrapped_transport_still_encodes() -> None:
    """Without `prepare` the attempts have different IDs, but no secret is sent."""
    server = ScriptedTransport(LOST, json_response(EXECUTION))
    async with MistralCore("key", transport=Outer(PayloadTransport(FULL, server))) as client:
        await workflows_execute_workflow(client, "greet", input={"a": 1}, options=RETRIED)
    first, second = (body_of(each) for each in server.requests)
    assert first["input"] is second["input"] is None
    assert first["execution_id"] != second["execution_id"]


async def test_transports_with_preparation_can_be_nested() -> None:
    """The outer one first. Encoded values are not encoded again."""
    server = ScriptedTransport()
    nested = PayloadTransport(FULL, PayloadTransport(FULL, server))
    await workflows_execute_workflow(MistralCore(transport=nested), "greet", input={"a": 1})
    assert body_of(server.requests[0])["encoded_input"]["encoding_options"] == ["encrypted"]


async def test_lost_response_without_retries_is_an_error() -> None:
    """As without payloads."""
    client = MistralCore(transport=PayloadTransport(FULL, ScriptedTransport(LOST)))
    outcome = await workflows_execute_workflow(client, "greet", input={"a": 1})
    assert isinstance(outcome, Err)
    assert outcome.call.attempts == 1
