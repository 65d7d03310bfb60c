"""Errors are ordinary exceptions with useful messages."""

import asyncio
import copy
import pickle
from http import HTTPStatus
from typing import get_args

import attrs
import pytest

from mistral_core import (
    APIConnectionError,
    Failure,
    Headers,
    HTTPValidationError,
    InvalidRequestError,
    MistralError,
    RequestTimeoutError,
    ResponseValidationError,
    RetryConfig,
    SDKError,
    ValidationError,
)
from mistral_core.http.statuses import PHRASES, in_words
from mistral_core.pipeline.retry import may_retry

HEADERS = Headers([("x-secret", "hidden-value"), ("content-type", "text/html")])
FAULT = ValidationError(("body", 0, "name"), "must be text", "string_type", 1, {"a": 1})
EACH: list[Failure] = [
    SDKError("no", 404, "t", "1", "p", "r", HEADERS, b"hidden-body"),
    HTTPValidationError("no", (FAULT,), "t", "1", "p", "r", HEADERS, b"hidden-body"),
    ResponseValidationError("odd", "$.a", ("$.a: odd",), 200, "r", HEADERS, b"hidden-body"),
    RequestTimeoutError("late", "read"),
    APIConnectionError("cut", sent=False, temporary=False),
    InvalidRequestError("bad", "model_id"),
]
CLASSES = [type(error) for error in EACH]


def fields(error: Failure) -> dict[str, object]:
    """Return all attributes of an error."""
    return {field.name: getattr(error, field.name) for field in attrs.fields(type(error))}


def test_failures_are_a_closed_set_of_final_classes() -> None:
    """None inherits from another, and all have one base class."""
    assert set(get_args(Failure)) == set(CLASSES)
    for each in CLASSES:
        assert each.__bases__ == (MistralError,)
        assert getattr(each, "__final__", False)


@pytest.mark.parametrize("error", EACH, ids=lambda error: type(error).__name__)
def test_an_error_is_an_ordinary_exception(error: Failure) -> None:
    """It can be raised, caught by its base class, annotated and chained."""
    error.add_note("while testing")
    with pytest.raises(MistralError) as raised:
        raise error from KeyError("cause")
    assert raised.value is error
    assert error.__notes__ == ["while testing"]
    assert isinstance(error.__cause__, KeyError)


@pytest.mark.parametrize("error", EACH, ids=lambda error: type(error).__name__)
def test_an_error_can_be_copied_and_pickled(error: Failure) -> None:
    """With every attribute."""
    for twin in (copy.copy(error), copy.deepcopy(error), pickle.loads(pickle.dumps(error))):  # noqa: S301
        assert type(twin) is type(error)
        actual, expected = fields(twin), fields(error)
        assert dict(actual.pop("headers", {})) == dict(expected.pop("headers", {}))  # type: ignore[call-overload]
        assert actual == expected


async def test_a_task_group_propagates_errors() -> None:
    """`except*` selects them by class."""

    async def fail(error: Failure) -> None:
        raise error

    caught: list[type] = []
    try:
        async with asyncio.TaskGroup() as group:
            for error in EACH:
                group.create_task(fail(error))
    except* SDKError as errors:
        caught += [type(error) for error in errors.exceptions]
    except* MistralError as errors:
        caught += [type(error) for error in errors.exceptions]
    assert set(caught) == set(CLASSES)


@pytest.mark.parametrize("error", EACH, ids=lambda error: type(error).__name__)
def test_a_repr_shows_neither_body_nor_headers(error: Failure) -> None:
    """They may be long and private."""
    assert "hidden" not in repr(error)


def test_a_retired_operation_is_easy_to_match() -> None:
    """By a pattern with the status 410."""
    match SDKError("gone", 410):
        case SDKError(status=410):
            pass
        case _:
            pytest.fail("not matched")


@pytest.mark.parametrize(
    ("error", "text"),
    [
        (SDKError("no", 500), "500 Internal Server Error: no."),
        (SDKError("What?", 299), "Error despite HTTP status 299: What?"),
        (
            SDKError("Unauthorized", 401, request_id="r-1"),
            (
                "401 Unauthorized: Unauthorized. Check the API key: `api_key=`, or"
                " MISTRAL_API_KEY. (request id r-1)"
            ),
        ),
        (
            SDKError("Slow down", 429, "rate_limited", "1300"),
            "429 Too Many Requests: Slow down. (type rate_limited, code 1300)",
        ),
        (
            SDKError("Retired.", 410),
            "410 Gone: Retired. The server no longer offers this operation.",
        ),
        (EACH[1], "422 Unprocessable Entity: no. (type t, code 1, param p, request id r)"),
        (EACH[2], "odd. (status 200, content type text/html, request id r)"),
        (EACH[3], "late"),
        (FAULT, "body.0.name: must be text"),
        (ValidationError((), "no"), "no"),
    ],
)
def test_the_message_of_an_error(error: object, text: str) -> None:
    """What happened, what to do, and the facts to report."""
    assert str(error) == text


@pytest.mark.parametrize(
    ("error", "retryable"),
    [
        *((SDKError("x", status), True) for status in (408, 429, 500, 502, 503, 504)),
        *((SDKError("x", status), False) for status in (400, 401, 403, 404, 409, 410, 501)),
        (SDKError("x", 429, headers=Headers([("X-RateLimit-Limit-Req-Minute", "0")])), False),
        (SDKError("x", 429, headers=Headers([("X-RateLimit-Limit-Req-Minute", "60")])), True),
        (HTTPValidationError("x"), False),
        (ResponseValidationError("x"), False),
        (RequestTimeoutError("x"), True),
        (APIConnectionError("x"), True),
        (APIConnectionError("x", temporary=False), False),
        (InvalidRequestError("x"), False),
        (MistralError(), False),
    ],
)
def test_an_error_reports_whether_a_retry_may_succeed(
    error: MistralError,
    retryable: bool,  # noqa: FBT001
) -> None:
    """A quota of zero never recovers."""
    assert error.retryable is retryable


@pytest.mark.parametrize("status", [520, 521, 522, 523, 524, 529, 530])
def test_failures_of_gateways_are_temporary(status: int) -> None:
    """Statuses from 520 are Cloudflare's.

    A POST is not repeated, because the server may have processed it.
    """
    error = SDKError("x", status)
    assert error.retryable
    assert may_retry(error, RetryConfig(), idempotent=True)
    assert not may_retry(error, RetryConfig(), idempotent=False)


@pytest.mark.parametrize(
    ("status", "words"),
    [
        (413, "413 Request Entity Too Large"),
        (416, "416 Requested Range Not Satisfiable"),
        (422, "422 Unprocessable Entity"),
        (520, "520 Web Server Returned an Unknown Error"),
        (526, "526 Invalid SSL Certificate"),
        (599, "HTTP status 599"),
    ],
)
def test_a_status_reads_the_same_on_each_python(status: int, words: str) -> None:
    """The phrases of `http.HTTPStatus` changed in Python 3.13."""
    assert in_words(status) == words
    assert str(SDKError("no", status)).startswith(f"{words}: no.")


def test_each_error_status_has_a_phrase() -> None:
    """All statuses that any Python version defines."""
    assert {status.value for status in HTTPStatus if status >= 400} <= {*PHRASES}


def test_a_timeout_reports_whether_the_request_was_sent() -> None:
    """Without a connection it was not."""
    assert not RequestTimeoutError("x", "connect").sent
    assert RequestTimeoutError("x", "read").sent
