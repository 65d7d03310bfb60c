"""How the answers of the models API are read, odd ones too.

What can be read is `Ok`, the rest is `Err(ResponseValidationError)`; nothing is raised.
"""

import asyncio
import json
from collections.abc import Awaitable, Callable, Mapping
from datetime import UTC, datetime
from typing import Any, TypeAlias

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
    ResponseValidationError,
    Result,
    RetryConfig,
    Unknown,
)
from mistral_core.testing import ScriptedTransport, json_response
from mistral_funcs import (
    models_archive,
    models_delete,
    models_list,
    models_retrieve,
    models_unarchive,
    models_update,
)
from mistral_funcs.schemas import (
    ArchiveModelResponse,
    AudioSpeechCapabilities,
    AudioTranscriptionCapabilities,
    BaseModelCard,
    ClassifierFineTunedModel,
    ClassifierTargetResult,
    CompletionFineTunedModel,
    DeleteModelResponse,
    FineTunedModel,
    FineTunedModelCapabilities,
    FTModelCard,
    ModelCapabilities,
    ModelCard,
    ModelList,
    StreamingDelayRange,
    UnarchiveModelResponse,
)

CallIt: TypeAlias = Callable[[MistralCore], Awaitable[Result[object, Failure]]]

SIX: dict[str, CallIt] = {
    "list": models_list,
    "retrieve": lambda client: models_retrieve(client, "m"),
    "delete": lambda client: models_delete(client, "m"),
    "update": lambda client: models_update(client, "m", name="n"),
    "archive": lambda client: models_archive(client, "m"),
    "unarchive": lambda client: models_unarchive(client, "m"),
}
"""Each of the six operations, called."""


def client_of(response: Response) -> MistralCore:
    """Return a client that gets one answer, and does not ask twice."""
    return MistralCore(
        transport=ScriptedTransport(response), retry_config=RetryConfig(strategy="none")
    )


async def listed(value: object) -> ModelList:
    """Return the list that `models_list` makes of an answer."""
    return (await models_list(client_of(json_response(value)))).unwrap()


async def retrieved(value: object) -> ModelCard:
    """Return the card that `models_retrieve` makes of an answer."""
    return (await models_retrieve(client_of(json_response(value)), "m")).unwrap()


async def updated(value: object) -> FineTunedModel:
    """Return the model that `models_update` makes of an answer."""
    return (await models_update(client_of(json_response(value)), "m", name="n")).unwrap()


def names(schema: type[attrs.AttrsInstance]) -> set[str]:
    """Return the names that a schema's fields have on the wire."""
    return set(attrs.fields_dict(schema)) - {"additional_properties"}


# -------------------------------------------------------------------------------- the usual answer


async def test_card_is_read_whole() -> None:
    """Every kind of field comes out as its Python type."""
    card = await retrieved(
        {
            "id": "mistral-small",
            "object": "model",
            "created": 1756746619,
            "owned_by": "mistralai",
            "capabilities": {"completion_chat": True, "vision": False},
            "name": "Small",
            "description": None,
            "max_context_length": 131072,
            "aliases": ["small"],
            "deprecation": "2026-03-01T12:00:00Z",
            "deprecation_replacement_model": "mistral-medium",
            "default_model_temperature": 1,
            "type": "base",
        }
    )
    assert card == BaseModelCard(
        id="mistral-small",
        created=1756746619,
        capabilities=ModelCapabilities(completion_chat=True),
        name="Small",
        max_context_length=131072,
        aliases=["small"],
        deprecation=datetime(2026, 3, 1, 12, tzinfo=UTC),
        deprecation_replacement_model="mistral-medium",
        default_model_temperature=1.0,
    )


async def test_classifier_is_read_whole() -> None:
    """A fine-tuned model bears its nested objects."""
    model = await updated(
        {
            "id": "ft:classifier",
            "created": 1,
            "owned_by": "me",
            "workspace_id": "w",
            "root": "ministral-3b",
            "root_version": "2410",
            "archived": True,
            "capabilities": {"completion_chat": False, "classification": True},
            "classifier_targets": [
                {"name": "mood", "labels": ["good"], "weight": 1, "loss_function": "single_class"}
            ],
            "model_type": "classifier",
        }
    )
    assert model == ClassifierFineTunedModel(
        id="ft:classifier",
        created=1,
        owned_by="me",
        workspace_id="w",
        root="ministral-3b",
        root_version="2410",
        archived=True,
        capabilities=FineTunedModelCapabilities(completion_chat=False, classification=True),
        classifier_targets=[
            ClassifierTargetResult(
                name="mood", labels=["good"], weight=1.0, loss_function="single_class"
            )
        ],
    )


