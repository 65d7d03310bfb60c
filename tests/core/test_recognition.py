"""A 200 response without the expected content is an error, and so is one that reports an error."""

import json
from collections.abc import Awaitable, Callable
from typing import Any, ClassVar, TypeAlias

import attrs
import pytest

from mistral_core import (
    Err,
    Failure,
    HTTPValidationError,
    MistralCore,
    Ok,
    Response,
    ResponseValidationError,
    Result,
    RetryConfig,
    Schema,
    SDKError,
)
from mistral_core.response.decode import error_in_success, read_json
from mistral_core.testing import ScriptedTransport, json_response, stream_response
from mistral_funcs import (
    audio_transcriptions_stream,
    audio_voices_list,
    batch_jobs_get,
    batch_jobs_list,
    chat_complete,
    chat_stream,
    classifiers_moderate,
    embeddings_create,
    files_delete,
    files_list,
    fim_complete,
    fine_tuning_jobs_create,
    fine_tuning_jobs_list,
    models_list,
    models_retrieve,
    ocr_process,
)
from mistral_funcs.schemas import (
    ChatCompletionResponse,
    CompletionChunk,
    DocumentURLChunk,
    ModelList,
)

Call: TypeAlias = Callable[[MistralCore], Awaitable[Result[Any, Failure]]]

KEY = "sk-0123456789"
HI = [{"role": "user", "content": "Hi"}]
AT_ONCE = RetryConfig(initial_interval=0, max_tries=3)

LISTS: dict[str, Call] = {
    "files_list": files_list,
    "batch_jobs_list": batch_jobs_list,
    "fine_tuning_jobs_list": fine_tuning_jobs_list,
    "audio_voices_list": audio_voices_list,
}
CALLS: dict[str, Call] = {
    **LISTS,
    "chat_complete": lambda client: chat_complete(client, model="m", messages=HI),
    "fim_complete": lambda client: fim_complete(client, model="m", prompt="a"),
    "embeddings_create": lambda client: embeddings_create(client, model="m", input="a"),
    "classifiers_moderate": lambda client: classifiers_moderate(client, model="m", input="a"),
    "ocr_process": lambda client: ocr_process(
        client, model="m", document=DocumentURLChunk(document_url="https://example.com/a.pdf")
    ),
    "models_retrieve": lambda client: models_retrieve(client, "m"),
    "files_delete": lambda client: files_delete(client, "f"),
    "fine_tuning_jobs_create": lambda client: fine_tuning_jobs_create(
        client, model="m", hyperparameters={}
    ),
}
"""Operations of each response kind: with required fields, without, and a union."""


async def result_of(
    call: Call, *values: object, retry_config: RetryConfig = AT_ONCE
) -> Result[Any, Failure]:
    """Return the result of a call that receives these responses in order."""
    transport = ScriptedTransport(*map(json_response, values))
    result = await call(MistralCore(transport=transport, retry_config=retry_config))
    assert result.call.attempts == len(transport.requests)
    return result


@pytest.mark.parametrize("name", [*CALLS, "models_list"])
@pytest.mark.parametrize(
    ("value", "words"),
    [
        ({"message": "Service under maintenance"}, "Service under maintenance"),
        ({"detail": "Service under maintenance"}, "Service under maintenance"),
        ({"code": 500, "msg": "Out of order", "data": None}, "Out of order"),
    ],
)
async def test_message_in_place_of_a_response_is_an_err(
    name: str, value: object, words: str
) -> None:
    """The error has the server's message.

    The call is not retried, because the server may have done the work.
    """
    result = await result_of({**CALLS, "models_list": models_list}[name], value)
    assert isinstance(result, Err)
    assert isinstance(result.error, ResponseValidationError)
    assert words in result.error.message
    assert json.loads(result.error.body) == value
    assert (result.call.status, result.call.attempts) == (200, 1)


@pytest.mark.parametrize("name", CALLS)
async def test_empty_object_in_place_of_a_response_is_an_err(name: str) -> None:
    """It has none of the required fields."""
    result = await result_of(CALLS[name], {})
    assert isinstance(result, Err)
    assert isinstance(result.error, ResponseValidationError)


