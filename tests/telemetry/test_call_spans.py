"""The span and the metrics of a plain call."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

import pytest
from opentelemetry import baggage, context
from opentelemetry.sdk.trace import ReadableSpan
from opentelemetry.trace import SpanKind, StatusCode, get_current_span

from mistral_core import (
    APIConnectionError,
    Err,
    MistralCore,
    MistralError,
    NoContent,
    Ok,
    Operation,
    Request,
    RequestOptions,
    RequestTimeoutError,
    Response,
)
from mistral_core.testing import ScriptedTransport, json_response
from mistral_funcs import (
    agents_complete,
    audio_speech_complete,
    audio_transcriptions_complete,
    beta_agents_create,
    beta_context_search_indexes_search,
    beta_conversations_append,
    beta_conversations_start,
    chat_complete,
    embeddings_create,
    fim_complete,
    models_list,
    models_retrieve,
    ocr_process,
    responses_create,
)
from mistral_funcs._index import OPERATIONS
from mistral_funcs.sandbox import Sandbox
from mistral_funcs.schemas import CompletionArgs
from mistral_funcs.toolkit.telemetry.genai_operations import OPERATION_NAMES, OUTPUT_TYPES
from tests.telemetry.recording import Recording, attributes_of

MESSAGES = [{"role": "user", "content": "Hello"}]
COMPLETION = {
    "id": "cmpl-1",
    "model": "mistral-large-2512",
    "usage": {
        "prompt_tokens": 7,
        "completion_tokens": 5,
        "total_tokens": 12,
        "prompt_tokens_details": {"cached_tokens": 4},
        "completion_tokens_details": {"reasoning_tokens": 2},
    },
    "choices": [
        {"index": 1, "message": {"content": "B"}, "finish_reason": "length"},
        {"index": 0, "message": {"content": "A"}, "finish_reason": "stop"},
    ],
}
SERVER = {"server.address": "api.mistral.ai", "server.port": 443}


async def test_chat_has_a_span(recording: Recording) -> None:
    """With request and response attributes, and without content."""
    transport = ScriptedTransport(json_response(COMPLETION, headers={"x-request-id": "req-1"}))
    await chat_complete(
        recording.client(transport),
        model="mistral-large-latest",
        messages=MESSAGES,
        temperature=1,
        top_p=0.5,
        max_tokens=9,
        n=2,
        random_seed=3,
        stop="END",
        top_k=None,
        response_format={"type": "json_object"},
    )
    span = recording.span
    assert (span.name, span.kind) == ("chat mistral-large-latest", SpanKind.CLIENT)
    assert span.status.status_code is StatusCode.UNSET
    assert attributes_of(span) == {
        **SERVER,
        "gen_ai.operation.name": "chat",
        "gen_ai.provider.name": "mistral_ai",
        "gen_ai.request.model": "mistral-large-latest",
        "gen_ai.request.temperature": 1.0,
        "gen_ai.request.top_p": 0.5,
        "gen_ai.request.max_tokens": 9,
        "gen_ai.request.choice.count": 2,
        "gen_ai.request.seed": 3,
        "gen_ai.request.stop_sequences": ("END",),
        "gen_ai.output.type": "json",
        "gen_ai.response.id": "cmpl-1",
        "gen_ai.response.model": "mistral-large-2512",
        "gen_ai.response.finish_reasons": ("stop", "length"),
        "gen_ai.usage.input_tokens": 7,
        "gen_ai.usage.output_tokens": 5,
        "gen_ai.usage.cache_read.input_tokens": 4,
        "gen_ai.usage.reasoning.output_tokens": 2,
        "http.response.status_code": 200,
        "mistral_ai.request.id": "req-1",
    }


async def test_chat_is_measured(recording: Recording) -> None:
    """Duration and tokens. A plain call has no metrics of chunks."""
    client = recording.client(ScriptedTransport(json_response(COMPLETION)))
    await chat_complete(client, model="m", messages=MESSAGES)
    shared = {
        **SERVER,
        "gen_ai.operation.name": "chat",
        "gen_ai.provider.name": "mistral_ai",
        "gen_ai.request.model": "m",
        "gen_ai.response.model": "mistral-large-2512",
    }
    ((attributes, count, duration),) = recording.points("gen_ai.client.operation.duration")
    assert (attributes, count) == (shared, 1)
    assert 0 < duration < 1
    assert recording.points("gen_ai.client.token.usage") == [
        ({**shared, "gen_ai.token.type": "input"}, 1, 7),
        ({**shared, "gen_ai.token.type": "output"}, 1, 5),
    ]
    assert recording.points("gen_ai.client.operation.time_to_first_chunk") == []


Case = tuple[str, Callable[[MistralCore], Awaitable[object]], dict[str, Any], dict[str, Any]]

CONVERSATION = {
    "conversation_id": "conv-1",
    "outputs": [
        {"type": "message.output", "content": "Hi", "model": "m-1", "agent_id": "ag-1"},
        {"type": "new.kind"},
    ],
    "usage": {"prompt_tokens": 2, "completion_tokens": 3, "total_tokens": 5},
}
IN_CONVERSATION = {
    "gen_ai.operation.name": "invoke_agent",
    "gen_ai.conversation.id": "conv-1",
    "gen_ai.response.model": "m-1",
    "gen_ai.agent.id": "ag-1",
    "gen_ai.usage.input_tokens": 2,
    "gen_ai.usage.output_tokens": 3,
}
SETTINGS = CompletionArgs(temperature=0.5, stop=["A", "B"], random_seed=None)

CASES: list[Case] = [
    (
        "text_completion codestral",
        lambda client: fim_complete(client, model="codestral", prompt="def"),
        COMPLETION,
        {"gen_ai.response.id": "cmpl-1", "gen_ai.usage.output_tokens": 5},
    ),
    (
        "embeddings mistral-embed",
        lambda client: embeddings_create(
            client, model="mistral-embed", input="a", output_dimension=8, encoding_format="base64"
        ),
        {"id": "e", "model": "m", "data": [], "usage": {"prompt_tokens": 4, "total_tokens": 4}},
        {
            "gen_ai.embeddings.dimension.count": 8,
            "gen_ai.request.encoding_formats": ("base64",),
            "gen_ai.usage.input_tokens": 4,
            "gen_ai.usage.output_tokens": None,
        },
    ),
    (
        "invoke_agent",
        lambda client: agents_complete(client, agent_id="ag-1", messages=MESSAGES),
        COMPLETION,
        {"gen_ai.agent.id": "ag-1", "gen_ai.response.id": "cmpl-1"},
    ),
    (
        "invoke_agent",
        lambda client: beta_conversations_start(
            client, model="m", inputs="a", completion_args=SETTINGS
        ),
        CONVERSATION,
        {
            **IN_CONVERSATION,
            "gen_ai.request.model": "m",
            "gen_ai.request.temperature": 0.5,
            "gen_ai.request.stop_sequences": ("A", "B"),
        },
    ),
    (
        "invoke_agent",
        lambda client: beta_conversations_append(client, "conv-1", inputs="a"),
        CONVERSATION,
        IN_CONVERSATION,
    ),
    (
        "chat m",
        lambda client: responses_create(
            client,
            model="m",
            input="a",
            max_output_tokens=8,
            text={"format": {"type": "text"}},
        ),
        {
            "id": "resp-1",
            "model": "m-1",
            "status": "completed",
            "output": [],
            "usage": {
                "input_tokens": 3,
                "output_tokens": 4,
                "input_tokens_details": {"cached_tokens": 1},
            },
        },
        {
            "gen_ai.request.max_tokens": 8,
            "gen_ai.output.type": "text",
            "gen_ai.response.id": "resp-1",
            "gen_ai.usage.input_tokens": 3,
            "gen_ai.usage.output_tokens": 4,
            "gen_ai.usage.cache_read.input_tokens": 1,
        },
    ),
    (
        "generate_content mistral-ocr",
        lambda client: ocr_process(
            client,
            model="mistral-ocr",
            document={"type": "document_url", "document_url": "https://a.example/b.pdf"},
        ),
        {"model": "m", "pages": [], "usage_info": {"pages_processed": 2, "doc_size_bytes": 9}},
        {
            "gen_ai.output.type": "text",
            "mistral_ai.ocr.usage.pages_processed": 2,
            "mistral_ai.ocr.usage.doc_size_bytes": 9,
        },
    ),
    (
        "generate_content voxtral",
        lambda client: audio_transcriptions_complete(
            client, model="voxtral", file_url="https://a.example/b.mp3"
        ),
        {"model": "m", "text": "", "usage": {"prompt_tokens": 6, "total_tokens": 6}},
        {"gen_ai.usage.input_tokens": 6, "gen_ai.output.type": "text"},
    ),
    (
        "generate_content tts",
        lambda client: audio_speech_complete(client, model="tts", input="a"),
        {"audio_data": ""},
        {"gen_ai.output.type": "speech", "gen_ai.usage.input_tokens": None},
    ),
    (
        "create_agent Helper",
        lambda client: beta_agents_create(client, model="m", name="Helper", description="Helps"),
        {"id": "ag-1", "name": "Helper", "model": "m", "version": 3},
        {
            "gen_ai.agent.id": "ag-1",
            "gen_ai.agent.name": "Helper",
            "gen_ai.agent.description": "Helps",
            "gen_ai.agent.version": "3",
            "gen_ai.request.model": "m",
            "gen_ai.response.id": None,
        },
    ),
    (
        "retrieval docs",
        lambda client: beta_context_search_indexes_search(client, "docs", retriever={}),
        {"hits": []},
        {"gen_ai.operation.name": "retrieval", "gen_ai.data_source.id": "docs"},
    ),
    (
        "models_retrieve",
        lambda client: models_retrieve(client, "a-secret-name"),
        {"id": "a-secret-name"},
        {"gen_ai.operation.name": "models_retrieve", "gen_ai.response.id": None},
    ),
]


@pytest.mark.parametrize(
    ("name", "call", "response", "expected"),
    CASES,
    ids=[f"{i} {c[0]}" for i, c in enumerate(CASES)],
)
async def test_operation_has_a_span(
    recording: Recording,
    name: str,
    call: Callable[[MistralCore], Awaitable[object]],
    response: dict[str, Any],
    expected: dict[str, Any],
) -> None:
    """Named after the operation in the conventions, or after its function."""
    await call(recording.client(ScriptedTransport(json_response(response))))
    assert recording.span.name == name
    attributes = attributes_of(recording.span)
    assert {each: attributes.get(each) for each in expected} == expected
    assert "error.type" not in attributes


def test_named_operations_exist() -> None:
    """So that a renamed operation is noticed."""
    assert OPERATION_NAMES.keys() | OUTPUT_TYPES.keys() <= OPERATIONS.keys()


async def test_invalid_arguments_are_not_recorded(recording: Recording) -> None:
    """The call reports them. Attributes always have their type."""
    wrong: Any = {"temperature": "hot", "n": True, "stop": 5, "max_tokens": 1.5, "top_p": True}
    client = recording.client(ScriptedTransport(json_response(COMPLETION)))
    await chat_complete(client, model="m", messages=MESSAGES, **wrong)
    requested = [each for each in attributes_of(recording.span) if "gen_ai.request." in each]
    assert requested == ["gen_ai.request.model"]


ADDRESSES = [
    ("http://[::1]/v1", "::1", 80),
    ("https://a.example:8443", "a.example", 8443),
    ("https://a.example:port", None, None),
    ("nonsense", None, None),
]


@pytest.mark.parametrize(("server_url", "address", "port"), ADDRESSES)
async def test_server_is_that_of_the_call(
    recording: Recording, server_url: str, address: str | None, port: int | None
) -> None:
    """From its options, if they are valid."""
    client = recording.client(ScriptedTransport(json_response([])))
    await models_list(client, options=RequestOptions(server_url=server_url))
    attributes = attributes_of(recording.span)
    server = attributes.get("server.address"), attributes.get("server.port")
    assert server == (address, port)


async def test_custom_operation_has_a_span(recording: Recording) -> None:
    """Named after its endpoint."""
    own = Operation("GET", "/v1/own/{name}", returns=NoContent())
    client = recording.client(ScriptedTransport(Response(204)))
    assert isinstance(await client.execute(own, path={"name": "secret"}), Ok)
    assert recording.span.name == "GET /v1/own/{name}"


# ----------------------------------------------------------------------------------------- failures

DETAIL = {"detail": [{"loc": ["body"], "msg": "a secret text", "type": "x"}]}

FAILURES: list[tuple[Response | MistralError, dict[str, Any]]] = [
    (
        json_response({"message": "secret", "type": "rate_limited", "code": "1300"}, 429),
        {"error.type": "rate_limited", "mistral_ai.error.code": "1300"},
    ),
    (
        json_response({"message": "secret", "type": "a secret text", "code": "no code"}, 401),
        {"error.type": "401", "mistral_ai.error.code": None, "http.response.status_code": 401},
    ),
    (json_response(DETAIL, 422), {"error.type": "422", "http.response.status_code": 422}),
    (
        json_response({"choices": "secret"}),
        {"error.type": "ResponseValidationError", "http.response.status_code": 200},
    ),
    (RequestTimeoutError("slow", "read"), {"error.type": "RequestTimeoutError"}),
    (
        APIConnectionError("broken", temporary=False),
        {"error.type": "APIConnectionError", "http.response.status_code": None},
    ),
]


@pytest.mark.parametrize(("outcome", "expected"), FAILURES)
async def test_failure_is_recorded(
    recording: Recording, outcome: Response | MistralError, expected: dict[str, Any]
) -> None:
    """By its type, never by its message, which can contain content."""
    client = recording.client(ScriptedTransport(*[outcome] * 5))
    assert isinstance(await chat_complete(client, model="m", messages=MESSAGES), Err)
    span = recording.span
    attributes = attributes_of(span)
    assert {each: attributes.get(each) for each in expected} == expected
    assert span.status.status_code is StatusCode.ERROR
    assert "secret" not in span.to_json()
    ((measured, _, _),) = recording.points("gen_ai.client.operation.duration")
    assert measured["error.type"] == expected["error.type"]
    assert recording.points("gen_ai.client.token.usage") == []


async def test_failed_response_is_recorded(recording: Recording) -> None:
    """Despite its status 200."""
    failed = {"id": "r", "status": "failed", "error": {"code": "server_error", "message": "no"}}
    client = recording.client(ScriptedTransport(json_response(failed), json_response(failed)))
    await responses_create(client, model="m", input="a")
    assert attributes_of(recording.span)["error.type"] == "server_error"


async def test_unsent_call_is_recorded(recording: Recording) -> None:
    """An invalid argument, and a closed client."""
    client = recording.client(ScriptedTransport())
    assert isinstance(await models_retrieve(client, ".."), Err)
    await client.aclose()
    assert isinstance(await models_list(client), Err)
    types = [attributes_of(span)["error.type"] for span in recording.spans]
    assert types == ["InvalidRequestError", "InvalidRequestError"]


async def test_retries_are_events(recording: Recording) -> None:
    """In one span: the attempts, the pauses, and the reasons."""
    sandbox = Sandbox()
    sandbox.fail(503)
    sandbox.fail(APIConnectionError("broken"))
    await models_list(recording.client(sandbox))
    span = recording.span
    assert [(event.name, dict(event.attributes or {})) for event in span.events] == [
        (
            "mistral_ai.retry",
            {
                "http.request.resend_count": 1,
                "error.type": "service_tier_capacity_exceeded",
                "http.response.status_code": 503,
                "mistral_ai.retry.pause": 0.0,
            },
        ),
        (
            "mistral_ai.retry",
            {
                "http.request.resend_count": 2,
                "error.type": "APIConnectionError",
                "mistral_ai.retry.pause": 0.0,
            },
        ),
    ]
    attributes = attributes_of(span)
    assert (attributes["http.request.resend_count"], "error.type" in attributes) == (2, False)


class Silent:
    """A transport that never responds."""

    api_key = "key"

    async def send(self, request: Request) -> Response:
        """Wait indefinitely."""
        del request
        await asyncio.Event().wait()
        raise AssertionError

    async def aclose(self) -> None:
        """Do nothing."""


async def test_deadline_is_recorded(recording: Recording) -> None:
    """Like any other failure."""
    client = recording.client(Silent())
    await models_list(client, options=RequestOptions(timeout=0.01))
    assert attributes_of(recording.span)["error.type"] == "RequestTimeoutError"


async def test_cancelled_call_is_recorded(recording: Recording) -> None:
    """The cancellation is raised."""
    calling = asyncio.create_task(models_list(recording.client(Silent())))
    await asyncio.sleep(0)
    calling.cancel()
    with pytest.raises(asyncio.CancelledError):
        await calling
    span = recording.span
    assert attributes_of(span)["error.type"] == "CancelledError"
    assert span.status.status_code is StatusCode.ERROR


async def test_closed_coroutine_is_recorded(recording: Recording) -> None:
    """In another context, as by the garbage collector. Nothing is logged."""
    calling = models_list(recording.client(Silent()))
    outer = get_current_span()

    async def begin() -> None:
        calling.send(None)

    await asyncio.create_task(begin())
    calling.close()
    assert attributes_of(recording.span)["error.type"] == "CancelledError"
    assert get_current_span() is outer


# ------------------------------------------------------------------------------------------ context


def parent_of(span: ReadableSpan) -> int | None:
    """Return the ID of a span's parent."""
    return None if span.parent is None else span.parent.span_id


