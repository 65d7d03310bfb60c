"""The contract's checkers see a difference: each is shown a specification that was doctored."""

from collections.abc import Callable, Mapping, Sequence
from copy import deepcopy
from datetime import datetime
from typing import Any, Literal

import attrs
import pytest

from mistral_core import (
    JSON,
    UNSET,
    ByteStream,
    Events,
    EventStream,
    Failure,
    File,
    FileContent,
    MistralCore,
    Operation,
    RequestOptions,
    Result,
    Schema,
    Unset,
)
from mistral_funcs import chat_complete, models_list, models_retrieve, models_update
from mistral_funcs.chat import complete
from mistral_funcs.models import list as list_, retrieve, update
from mistral_funcs.schemas import (
    BaseModelCard,
    ChatCompletionResponse,
    ClassificationTargetResult,
    ContentChunk,
    DeleteModelResponse,
    FTClassifierLossFunction,
    FTModelCard,
    ModelCard,
    ModelList,
    SystemMessageContentChunks,
    TextChunk,
    ThinkChunk,
    Tool,
    ToolMessage,
    UserMessage,
    WebSearchTool,
)
from tests.contract.openapi import (
    Fault,
    Spec,
    operation_faults,
    python_words,
    schema_faults,
    spec_words,
    unknown,
)

Doctor = Callable[[Spec], object]

LIST = "/v1/models"
ONE = "/v1/models/{model_id}"
UPDATE = "/v1/fine_tuning/models/{model_id}"
REFERENCE = "#/components/schemas/"


def properties(spec: Spec, schema: str) -> Spec:
    """Return the properties of a schema."""
    found: Spec = spec["components"]["schemas"][schema]["properties"]
    return found


def parts(spec: Spec, schema: str) -> list[Spec]:
    """Return what a schema is made of."""
    found: list[Spec] = spec["components"]["schemas"][schema]["allOf"]
    return found


def required(spec: Spec, schema: str) -> list[str]:
    """Return the names that a schema requires, to be changed."""
    found: list[str] = spec["components"]["schemas"][schema].setdefault("required", [])
    return found


def answer(spec: Spec, path: str) -> Spec:
    """Return the JSON answer of a GET, to be changed."""
    found: Spec = spec["paths"][path]["get"]["responses"]["200"]["content"]["application/json"]
    return found


def rename(values: Spec, old: str, new: str) -> None:
    """Give a key another name."""
    values[new] = values.pop(old)


def told(faults: list[Fault]) -> set[tuple[str, str]]:
    """Return what differs, and of which field or argument."""
    return {(fault.name, fault.what) for fault in faults}


BASE, DELETED, LOSS = "BaseModelCard", "DeleteModelResponse", "FTClassifierLossFunction"
CHAT, SCORES = "ChatCompletionResponse", "ClassificationTargetResult"