async def test_error_names_fields_that_were_expected() -> None:
    """So that the reader sees what is missing."""
    result = await result_of(files_list, {"new": 1})
    assert isinstance(result, Err)
    assert isinstance(result.error, ResponseValidationError)
    assert result.error.path == "$"
    assert result.error.errors == (
        "`$` has none of the expected fields, such as `data`, `object`, `total`",
    )


@pytest.mark.parametrize("name", LISTS)
@pytest.mark.parametrize("value", [{"total": 0}, {"total": 0, "next": "a"}])
async def test_list_without_its_items_is_empty(name: str, value: object) -> None:
    """Some servers leave out empty lists. Any other field identifies the list."""
    result = await result_of(LISTS[name], value)
    assert result.unwrap().data == []


@pytest.mark.parametrize("value", [{}, {"data": None}, {"object": "list"}, {"next": "a"}])
async def test_response_that_requires_no_field_may_be_empty(value: object) -> None:
    """Lists of models have no required field."""
    assert (await result_of(models_list, value)).unwrap().data == []


async def test_list_that_is_null_is_empty() -> None:
    """Servers written in Go send `null` for an empty list."""
    assert (await result_of(files_list, {"data": None})).unwrap().data == []


@attrs.frozen(kw_only=True)
class Acknowledgement(Schema):
    """A custom response without required fields."""

    _may_be_empty: ClassVar[bool] = True

    note: str | None = None


@attrs.frozen(kw_only=True)
class Nothing(Schema):
    """A response without fields."""


@attrs.frozen(kw_only=True)
class Wrapped(Schema):
    """A response with another shape on the wire."""

    size: int = 0

    @staticmethod
    def _normalize(value: Any) -> Any:
        """Unwrap the size."""
        return value.get("envelope", value)


@attrs.frozen
class Report:
    """A class with a field for an error."""

    error: dict[str, Any] | None = None


@pytest.mark.parametrize(
    ("schema", "value", "expected"),
    [
        (Acknowledgement, {}, Acknowledgement()),
        (Nothing, {}, Nothing()),
        (Nothing, {"message": "done"}, Nothing(additional_properties={"message": "done"})),
        (Wrapped, {"envelope": {"size": 3}}, Wrapped(size=3)),
        (Report, {"error": {"message": "failed"}}, Report({"message": "failed"})),
        (dict[str, Any], {"message": "done"}, {"message": "done"}),
        (dict[str, Any], {"error": "none"}, {"error": "none"}),
        (Any, {"error": "none"}, {"error": "none"}),
        (list[int], [], []),
        (ModelList, [], ModelList()),
    ],
)
def test_response_of_any_type_is_recognized(schema: Any, value: object, expected: object) -> None:
    """If the type accepts any object, every object is valid."""
    assert read_json(json_response(value), schema) == expected


# --------------------------------------------------------------------------- errors with status 200

BUSY = {"error": {"message": "Too busy", "type": "rate_limited", "code": 429}}

ERRORS: dict[str, tuple[dict[str, Any], int, bool]] = {
    "an object": ({"error": {"message": "Too busy"}}, 200, False),
    "a string": ({"error": "Too busy"}, 200, False),
    "with null beside it": ({**BUSY, "choices": None, "data": None}, 429, True),
    "with empty lists beside it": ({**BUSY, "choices": [], "data": [], "pages": []}, 429, True),
    "with labels beside it": (
        {**BUSY, "object": "x", "model": "m", "created": 1, "total": 0},
        429,
        True,
    ),
    "code in the error": ({"error": {"message": "Too busy", "code": 503}}, 503, True),
    "code as a string": ({"error": {"message": "Too busy", "code": "429"}}, 429, True),
    "status beside the error": ({"error": "Too busy", "status": 502}, 502, True),
    "a status that is final": ({"error": {"message": "Too busy", "status_code": 403}}, 403, False),
    "a code that is no status": ({"error": {"message": "Too busy", "code": "3505"}}, 200, False),
    "a code that is a boolean": ({"error": {"message": "Too busy", "code": True}}, 200, False),
    "an error object": ({"object": "error", "message": "Too busy"}, 200, False),
    "an error object with a status": (
        {"object": "error", "message": "Too busy", "raw_status_code": 429, "code": "1300"},
        429,
        True,
    ),
}
"""A body, the status that it reports, and whether the error is retryable."""


