"""Reading responses: valid ones are values, invalid ones are errors with path and body."""

from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given, strategies as st

from mistral_core import JSON, Headers, Response, ResponseValidationError
from mistral_core.response.decode import read_json
from mistral_funcs.schemas import BaseModelCard, ModelList

HEADERS = Headers([("mistral-correlation-id", "r")])


def test_json_is_accepted() -> None:
    """The request has its media type."""
    assert JSON(ModelList).accept == "application/json"


@pytest.mark.parametrize(
    "body", [b'{"data":[{"id":"m"}]}', b'\xef\xbb\xbf[{"id":"m"}]', b' [{"id":"m"}]\n']
)
def test_a_response_is_read(body: bytes) -> None:
    """Also with a byte order mark, or whitespace around it."""
    assert read_json(Response(200, HEADERS, body), ModelList) == ModelList(
        data=[BaseModelCard(id="m")]
    )


@pytest.mark.parametrize(
    ("body", "path", "message"),
    [
        (b"", "$", "is not JSON"),
        (b"<html>", "$", "is not JSON"),
        (b'{"data":[', "$", "is not JSON"),
        (b"\xff", "$", "is not JSON"),
        (b'{"a":NaN}', "$", "NaN is not a JSON number"),
        (b"[" * 100_000, "$", "is not JSON"),
        (b"1" * 10_000, "$", "is not JSON"),
        (b"7", "$", "must be an object, got a number"),
        (b'{"data":1,"object":2}', "$.data", "must be an array, got a number (and 1 more)"),
    ],
)
def test_an_invalid_response_is_an_error(body: bytes, path: str, message: str) -> None:
    """With the path, the body, the status and the request ID."""
    with pytest.raises(ResponseValidationError) as raised:
        read_json(Response(201, HEADERS, body), ModelList)
    error = raised.value
    assert message in error.message
    assert (error.path, error.status, error.request_id, error.body) == (path, 201, "r", body)
    assert error.errors[0].startswith(f"`{path}` ")


@given(st.binary())
def test_any_body_is_read_or_refused(body: bytes) -> None:
    """No other exception is raised."""
    with suppress(ResponseValidationError):
        read_json(Response(200, HEADERS, body), Any)