SCHEMA_DOCTORS: dict[str, tuple[str, Any, Doctor, set[tuple[str, str]]]] = {
    "field added": (
        BASE,
        BaseModelCard,
        lambda spec: properties(spec, BASE).update(colour={"type": "string"}),
        {("", "fields")},
    ),
    "field removed": (
        BASE,
        BaseModelCard,
        lambda spec: properties(spec, BASE).pop("aliases"),
        {("", "fields")},
    ),
    "field renamed": (
        BASE,
        BaseModelCard,
        lambda spec: rename(properties(spec, BASE), "internal", "in_house"),
        {("", "fields")},
    ),
    "text became a number": (
        BASE,
        BaseModelCard,
        lambda spec: properties(spec, BASE)["owned_by"].update(type="number"),
        {("owned_by", "type")},
    ),
    "whole number became any number": (
        BASE,
        BaseModelCard,
        lambda spec: properties(spec, BASE)["created"].update(type="number"),
        {("created", "type")},
    ),
    "items became numbers": (
        BASE,
        BaseModelCard,
        lambda spec: properties(spec, BASE)["aliases"].update(items={"type": "integer"}),
        {("aliases", "type")},
    ),
    "text became a date": (
        BASE,
        BaseModelCard,
        lambda spec: properties(spec, BASE)["owned_by"].update(format="date-time"),
        {("owned_by", "type")},
    ),
    "object became another": (
        BASE,
        BaseModelCard,
        lambda spec: properties(spec, BASE)["capabilities"].update(
            {"$ref": f"{REFERENCE}FineTunedModelCapabilities"}
        ),
        {("capabilities", "type")},
    ),
    "null allowed where there is a default": (
        BASE,
        BaseModelCard,
        lambda spec: properties(spec, BASE)["internal"].update(type=["boolean", "null"]),
        {("internal", "type")},
    ),
    "tag changed": (
        BASE,
        BaseModelCard,
        lambda spec: properties(spec, BASE)["type"].update(const="basic"),
        {("type", "type")},
    ),
    "default changed": (
        BASE,
        BaseModelCard,
        lambda spec: properties(spec, BASE)["max_context_length"].update(default=1),
        {("max_context_length", "default")},
    ),
    "default true became 1": (
        DELETED,
        DeleteModelResponse,
        lambda spec: properties(spec, DELETED)["deleted"].update(default=1),
        {("deleted", "default")},
    ),
    "default dropped": (
        DELETED,
        DeleteModelResponse,
        lambda spec: properties(spec, DELETED)["deleted"].pop("default"),
        {("deleted", "default")},
    ),
    "id no longer required": (
        BASE,
        BaseModelCard,
        lambda spec: required(spec, BASE).remove("id"),
        {("id", "required")},
    ),
    "enum grew": (
        LOSS,
        FTClassifierLossFunction,
        lambda spec: spec["components"]["schemas"][LOSS]["enum"].append("ordinal"),
        {("", "type")},
    ),
    "union grew": (
        "ModelList",
        ModelList,
        lambda spec: properties(spec, "ModelList")["data"]["items"]["oneOf"].append(
            {"$ref": f"{REFERENCE}ModelList"}
        ),
        {("data", "type")},
    ),
    "what it is made of lost a field": (
        CHAT,
        ChatCompletionResponse,
        lambda spec: properties(spec, "ResponseBase").pop("usage"),
        {("", "fields")},
    ),
    "what it is made of has another type": (
        CHAT,
        ChatCompletionResponse,
        lambda spec: parts(spec, "ChatCompletionResponseBase")[1].update(
            properties={"created": {"type": "string"}}
        ),
        {("created", "type")},
    ),
    "what it is made of requires less": (
        CHAT,
        ChatCompletionResponse,
        lambda spec: parts(spec, CHAT)[1].pop("required"),
        {("usage", "default"), ("choices", "default")},
    ),
    "map no longer required": (
        SCORES,
        ClassificationTargetResult,
        lambda spec: required(spec, SCORES).remove("scores"),
        {("scores", "default")},
    ),
    "required both ways no longer": (
        "TextChunk",
        TextChunk,
        lambda spec: required(spec, "TextChunk").remove("text"),
        {("text", "required")},
    ),
    "constant both ways changed": (
        "TextChunk",
        TextChunk,
        lambda spec: properties(spec, "TextChunk")["type"].update(const="words"),
        {("type", "default"), ("type", "type")},
    ),
    "required both ways": (
        "ThinkChunk",
        ThinkChunk,
        lambda spec: required(spec, "ThinkChunk").append("closed"),
        {("closed", "required")},
    ),
    "type both ways changed": (
        "ThinkChunk",
        ThinkChunk,
        lambda spec: properties(spec, "ThinkChunk")["closed"].update(type="string"),
        {("closed", "type")},
    ),
    "union in a request grew": (
        "UserMessage",
        UserMessage,
        lambda spec: spec["components"]["schemas"]["ContentChunk"]["oneOf"].append(
            {"$ref": f"{REFERENCE}ToolReferenceChunk"}
        ),
        {("content", "type")},
    ),
    "null no longer allowed in a request": (
        "ToolMessage",
        ToolMessage,
        lambda spec: properties(spec, "ToolMessage").update(name={"type": "string"}),
        {("name", "default"), ("name", "type")},
    ),
    "enum of one value grew": (
        "WebSearchTool",
        WebSearchTool,
        lambda spec: properties(spec, "WebSearchTool")["type"]["enum"].append("search"),
        {("type", "default"), ("type", "type")},
    ),
    "enum of one value is no longer the default": (
        "Tool",
        Tool,
        lambda spec: properties(spec, "Tool")["type"].pop("default"),
        {("type", "default")},
    ),
    "union of requests grew": (
        "SystemMessageContentChunks",
        SystemMessageContentChunks,
        lambda spec: spec["components"]["schemas"]["SystemMessageContentChunks"]["oneOf"].append(
            {"$ref": f"{REFERENCE}FileChunk"}
        ),
        {("", "type")},
    ),
    "schema gone": (
        BASE,
        BaseModelCard,
        lambda spec: spec["components"]["schemas"].pop(BASE),
        {("", "name")},
    ),
}
"""What was done to the specification, to which schema, and what is to be reported."""