@pytest.mark.parametrize("row", ERRORS)
@pytest.mark.parametrize("name", CALLS)
async def test_error_in_a_success_is_an_err_for_every_operation(name: str, row: str) -> None:
    """With the server's message, the reported status, and the retryability of that status."""
    value, status, retryable = ERRORS[row]
    result = await result_of(CALLS[name], value, retry_config=RetryConfig(strategy="none"))
    assert isinstance(result, Err)
    assert isinstance(result.error, SDKError)
    assert result.error.message == "Too busy"
    assert (result.error.status, result.error.retryable) == (status, retryable)
    assert json.loads(result.error.body) == value
    assert result.call.status == 200


async def test_error_with_the_status_422_is_a_validation_error() -> None:
    """With its list of faults."""
    fault = {"loc": ["body", "model"], "msg": "is unknown"}
    value = {"error": {"detail": [fault]}, "status": 422}
    result = await result_of(CALLS["chat_complete"], value)
    assert isinstance(result, Err)
    assert isinstance(result.error, HTTPValidationError)
    assert result.error.detail[0].loc == ("body", "model")


BESIDE: list[tuple[str, dict[str, Any]]] = [
    ("chat_complete", {"id": "a", "choices": [{}], "error": {"message": "late"}}),
    ("chat_complete", {"id": "a", "choices": [{}], "error": None}),
    ("embeddings_create", {"data": [{"embedding": [1.0]}], "error": "late"}),
    ("files_list", {"data": [{"id": "f"}], "error": {"code": 429}}),
    ("files_list", {"data": [], "error": None}),
    ("files_list", {"data": [], "error": {}}),
    ("files_list", {"data": [], "error": ""}),
    ("job", {"id": "j", "status": "FAILED", "error": {"message": "the job failed"}}),
]
"""An operation, and a response with an error that does not belong to the call."""


@pytest.mark.parametrize(("name", "value"), BESIDE)
async def test_response_with_an_error_beside_it_is_read(name: str, value: dict[str, Any]) -> None:
    """Such as a failed job: the call itself succeeded."""
    calls: dict[str, Call] = {**CALLS, "job": lambda client: batch_jobs_get(client, "j")}
    response = (await result_of(calls[name], value)).unwrap()
    assert response.additional_properties["error"] == value["error"]


GOOD: dict[str, Any] = {
    "files_list": {"data": []},
    "chat_complete": {"choices": [{"message": {"content": "Hi"}}]},
}


@pytest.mark.parametrize(
    ("name", "code", "attempts"),
    [
        ("files_list", 429, 2),
        ("files_list", 503, 2),
        ("files_list", 400, 1),
        ("chat_complete", 429, 2),
        ("chat_complete", 503, 1),
        ("chat_complete", 500, 1),
    ],
)
async def test_error_in_a_success_is_retried_like_its_status(
    name: str, code: int, attempts: int
) -> None:
    """A POST that the server may have processed is not."""
    result = await result_of(
        CALLS[name], {"error": {"message": "Busy", "code": code}}, *[GOOD[name]] * (attempts - 1)
    )
    assert isinstance(result, Ok) is (attempts == 2)
    assert (result.call.attempts, result.call.status) == (attempts, 200)


async def test_last_error_is_the_result_if_all_attempts_fail() -> None:
    """Whether it was reported by status or in a 200 response."""
    responses = [json_response(BUSY), json_response({"message": "no"}, 503), json_response(BUSY)]
    transport = ScriptedTransport(*responses)
    result = await files_list(MistralCore(transport=transport, retry_config=AT_ONCE))
    assert isinstance(result, Err)
    assert (result.call.attempts, result.call.status) == (3, 200)
    transport = ScriptedTransport(*responses[:2])
    twice = RetryConfig(initial_interval=0, max_tries=2)
    result = await files_list(MistralCore(transport=transport, retry_config=twice))
    assert (result.call.attempts, result.call.status) == (2, 503)