CONFIRMED: dict[str, tuple[str, dict[str, Any], object]] = {
    "delete": ("delete", {"id": "m", "deleted": True}, DeleteModelResponse(id="m", deleted=True)),
    "delete refused": (
        "delete",
        {"id": "m", "object": "model", "deleted": False},
        DeleteModelResponse(id="m", deleted=False),
    ),
    "delete, only id": ("delete", {"id": "m"}, DeleteModelResponse(id="m", deleted=True)),
    "archive, only id": ("archive", {"id": "m"}, ArchiveModelResponse(id="m", archived=True)),
    "unarchive, only id": (
        "unarchive",
        {"id": "m", "object": None, "archived": None},
        UnarchiveModelResponse(id="m", archived=False),
    ),
}
"""An operation, its answer in JSON, and what that is read as."""


@pytest.mark.parametrize("row", CONFIRMED)
async def test_confirmation_is_read(row: str) -> None:
    """What a confirmation leaves out is what the operation is for."""
    operation, value, expected = CONFIRMED[row]
    assert await SIX[operation](client_of(json_response(value))) == Ok(expected)


# ------------------------------------------------------------------------------- the shape of lists

SHAPES: dict[str, object] = {
    "as specified": {"object": "list", "data": [{"id": "a", "type": "base"}]},
    "a bare array": [{"id": "a", "type": "base"}],
    "a bare array with TYPE": [{"id": "a", "TYPE": "base"}],
    "without object": {"data": [{"id": "a", "type": "base"}]},
    "object is null": {"object": None, "data": [{"id": "a", "type": "base"}]},
}


@pytest.mark.parametrize("shape", SHAPES)
async def test_list_is_read_in_each_of_its_shapes(shape: str) -> None:
    """The specified object and the bare array of the API's own example are the same list."""
    (card,) = (await listed(SHAPES[shape])).data
    assert isinstance(card, BaseModelCard)
    assert card.id == "a"


@pytest.mark.parametrize(
    "value", [[], {}, {"data": []}, {"data": None}, {"object": "list", "data": []}]
)
async def test_list_of_nothing_is_empty(value: object) -> None:
    """No models, no data, or `null` in its place: the list is empty."""
    assert (await listed(value)).data == []


async def test_list_keeps_what_is_not_specified() -> None:
    """Fields beside `data`, such as those of a page, are to be had."""
    assert (await listed({"data": [], "has_more": True})).additional_properties == {
        "has_more": True
    }


async def test_one_broken_item_does_not_take_the_list_down() -> None:
    """What cannot be read stands at its place as `Unknown`, with its reason; the rest is read."""
    broken: list[object] = [
        {"id": 7},
        {"name": "no id"},
        "text",
        None,
        [1],
        {"id": "x", "capabilities": []},
    ]
    good = {"id": "good", "type": "base"}
    cards = (await listed({"data": [good, *broken, good]})).data
    assert [type(card) for card in cards] == [BaseModelCard, *[Unknown] * 6, BaseModelCard]
    unknown = [card for card in cards if isinstance(card, Unknown)]
    assert [card.raw for card in unknown] == broken
    assert [card.reason for card in unknown] == [
        "`$.id` must be a string, got a number",
        "`$.id` is missing",
        "`$` must be an object, got a string",
        "`$` must be an object, got null",
        "`$` must be an object, got an array",
        "`$.capabilities` must be an object, got an array",
    ]


# ---------------------------------------------------------------------------- the type of a model

CARD_TYPES: dict[str, tuple[dict[str, Any], type]] = {
    "base": ({"id": "m", "type": "base"}, BaseModelCard),
    "fine-tuned": ({"id": "m", "type": "fine-tuned"}, FTModelCard),
    "TYPE, as in the documents": ({"id": "m", "TYPE": "fine-tuned"}, FTModelCard),
    "missing, like a base model": ({"id": "m", "internal": False}, BaseModelCard),
    "missing, like a fine-tuned one": ({"id": "m", "job": "j", "root": "r"}, FTModelCard),
    "null, like a fine-tuned one": ({"id": "m", "type": None, "root": "r"}, FTModelCard),
    "unknown": ({"id": "m", "type": "merged"}, Unknown),
    "not even a text": ({"id": "m", "type": ["base"]}, Unknown),
}
"""A card in JSON, and the class that it is read as."""