OPERATION_DOCTORS: dict[str, tuple[Any, Any, Doctor, set[tuple[str, str]]]] = {
    "path renamed": (
        models_list,
        list_,
        lambda spec: rename(spec["paths"], LIST, "/v2/models"),
        {("", "operation")},
    ),
    "method changed": (
        models_update,
        update,
        lambda spec: rename(spec["paths"][UPDATE], "patch", "put"),
        {("", "operation")},
    ),
    "query parameter added": (
        models_list,
        list_,
        lambda spec: spec["paths"][LIST]["get"]["parameters"].append(
            {"name": "page", "in": "query", "schema": {"type": "integer"}}
        ),
        {("", "arguments")},
    ),
    "query parameter removed": (
        models_list,
        list_,
        lambda spec: spec["paths"][LIST]["get"]["parameters"].pop(),
        {("", "arguments")},
    ),
    "query parameter required": (
        models_list,
        list_,
        lambda spec: spec["paths"][LIST]["get"]["parameters"][0].update(required=True),
        {("provider", "default")},
    ),
    "query parameter became a number": (
        models_list,
        list_,
        lambda spec: spec["paths"][LIST]["get"]["parameters"][0].update(schema={"type": "number"}),
        {("provider", "type")},
    ),
    "path parameter moved into the query": (
        models_retrieve,
        retrieve,
        lambda spec: spec["paths"][ONE]["get"]["parameters"][0].update(
            {"in": "query", "required": True}
        ),
        {("model_id", "kind")},
    ),
    "body field added": (
        models_update,
        update,
        lambda spec: properties(spec, "UpdateModelRequest").update(colour={"type": "string"}),
        {("", "arguments")},
    ),
    "body field no longer nullable": (
        models_update,
        update,
        lambda spec: properties(spec, "UpdateModelRequest").update(name={"type": "string"}),
        {("", "nullable"), ("name", "default"), ("name", "type")},
    ),
    "body field required": (
        models_update,
        update,
        lambda spec: required(spec, "UpdateModelRequest").append("name"),
        {("name", "default"), ("name", "type")},
    ),
    "body field changed in a long list": (
        chat_complete,
        complete,
        lambda spec: properties(spec, "ChatCompletionRequest").update(n={"type": "integer"}),
        {("", "nullable"), ("n", "default"), ("n", "type")},
    ),
    "mapping no longer taken": (
        chat_complete,
        complete,
        lambda spec: properties(spec, "ChatCompletionRequest").update(
            prediction={"type": "string"}
        ),
        {("prediction", "type")},
    ),
    "only a stream is left": (
        chat_complete,
        complete,
        lambda spec: spec["paths"]["/v1/chat/completions"]["post"]["responses"]["200"][
            "content"
        ].pop("application/json"),
        {("", "media type")},
    ),
    "answer became another": (
        models_list,
        list_,
        lambda spec: answer(spec, LIST).update(schema={"$ref": f"{REFERENCE}{BASE}"}),
        {("", "answer"), ("", "return type")},
    ),
    "answer is one kind of card alone": (
        models_retrieve,
        retrieve,
        lambda spec: answer(spec, ONE)["schema"]["oneOf"].pop(),
        {("", "answer"), ("", "return type")},
    ),
    "answer no longer JSON": (
        models_list,
        list_,
        lambda spec: rename(
            spec["paths"][LIST]["get"]["responses"]["200"]["content"],
            "application/json",
            "text/csv",
        ),
        {("", "media type")},
    ),
}
"""What was done to the specification, of which operation, and what is to be reported."""


