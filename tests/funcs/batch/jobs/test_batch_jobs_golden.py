"""What the functions for batch jobs send, to the byte."""

from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from typing import TypeAlias

import pytest

from mistral_core import (
    UNSET,
    Err,
    Failure,
    InvalidRequestError,
    MistralCore,
    RequestOptions,
    Result,
)
from mistral_core.testing import ScriptedTransport
from mistral_funcs import (
    batch_jobs_cancel,
    batch_jobs_create,
    batch_jobs_delete,
    batch_jobs_get,
    batch_jobs_list,
)
from mistral_funcs.schemas import BatchRequest
from tests.funcs.wire import CallIt, body, sent

CallOne: TypeAlias = Callable[[MistralCore, str], Awaitable[Result[object, Failure]]]

SERVER = "https://api.mistral.ai"
CHAT = "/v1/chat/completions"

TARGETS: dict[str, tuple[CallIt[object], str, str]] = {
    "list": (batch_jobs_list, "GET", "/v1/batch/jobs"),
    "list, all parameters": (
        lambda client: batch_jobs_list(
            client,
            page=1,
            page_size=20,
            model="mistral-large-latest",
            agent_id="ag:1",
            metadata={"team": "a&b", "shard": 7},
            created_after=datetime(2025, 6, 1, tzinfo=UTC),
            created_by_me=True,
            status=["QUEUED", "RUNNING"],
            order_by="created",
        ),
        "GET",
        (
            "/v1/batch/jobs?page=1&page_size=20&model=mistral-large-latest&agent_id=ag%3A1"
            "&team=a%26b&shard=7&created_after=2025-06-01T00%3A00%3A00%2B00%3A00"
            "&created_by_me=true&status=QUEUED&status=RUNNING&order_by=created"
        ),
    ),
    "list, a false flag, the first page and nothing to look for": (
        lambda client: batch_jobs_list(client, page=0, created_by_me=False, metadata={}, status=[]),
        "GET",
        "/v1/batch/jobs?page=0&created_by_me=false",
    ),
    "list, values that are not yet known": (
        lambda client: batch_jobs_list(client, status=("PAUSED",), order_by="-model"),
        "GET",
        "/v1/batch/jobs?status=PAUSED&order_by=-model",
    ),
    "get": (lambda client: batch_jobs_get(client, "j"), "GET", "/v1/batch/jobs/j"),
    "get, with its outputs": (
        lambda client: batch_jobs_get(client, job_id="a/b", inline=True),
        "GET",
        "/v1/batch/jobs/a%2Fb?inline=true",
    ),
    "get, without its outputs": (
        lambda client: batch_jobs_get(client, "j", inline=False),
        "GET",
        "/v1/batch/jobs/j?inline=false",
    ),
    "cancel": (lambda client: batch_jobs_cancel(client, "j"), "POST", "/v1/batch/jobs/j/cancel"),
    "delete": (lambda client: batch_jobs_delete(client, "j"), "DELETE", "/v1/batch/jobs/j"),
}
"""Each call without a body, with the request that it makes."""


@pytest.mark.parametrize("name", TARGETS)
async def test_request_is_exactly_this(name: str) -> None:
    """Method, path and query; what is looked for in the metadata stands in the query by its key."""
    call, method, target = TARGETS[name]
    request = await sent(call)
    assert (request.method, request.url) == (method, SERVER + target)
    assert request.body is None


@pytest.mark.parametrize("metadata", [{"model": "x"}, {"page_size": 1}, {"a": {"b": 1}}, {1: "a"}])
async def test_metadata_that_a_query_cannot_tell_are_refused(metadata: dict[str, object]) -> None:
    """A key that is a parameter's name would ask for something else."""
    transport = ScriptedTransport()
    result = await batch_jobs_list(MistralCore(transport=transport), metadata=metadata)
    assert isinstance(result, Err)
    assert isinstance(result.error, InvalidRequestError)
    assert transport.requests == []


ASKED = BatchRequest(custom_id="0", body={"messages": [{"role": "user", "content": "hi"}]})
ASKED_JSON = '{"custom_id":"0","body":{"messages":[{"role":"user","content":"hi"}]}}'