MODEL_TYPES: dict[str, tuple[dict[str, Any], type]] = {
    "completion": ({"id": "m", "model_type": "completion"}, CompletionFineTunedModel),
    "classifier": ({"id": "m", "model_type": "classifier"}, ClassifierFineTunedModel),
    "in capitals": ({"id": "m", "MODEL_TYPE": "classifier"}, ClassifierFineTunedModel),
    "missing": ({"id": "m", "root": "r"}, CompletionFineTunedModel),
    "missing, like a classifier": (
        {"id": "m", "classifier_targets": []},
        ClassifierFineTunedModel,
    ),
    "null": ({"id": "m", "model_type": None}, CompletionFineTunedModel),
    "unknown": ({"id": "m", "model_type": "embedding"}, Unknown),
}
"""A fine-tuned model in JSON, and the class that it is read as."""


@pytest.mark.parametrize("tag", ["", 0, False, []])
async def test_empty_type_is_an_unknown_one(tag: object) -> None:
    """A tag that is there and empty fails no call either."""
    assert isinstance(await retrieved({"id": "m", "type": tag}), Unknown)
    assert isinstance(await updated({"id": "m", "model_type": tag}), Unknown)


@pytest.mark.parametrize("row", CARD_TYPES)
async def test_card_is_of_the_class_that_its_type_says(row: str) -> None:
    """Alone and in a list, `type` or else the fields decide; a new type is `Unknown`."""
    value, expected = CARD_TYPES[row]
    card = await retrieved(value)
    assert type(card) is expected
    assert (await listed([value])).data == [card]


@pytest.mark.parametrize("row", MODEL_TYPES)
async def test_model_is_of_the_class_that_its_type_says(row: str) -> None:
    """`model_type` or else the fields decide; a new type is `Unknown`."""
    value, expected = MODEL_TYPES[row]
    assert type(await updated(value)) is expected


async def test_unknown_type_is_kept_as_it_came() -> None:
    """A model of a new type is `Ok`, bears all that was sent, and says why it is not known."""
    value = {"id": "m", "type": "merged", "parents": ["a", "b"]}
    card = await retrieved(value)
    assert isinstance(card, Unknown)
    assert card.raw == value
    assert card.reason == "unknown type 'merged'"


# ------------------------------------------------------------- what is missing, null or not known


async def test_card_with_only_an_id_is_read() -> None:
    """The smallest card of a third party's server has the defaults of all other fields."""
    assert await retrieved({"id": "m"}) == BaseModelCard(id="m")
    assert (await listed([{"id": "m"}])).data == [BaseModelCard(id="m")]
    assert await updated({"id": "m"}) == CompletionFineTunedModel(id="m")


async def test_third_party_model_is_read() -> None:
    """The shape that other vendors' servers have: id, object, created, owned_by, and no more."""
    card = await retrieved({"id": "m", "object": "model", "created": 1, "owned_by": "vllm"})
    assert card == BaseModelCard(id="m", created=1, owned_by="vllm")


@pytest.mark.parametrize("schema", [BaseModelCard, FTModelCard])
async def test_card_with_null_everywhere_has_its_defaults(
    schema: type[BaseModelCard | FTModelCard],
) -> None:
    """`null` where the specification has none is the default, not a failure."""
    nulls: Mapping[str, object] = dict.fromkeys(names(schema))
    empty = schema(id="m")
    assert await retrieved({**nulls, "id": "m", "type": empty.type}) == empty


@pytest.mark.parametrize("schema", [CompletionFineTunedModel, ClassifierFineTunedModel])
async def test_model_with_null_everywhere_has_its_defaults(
    schema: type[CompletionFineTunedModel | ClassifierFineTunedModel],
) -> None:
    """So it is for a fine-tuned model."""
    nulls: Mapping[str, object] = dict.fromkeys(names(schema))
    empty = schema(id="m")
    assert await updated({**nulls, "id": "m", "model_type": empty.model_type}) == empty