@pytest.mark.parametrize("change", SCHEMA_DOCTORS)
def test_change_of_a_schema_is_reported(change: str, spec: Spec) -> None:
    """A schema that changed in the specification alone is reported, and nothing else is."""
    name, kind, doctor, expected = SCHEMA_DOCTORS[change]
    doctored = deepcopy(spec)
    doctor(doctored)
    assert told(unknown(schema_faults(name, kind, doctored))) == expected


@pytest.mark.parametrize("change", OPERATION_DOCTORS)
def test_change_of_an_operation_is_reported(change: str, spec: Spec) -> None:
    """An operation that changed in the specification alone is reported, and nothing else is."""
    function, module, doctor, expected = OPERATION_DOCTORS[change]
    doctored = deepcopy(spec)
    doctor(doctored)
    assert told(unknown(operation_faults(function, module.OPERATION, doctored))) == expected


@attrs.frozen(kw_only=True)
class ArchiveRequest(Schema):
    """Stand for a schema of requests: what is left out stays off the wire."""

    kind: Literal["archive"] = "archive"
    reason: str
    until: datetime | None | Unset = UNSET
    by: str | None = None


ARCHIVE_REQUEST: Spec = {
    "properties": {
        "kind": {"const": "archive"},
        "reason": {"type": "string"},
        "until": {"anyOf": [{"type": "string", "format": "date-time"}, {"type": "null"}]},
        "by": {"type": "string", "default": "me"},
    },
    "required": ["kind", "reason"],
}

REQUEST_DOCTORS: dict[str, tuple[Doctor, set[tuple[str, str]]]] = {
    "nothing": (lambda _: None, set()),
    "became required": (lambda schema: schema["required"].append("by"), {("by", "required")}),
    "no longer required": (
        lambda schema: schema["required"].remove("reason"),
        {("reason", "required")},
    ),
    "no longer nullable": (
        lambda schema: schema["properties"].update(until={"type": "string", "format": "date-time"}),
        {("until", "default"), ("until", "type")},
    ),
    "another tag": (
        lambda schema: schema["properties"]["kind"].update(const="store"),
        {("kind", "default"), ("kind", "type")},
    ),
}


@pytest.mark.parametrize("change", REQUEST_DOCTORS)
def test_schema_of_requests_is_read_strictly(change: str) -> None:
    """In a request all that is required is, and what is left out is neither `null` nor a value."""
    doctor, expected = REQUEST_DOCTORS[change]
    schema = deepcopy(ARCHIVE_REQUEST)
    doctor(schema)
    spec: Spec = {"paths": {}, "components": {"schemas": {"ArchiveRequest": schema}}}
    assert told(unknown(schema_faults("ArchiveRequest", ArchiveRequest, spec))) == expected


EVENTS: Spec = {
    "paths": {
        "/v1/cards": {
            "post": {
                "requestBody": {
                    "content": {
                        "multipart/form-data": {
                            "schema": {
                                "properties": {
                                    "stream": {"const": True},
                                    "file": {"type": "string", "format": "binary"},
                                    "note": {"anyOf": [{"type": "string"}, {"type": "null"}]},
                                },
                                "required": ["file", "stream"],
                            }
                        }
                    }
                },
                "responses": {
                    "200": {
                        "content": {
                            "text/event-stream": {"schema": {"$ref": f"{REFERENCE}CardEvent"}}
                        }
                    }
                },
            }
        }
    },
    "components": {
        "schemas": {
            "CardEvent": {"properties": {"data": {"$ref": f"{REFERENCE}{BASE}"}}},
            BASE: {"properties": {}},
            "FTModelCard": {"properties": {}},
        }
    },
}


async def stream_cards(
    client: MistralCore,
    *,
    file: File | FileContent,
    note: str | None = None,
    options: RequestOptions | None = None,
) -> Result[EventStream[BaseModelCard], Failure]:
    """Stand for a function that uploads, and whose answer is a stream."""
    form = {"file": file, "note": note}
    return await client.execute(STREAM, form=form, options=options)


STREAM = Operation("POST", "/v1/cards", returns=Events(BaseModelCard))