async def test_span_is_a_child_of_the_current_one(recording: Recording) -> None:
    """The transport runs in its context, so the trace continues at the server."""
    seen: list[tuple[int, Request]] = []

    class Watched:
        api_key = "key"

        async def send(self, request: Request) -> Response:
            seen.append((get_current_span().get_span_context().span_id, request))
            return json_response(COMPLETION)

        async def aclose(self) -> None:
            """Do nothing."""

    with recording.tracers.get_tracer("app").start_as_current_span("outer") as outer:
        before = get_current_span()
        await models_list(recording.client(Watched()))
        assert get_current_span() is before
    (span,) = recording.named("models_list")
    ((current, request),) = seen
    assert span.context is not None
    assert parent_of(span) == outer.get_span_context().span_id
    assert current == span.context.span_id
    trace = f"00-{span.context.trace_id:032x}-{span.context.span_id:016x}"
    assert request.headers["traceparent"].startswith(trace)


async def test_propagation_can_be_disabled(recording: Recording) -> None:
    """A caller's own `traceparent` is kept. Baggage is never sent."""
    sandbox = Sandbox()
    token = context.attach(baggage.set_baggage("customer", "secret"))
    await models_list(recording.client(sandbox, propagate=False))
    options = RequestOptions(headers={"traceparent": "mine"})
    await models_list(recording.client(sandbox), options=options)
    await models_list(recording.client(sandbox))
    context.detach(token)
    first, second, third = sandbox.requests
    assert "traceparent" not in first.headers
    assert second.headers["traceparent"] == "mine"
    assert third.headers["traceparent"].startswith("00-")
    assert "baggage" not in third.headers