async def test_key_in_an_error_in_a_success_is_hidden() -> None:
    """As in any error."""
    transport = ScriptedTransport(json_response({"error": {"message": f"bad key {KEY}"}}))
    result = await files_list(MistralCore(KEY, transport=transport))
    assert isinstance(result, Err)
    assert "bad key" in str(result.error)
    assert KEY not in str(result.error)


# ------------------------------------------------------------------------------------------ streams

EVENTS: dict[str, tuple[str, int, str]] = {
    "an error": (f"data: {json.dumps(BUSY)}", 429, "Too busy"),
    "beside the last chunk": (
        'data: {"id":"a","choices":[{"finish_reason":"error"}],"error":{"code":502,"message":"x"}}',
        502,
        "x",
    ),
    "an error object": (
        'data: {"object":"error","message":"x","raw_status_code":503}',
        503,
        "x",
    ),
    "an event with its name": ('event: error\ndata: {"error":"x","status":429}', 429, "x"),
    "an event with its name, of words": ("event: error\ndata: out of memory", 200, "out of memory"),
}


async def streamed(*events: str) -> list[Result[CompletionChunk, Failure]]:
    """Return the items of a stream with these events."""
    response = stream_response(*(f"{event}\n\n".encode() for event in events))
    client = MistralCore(transport=ScriptedTransport(response))
    stream = (await chat_stream(client, model="m", messages=HI)).unwrap()
    async with stream as items:
        return [item async for item in items]


@pytest.mark.parametrize("row", EVENTS)
async def test_error_in_an_event_is_the_last_item(row: str) -> None:
    """With the reported status."""
    event, status, words = EVENTS[row]
    (item,) = await streamed(event, "data: [DONE]")
    assert isinstance(item, Err)
    assert isinstance(item.error, SDKError)
    assert (item.error.status, item.error.message) == (status, words)


async def test_null_error_in_an_event_is_ignored() -> None:
    """Some servers send it in each chunk."""
    chunk, last = await streamed(
        'data: {"id":"a","choices":[{"delta":{"content":"Hi"}}],"error":null}',
        'data: {"message":"Service under maintenance"}',
    )
    assert chunk.unwrap().text == "Hi"
    assert isinstance(last, Err)
    assert "Service under maintenance" in last.error.message


async def test_event_without_a_known_field_is_an_err_in_a_union_too() -> None:
    """It is not read as the first event type."""
    response = stream_response(b'data: {"message":"maintenance"}\n\n')
    client = MistralCore(transport=ScriptedTransport(response))
    stream = await audio_transcriptions_stream(client, model="m", file_url="https://example.com/a")
    async with stream.unwrap() as items:
        (item,) = [each async for each in items]
    assert isinstance(item, Err)
    assert "maintenance" in item.error.message


async def test_error_instead_of_a_stream_is_an_sdk_error() -> None:
    """JSON with the status 200 instead of events."""
    response = stream_response(json.dumps(BUSY).encode(), content_type="application/json")
    client = MistralCore(transport=ScriptedTransport(response))
    stream = (await chat_stream(client, model="m", messages=HI)).unwrap()
    async with stream as items:
        (item,) = [each async for each in items]
    assert isinstance(item, Err)
    assert isinstance(item.error, SDKError)
    assert (item.error.status, item.error.message) == (429, "Too busy")


@pytest.mark.parametrize("body", [b"", b"<html>", b"[]", b'{"error":null}', b"[" * 100_000])
def test_body_without_an_error_is_no_error(body: bytes) -> None:
    """Whatever it contains."""
    assert error_in_success(Response(200, body=body)) is None


SOME: list[dict[str, Any]] = [
    {"choices": [{}]},
    {"id": None, "choices": []},
    {"model": "m"},
    {"usage": {}},
]
"""Completions with few of their fields."""


@pytest.mark.parametrize("value", SOME)
def test_completion_needs_no_id(value: object) -> None:
    """Any field identifies it."""
    response = read_json(json_response(value), ChatCompletionResponse)
    assert response.id == ""
