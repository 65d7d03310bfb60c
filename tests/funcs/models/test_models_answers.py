"""Responses of the models API, including unusual ones.

Valid responses are `Ok`, all others `Err(ResponseValidationError)`. Nothing is raised.
"""

import asyncio
import json
from collections.abc import Callable, Coroutine
from typing import Any

import attrs
import pytest
from hypothesis import HealthCheck, given, settings, strategies as st

from mistral_core import (
    Err,
    Failure,
    Headers,
    MistralCore,
    Ok,
    Response,
    Result,
    RetryConfig,
    Unknown,
)
from mistral_core.testing import ScriptedTransport, json_response
from mistral_funcs import (
    models_list,
    models_retrieve,
    models_update,
)
from mistral_funcs.schemas import (
    BaseModelCard,
    ClassifierFineTunedModel,
    CompletionFineTunedModel,
    FineTunedModel,
    FTModelCard,
    ModelCard,
)


def client_of(response: Response) -> MistralCore:
    """Return a client that receives one response and does not retry."""
    return MistralCore(
        transport=ScriptedTransport(response), retry_config=RetryConfig(strategy="none")
    )


async def retrieved(value: object) -> ModelCard:
    """Return the card that `models_retrieve` reads from a response."""
    return (await models_retrieve(client_of(json_response(value)), "m")).unwrap()


async def updated(value: object) -> FineTunedModel:
    """Return the model that `models_update` reads from a response."""
    return (await models_update(client_of(json_response(value)), "m", name="n")).unwrap()


def names(schema: type[attrs.AttrsInstance]) -> set[str]:
    """Return the JSON keys of a schema's fields."""
    return set(attrs.fields_dict(schema)) - {"additional_properties"}


# ---------------------------------------------------------------------------------- types of models


MODEL_TYPES: dict[str, tuple[dict[str, Any], type]] = {
    "completion": ({"id": "m", "model_type": "completion"}, CompletionFineTunedModel),
    "classifier": ({"id": "m", "model_type": "classifier"}, ClassifierFineTunedModel),
    "in capitals": ({"id": "m", "MODEL_TYPE": "classifier"}, ClassifierFineTunedModel),
    "missing": ({"id": "m", "root": "r"}, CompletionFineTunedModel),
    "missing, with fields of a classifier": (
        {"id": "m", "classifier_targets": []},
        ClassifierFineTunedModel,
    ),
    "null": ({"id": "m", "model_type": None}, CompletionFineTunedModel),
    "unknown": ({"id": "m", "model_type": "embedding"}, Unknown),
}
"""A fine-tuned model in JSON, and the class that is read."""


@pytest.mark.parametrize("tag", ["", 0, False, []])
async def test_empty_type_is_unknown(tag: object) -> None:
    """It fails no call."""
    assert isinstance(await retrieved({"id": "m", "type": tag}), Unknown)
    assert isinstance(await updated({"id": "m", "model_type": tag}), Unknown)


@pytest.mark.parametrize("row", MODEL_TYPES)
async def test_model_has_the_class_of_its_type(row: str) -> None:
    """`model_type` decides, or else the fields. An unknown type is `Unknown`."""
    value, expected = MODEL_TYPES[row]
    assert type(await updated(value)) is expected


# ------------------------------------------------------------------------------- status and headers

ENVELOPES: dict[str, Response] = {
    "201 Created": Response(201, Headers([("content-type", "application/json")]), b'{"id":"m"}'),
    "a byte order mark": Response(200, body=b'\xef\xbb\xbf{"id":"m"}'),
    "surrounding whitespace": Response(200, body=b' \r\n\t{"id" : "m"}\n'),
    "no content type": Response(200, body=b'{"id":"m"}'),
    "the wrong content type": Response(
        200, Headers([("content-type", "text/html")]), b'{"id":"m"}'
    ),
    "problem+json": Response(
        200, Headers([("content-type", "application/problem+json")]), b'{"id":"m"}'
    ),
    "a charset": Response(
        200, Headers([("Content-Type", "application/json; charset=utf-8")]), b'{"id":"m"}'
    ),
}


@pytest.mark.parametrize("envelope", ENVELOPES)
async def test_response_is_read_with_any_status_and_type(envelope: str) -> None:
    """Any success status and any content type, if the body is valid JSON."""
    response = ENVELOPES[envelope]
    result = await models_retrieve(client_of(response), "m")
    assert result == Ok(BaseModelCard(id="m"))
    assert result.call.status == response.status


# ------------------------------------------------------------------------------------- any response

NAMES = sorted(
    names(FTModelCard)
    | names(ClassifierFineTunedModel)
    | {"data", "TYPE", "deleted", "detail", "message", "errors", "vision", "loss_function"}
)

JSON_VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=8)
    | st.sampled_from(["base", "fine-tuned", "completion", "classifier", "2026-01-01T00:00:00Z"]),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(st.sampled_from(NAMES) | st.text(max_size=4), inner, max_size=8)
    ),
    max_leaves=12,
)
"""Almost valid values: keys and tags of the API, the rest is random."""

OPERATIONS: dict[str, Callable[[MistralCore], Coroutine[Any, Any, Result[object, Failure]]]] = {
    "list": models_list,
    "retrieve": lambda client: models_retrieve(client, "m"),
    "update": lambda client: models_update(client, "m", name="n"),
}

ANY_BODY = st.binary(max_size=200) | JSON_VALUES.map(lambda value: json.dumps(value).encode())
ANY_HEADERS = st.dictionaries(
    st.sampled_from(["content-type", "retry-after", "location", "x-ratelimit-limit-req-minute"]),
    st.sampled_from(["application/json", "text/html; charset=latin-1", "1"]) | st.text(max_size=9),
)


@pytest.mark.parametrize("operation", OPERATIONS)
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(status=st.integers(200, 599), headers=ANY_HEADERS, body=ANY_BODY)
def test_any_response_is_a_result(
    operation: str, status: int, headers: dict[str, str], body: bytes
) -> None:
    """It is `Ok` or `Err`, nothing is raised, and the error can be printed."""
    response = Response(status, Headers(headers.items()), body)
    result = asyncio.run(OPERATIONS[operation](client_of(response)))
    assert isinstance(result, Ok | Err)
    assert result.call.status == status
    if isinstance(result, Err):
        assert getattr(result.error, "body", None) == body
        assert str(result.error)
    else:
        assert 200 <= status < 300