async def test_baggage_is_recorded(recording: Recording) -> None:
    """The two entries of Mistral's own services, unless the call sets these attributes."""
    inner = baggage.set_baggage("gen_ai.conversation.id", "from-baggage")
    inner = baggage.set_baggage("wf.workflow.execution_id", "wf-1", inner)
    token = context.attach(baggage.set_baggage("customer", "secret", inner))
    client = recording.client(
        ScriptedTransport(json_response(COMPLETION), json_response(CONVERSATION))
    )
    await chat_complete(client, model="m", messages=MESSAGES)
    await beta_conversations_append(client, "conv-1", inputs="a")
    context.detach(token)
    chat, appended = map(attributes_of, recording.spans)
    assert chat["gen_ai.conversation.id"] == "from-baggage"
    assert chat["wf.workflow.execution_id"] == "wf-1"
    assert appended["gen_ai.conversation.id"] == "conv-1"
    assert not any("secret" in str(each) for each in (*chat.values(), *appended.values()))


async def test_concurrent_calls_are_separate(recording: Recording) -> None:
    """A hundred calls, each below the span of its own task."""
    client = recording.client(Sandbox())
    tracer = recording.tracers.get_tracer("app")

    async def work(number: int) -> None:
        with tracer.start_as_current_span(f"task {number}"):
            result = await chat_complete(
                client, model="mistral-large-latest", messages=MESSAGES, max_tokens=number + 1
            )
            assert isinstance(result, Ok)

    await asyncio.gather(*map(work, range(100)))
    tasks = {each.context.span_id: each.name for each in recording.spans if each.context}
    pairs = {
        (attributes_of(span)["gen_ai.request.max_tokens"], tasks[parent_of(span) or 0])
        for span in recording.own_spans
    }
    assert pairs == {(number + 1, f"task {number}") for number in range(100)}