BODIES: dict[str, tuple[CallIt[object], str]] = {
    "the least": (
        lambda client: batch_jobs_create(client, endpoint=CHAT, input_files=["f"]),
        '{"input_files":["f"],"endpoint":"/v1/chat/completions"}',
    ),
    "every argument": (
        lambda client: batch_jobs_create(
            client,
            endpoint=CHAT,
            input_files=("f", "g"),
            requests=[ASKED],
            model="m",
            agent_id="ag:1",
            metadata={"team": "a"},
            timeout_hours=1,
        ),
        (
            f'{{"input_files":["f","g"],"requests":[{ASKED_JSON}],"endpoint":"/v1/chat/completions",'
            '"model":"m","agent_id":"ag:1","metadata":{"team":"a"},"timeout_hours":1}'
        ),
    ),
    "requests as mappings": (
        lambda client: batch_jobs_create(
            client, endpoint="/v1/ocr", requests=[{"custom_id": None, "body": {}}, {"body": {}}]
        ),
        '{"requests":[{"custom_id":null,"body":{}},{"body":{}}],"endpoint":"/v1/ocr"}',
    ),
    "requests without an id, and with none": (
        lambda client: batch_jobs_create(
            client,
            endpoint="/v2/new",
            requests=[BatchRequest(body={}), BatchRequest(custom_id=None, body={"a": None})],
        ),
        '{"requests":[{"body":{}},{"custom_id":null,"body":{"a":null}}],"endpoint":"/v2/new"}',
    ),
    "null where it may be": (
        lambda client: batch_jobs_create(
            client,
            endpoint=CHAT,
            input_files=None,
            requests=None,
            model=None,
            agent_id=None,
            metadata=None,
        ),
        (
            '{"input_files":null,"requests":null,"endpoint":"/v1/chat/completions","model":null,'
            '"agent_id":null,"metadata":null}'
        ),
    ),
    "left out": (
        lambda client: batch_jobs_create(
            client,
            endpoint=CHAT,
            input_files=UNSET,
            requests=UNSET,
            model=UNSET,
            agent_id=UNSET,
            metadata=UNSET,
            timeout_hours=None,
        ),
        '{"endpoint":"/v1/chat/completions"}',
    ),
}
"""Each way to create a job, with the body that it sends."""


@pytest.mark.parametrize("name", BODIES)
async def test_body_is_exactly_this(name: str) -> None:
    """What is given, under its name; a request is an object of a schema, or a mapping."""
    call, expected = BODIES[name]
    assert await body(call) == expected


async def test_a_job_is_created_by_a_post() -> None:
    """To the path of jobs. It is not sent twice: that would make two jobs."""
    request = await sent(lambda client: batch_jobs_create(client, endpoint=CHAT, input_files=["f"]))
    assert (request.method, request.url) == ("POST", f"{SERVER}/v1/batch/jobs")
    assert not request.idempotent


OPTIONS = RequestOptions(server_url="https://gateway.example.com/mistral/")

WITH_OPTIONS: dict[str, CallIt[object]] = {
    "list": lambda client: batch_jobs_list(client, options=OPTIONS),
    "create": lambda client: batch_jobs_create(client, endpoint=CHAT, options=OPTIONS),
    "get": lambda client: batch_jobs_get(client, "j", options=OPTIONS),
    "cancel": lambda client: batch_jobs_cancel(client, "j", options=OPTIONS),
    "delete": lambda client: batch_jobs_delete(client, "j", options=OPTIONS),
}
"""Each of the functions, called with options."""


@pytest.mark.parametrize("name", WITH_OPTIONS)
async def test_options_are_handed_on(name: str) -> None:
    """Every function takes another server for one call."""
    request = await sent(WITH_OPTIONS[name])
    assert request.url.startswith("https://gateway.example.com/mistral/v1/batch/jobs")


@pytest.mark.parametrize("function", [batch_jobs_get, batch_jobs_cancel, batch_jobs_delete])
@pytest.mark.parametrize("job_id", ["", ".", "..", "../files/f"])
async def test_id_that_leads_elsewhere_is_refused(function: CallOne, job_id: str) -> None:
    """An id stays in its place of the path, and nothing is sent that would not."""
    transport = ScriptedTransport()
    result = await function(MistralCore(transport=transport), job_id)
    assert isinstance(result, Err)
    assert isinstance(result.error, InvalidRequestError)
    assert result.error.param == "job_id"
    assert transport.requests == []