async def test_unknown_fields_are_kept_at_every_depth() -> None:
    """What the specification does not name is reachable, where it stood."""
    card = await retrieved({"id": "m", "price": "b", "capabilities": {"telepathy": True}})
    assert isinstance(card, BaseModelCard)
    assert card.additional_properties == {"price": "b"}
    assert card.capabilities.additional_properties == {"telepathy": True}


async def test_what_an_audio_model_can_do_is_read() -> None:
    """And under which name a model is billed, whether it was fine-tuned or not."""
    heard = {
        "modes": ["offline", "realtime"],
        "diarization": True,
        "context_bias": None,
        "turn_detection": True,
        "timestamp_granularities": ["segment"],
        "streaming_delays_ms": [{"min": 80, "max": 2400}, {}],
        "new": 1,
    }
    spoken = {"modes": ["offline"], "instruction": True, "response_formats": ["mp3"]}
    card = await retrieved(
        {
            "id": "m",
            "billing_model_name": "b",
            "audio_transcription_capabilities": heard,
            "audio_speech_capabilities": spoken,
        }
    )
    assert card == BaseModelCard(
        id="m",
        billing_model_name="b",
        audio_transcription_capabilities=AudioTranscriptionCapabilities(
            modes=["offline", "realtime"],
            diarization=True,
            turn_detection=True,
            timestamp_granularities=["segment"],
            streaming_delays_ms=[StreamingDelayRange(min=80, max=2400), StreamingDelayRange()],
            additional_properties={"new": 1},
        ),
        audio_speech_capabilities=AudioSpeechCapabilities(
            modes=["offline"], instruction=True, response_formats=["mp3"]
        ),
    )
    tuned = await retrieved({"id": "m", "type": "fine-tuned", "billing_model_name": "b"})
    assert tuned == FTModelCard(id="m", billing_model_name="b")


async def test_unknown_enum_value_comes_through() -> None:
    """A value that an enum did not have yet is the text that was sent."""
    model = await updated(
        {"id": "m", "classifier_targets": [{"name": "n", "loss_function": "ordinal"}]}
    )
    assert isinstance(model, ClassifierFineTunedModel)
    assert model.classifier_targets[0].loss_function == "ordinal"


# ------------------------------------------------------------------------ the envelope of an answer