def test_event_of_a_stream_is_its_data() -> None:
    """An event of the specification holds the data that an event of ours is."""
    spec = deepcopy(EVENTS)
    assert told(unknown(operation_faults(stream_cards, STREAM, spec))) == set()
    properties(spec, "CardEvent")["data"] = {"$ref": f"{REFERENCE}FTModelCard"}
    expected = {("", "answer"), ("", "return type")}
    assert told(unknown(operation_faults(stream_cards, STREAM, spec))) == expected


def test_stream_and_whole_are_two_operations() -> None:
    """One path may have both: a function that hands on a stream is for the stream."""
    whole = Operation("POST", "/v1/cards", returns=JSON(BaseModelCard))
    assert told(unknown(operation_faults(stream_cards, whole, EVENTS))) == {("", "media type")}


def test_form_has_no_null() -> None:
    """A field that JSON could clear is only left out of a form; a file is no text."""
    spec = deepcopy(EVENTS)
    body = spec["paths"]["/v1/cards"]["post"]["requestBody"]["content"]
    body["multipart/form-data"]["schema"]["properties"]["file"].pop("format")
    assert told(unknown(operation_faults(stream_cards, STREAM, spec))) == {("file", "type")}
    rename(body, "multipart/form-data", "application/json")
    assert told(unknown(operation_faults(stream_cards, STREAM, spec))) == {
        ("file", "type"),
        ("note", "default"),
        ("note", "type"),
        ("", "nullable"),
    }


CARDS = {"oneOf": [{"$ref": f"{REFERENCE}{BASE}"}, {"$ref": f"{REFERENCE}FTModelCard"}]}

WORDS: dict[str, tuple[Any, Spec, bool]] = {
    "text": (str, {"type": "string"}, True),
    "id": (str, {"type": "string", "format": "uuid"}, True),
    "date": (datetime, {"type": "string", "format": "date-time"}, True),
    "nullable": (int | None, {"anyOf": [{"type": "integer"}, {"type": "null"}]}, True),
    "list of types": (int | None, {"type": ["integer", "null"]}, True),
    "anything": (Any, {}, True),
    "array": (
        list[list[float]],
        {"type": "array", "items": {"type": "array", "items": {"type": "number"}}},
        True,
    ),
    "map": (dict[str, bool], {"type": "object", "additionalProperties": {"type": "boolean"}}, True),
    "free object": (dict[str, Any], {"type": "object", "additionalProperties": True}, True),
    "enum, which is open": (Literal["a", "b"] | str, {"type": "string", "enum": ["b", "a"]}, True),
    "const, which is closed": (Literal["a"], {"type": "string", "const": "a"}, True),
    "union with room for more": (ModelCard, CARDS, True),
    "const by another name": (
        Literal["a"],
        {"type": "string", "enum": ["a"], "default": "a"},
        True,
    ),
    "enum that may be null": (
        Literal["a", "b"] | str | None,
        {"type": ["string", "null"], "enum": ["a", "b", None]},
        True,
    ),
    "file": (File | FileContent, {"type": "string", "format": "binary"}, False),
    "file or none": (
        File | FileContent | None,
        {"anyOf": [{"type": "string", "format": "binary"}, {"type": "null"}]},
        False,
    ),
    "binary answer": (ByteStream, {"type": "string", "format": "binary"}, True),
    "what an answer brought, sent back": (
        Sequence[ContentChunk | Mapping[str, Any]],
        {"type": "array", "items": {"$ref": f"{REFERENCE}ContentChunk"}},
        False,
    ),
    "objects in a request, or mappings": (
        list[BaseModelCard | FTModelCard | dict[str, Any]],
        {"type": "array", "items": CARDS},
        False,
    ),
}
"""A Python type, a type of the specification, and whether they stand in a response."""


@pytest.mark.parametrize("row", WORDS)
def test_same_type_has_the_same_words_on_both_sides(row: str, spec: Spec) -> None:
    """Each kind of type that the specification uses has its Python type."""
    kind, schema, response = WORDS[row]
    assert python_words(kind) == spec_words(schema, spec, response=response)


@pytest.mark.parametrize("kind", [set[str], dict[int, str], complex])
def test_type_without_words_is_refused(kind: Any) -> None:
    """A Python type that JSON has nothing for is no silent agreement."""
    with pytest.raises(TypeError, match="no word"):
        python_words(kind)