ENVELOPES: dict[str, Response] = {
    "201 Created": Response(201, Headers([("content-type", "application/json")]), b'{"id":"m"}'),
    "a byte order mark": Response(200, body=b'\xef\xbb\xbf{"id":"m"}'),
    "white space around": Response(200, body=b' \r\n\t{"id" : "m"}\n'),
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
@pytest.mark.parametrize("operation", SIX)
async def test_answer_is_read_in_any_envelope(operation: str, envelope: str) -> None:
    """Any status of success and any content type do, as long as the body is the right JSON."""
    response = ENVELOPES[envelope]
    result = await SIX[operation](client_of(response))
    assert isinstance(result, Ok)
    assert result.call.status == response.status
    assert getattr(result.value, "id", None) == ("m" if operation != "list" else None)


# ------------------------------------------------------------------------------ what cannot be read

FAULTY_FIELDS: dict[str, tuple[str, object, str]] = {
    "id missing": ("retrieve", {"name": "n"}, "$.id"),
    "id null": ("retrieve", {"id": None}, "$.id"),
    "id a number": ("delete", {"id": 7}, "$.id"),
    "flag a text": ("archive", {"id": "m", "archived": "yes"}, "$.archived"),
    "flag a number": ("unarchive", {"id": "m", "archived": 0}, "$.archived"),
    "number a text": ("retrieve", {"id": "m", "created": "yesterday"}, "$.created"),
    "number with a fraction": ("retrieve", {"id": "m", "created": 1.5}, "$.created"),
    "number a flag": ("retrieve", {"id": "m", "max_context_length": True}, "$.max_context_length"),
    "item a number": ("retrieve", {"id": "m", "aliases": ["a", 2]}, "$.aliases[1]"),
    "array an object": ("update", {"id": "m", "aliases": {}}, "$.aliases"),
    "deep in an object": (
        "retrieve",
        {"id": "m", "capabilities": {"vision": 1}},
        "$.capabilities.vision",
    ),
    "deep in an array": (
        "update",
        {"id": "m", "classifier_targets": [{"name": "n", "labels": [None]}]},
        "$.classifier_targets[0].labels[0]",
    ),
    "no date": ("retrieve", {"id": "m", "deprecation": "soon"}, "$.deprecation"),
    "data an object": ("list", {"data": {"id": "m"}}, "$.data"),
    "list a text": ("list", "models", "$"),
    "card an array": ("retrieve", [{"id": "m"}], "$"),
    "card null": ("retrieve", None, "$"),
    "model a number": ("update", 3, "$"),
}
"""An operation, an answer that it cannot read, and the JSON path of what is wrong."""

BODIES: dict[str, bytes] = {
    "empty": b"",
    "white space": b" \n",
    "HTML": b"<!doctype html><title>Welcome</title>",
    "cut off": b'{"id":"m",',
    "something after it": b'{"id":"m"}}',
    "not UTF-8": b'{"id":"\xff"}',
    "UTF-16": '{"id":"m"}'.encode("utf-16"),
    "NaN": b'{"id":"m","created":NaN}',
    "a number without end": b'{"id":"m","created":' + b"1" * 5_000 + b"}",
    "a key twice": b'{"id":"a","id":"m"}',
    "too deep": b"[" * 100_000,
    "only a byte order mark": b"\xef\xbb\xbf",
}
"""Bodies that are no JSON."""


async def refused(operation: str, response: Response) -> ResponseValidationError:
    """Return the error that an answer of success makes, which must be of this class."""
    result = await SIX[operation](client_of(response))
    assert isinstance(result, Err)
    assert isinstance(result.error, ResponseValidationError)
    return result.error


@pytest.mark.parametrize("row", FAULTY_FIELDS)
async def test_wrong_field_is_named_by_its_json_path(row: str) -> None:
    """The error says where the fault is, and keeps the answer as it came."""
    operation, value, path = FAULTY_FIELDS[row]
    response = json_response(value, 201, {"mistral-correlation-id": "c-1"})
    error = await refused(operation, response)
    assert error.path == path
    assert error.errors[0].startswith(f"`{path}` ")
    assert error.errors[0] in error.message
    assert (error.status, error.request_id) == (201, "c-1")
    assert (error.headers, error.body) == (response.headers, response.body)


@pytest.mark.parametrize("name", BODIES)
@pytest.mark.parametrize("operation", SIX)
async def test_body_that_is_no_json_is_an_error(operation: str, name: str) -> None:
    """The path is the whole body, and the body is kept, byte for byte."""
    error = await refused(operation, Response(200, body=BODIES[name]))
    assert error.path == "$"
    assert "`$` is not JSON" in error.message
    assert error.body == BODIES[name]


async def test_every_fault_is_told() -> None:
    """One message names the first fault and counts the others; all of them are listed."""
    value = {"aliases": 1, "capabilities": {"vision": "no"}, "type": "base"}
    error = await refused("retrieve", json_response(value))
    assert {fault.split("`")[1] for fault in error.errors} == {
        "$.id",
        "$.aliases",
        "$.capabilities.vision",
    }
    assert "(and 2 more)" in error.message


# ------------------------------------------------------------------------------------ anything else

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
"""Values that are nearly right: the names and tags are the API's, the rest is anything."""

ANY_BODY = st.binary(max_size=200) | JSON_VALUES.map(lambda value: json.dumps(value).encode())
ANY_HEADERS = st.dictionaries(
    st.sampled_from(["content-type", "retry-after", "location", "x-ratelimit-limit-req-minute"]),
    st.sampled_from(["application/json", "text/html; charset=latin-1", "1"]) | st.text(max_size=9),
)


@pytest.mark.parametrize("operation", SIX)
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(status=st.integers(200, 599), headers=ANY_HEADERS, body=ANY_BODY)
def test_any_answer_is_a_result(
    operation: str, status: int, headers: dict[str, str], body: bytes
) -> None:
    """Whatever a server says, the call gives `Ok` or `Err`, raises nothing, and can be printed."""
    response = Response(status, Headers(headers.items()), body)
    result = asyncio.run(call(operation, response))
    assert isinstance(result, Ok | Err)
    assert result.call.status == status
    if isinstance(result, Err):
        assert getattr(result.error, "body", None) == body
        assert str(result.error)
    else:
        assert 200 <= status < 300


async def call(operation: str, response: Response) -> Result[object, Failure]:
    """Call an operation that gets an answer."""
    return await SIX[operation](client_of(response))
