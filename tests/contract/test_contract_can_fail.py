"""The contract tests detect differences: each row changes the facts and must be reported."""

from collections.abc import Callable
from copy import deepcopy
from typing import Any

import pytest

from mistral_funcs._index import OPERATIONS
from tests.contract import test_requests, test_responses
from tests.contract.comparison import Fault, operation_faults, schema_faults
from tests.contract.declared import declared
from tests.contract.examples import CLASSES, Examples
from tests.contract.exceptions import unexplained
from tests.contract.facts.stored import Facts, load
from tests.contract.rules import Rules

Lines = dict[str, Any]
Change = Callable[[Lines], object]

FACTS = load()


def rename(lines: Lines, old: str, new: str) -> None:
    """Rename a key of a line."""
    lines[new] = lines.pop(old)


def changed(name: str, change: Change) -> Facts:
    """Return the facts with a changed operation or schema."""
    doctored = Facts(deepcopy({**FACTS.operations}), deepcopy({**FACTS.schemas}))
    change({**doctored.operations, **doctored.schemas}[name])  # type: ignore[arg-type]
    return doctored


def reported(name: str, facts: Facts) -> set[tuple[str, str]]:
    """Return the reported fields or parameters, with the aspect."""
    rules = Rules.of(facts, map(declared, OPERATIONS))
    faults = (
        operation_faults(declared(name), rules)
        if name in OPERATIONS
        else schema_faults(CLASSES[name.casefold()], rules)
    )
    return {(each.name, each.aspect) for each in unexplained(faults)}


OPERATION_CHANGES: dict[str, tuple[str, Change, set[tuple[str, str]]]] = {
    "another method": (
        "models_list",
        lambda it: it.update(endpoint="POST /v1/models"),
        {("", "endpoint")},
    ),
    "another path": (
        "models_list",
        lambda it: it.update(endpoint="GET /v1/all"),
        {("", "endpoint")},
    ),
    "another response": (
        "models_list",
        lambda it: it.update(returns="200 JSON ModelCapabilities"),
        {("", "response")},
    ),
    "a stream of responses": (
        "models_list",
        lambda it: it.update(returns="200 Events ModelList"),
        {("", "kind")},
    ),
    "a constant": (
        "models_list",
        lambda it: it.update(constants={"stream": True}),
        {("", "constants")},
    ),
    "another name in Python": (
        "models_list",
        lambda it: it.update(arguments={"provider": "provider_"}),
        {("provider", "name")},
    ),
    "an added parameter": (
        "models_list",
        lambda it: it["query"].update({"color?": "string"}),
        {("query.color", "parameter")},
    ),
    "a removed parameter": (
        "models_list",
        lambda it: it["query"].pop("provider?"),
        {("query.provider", "parameter")},
    ),
    "a parameter in another place": (
        "models_list",
        lambda it: it.update(header=it.pop("query")),
        {
            (f"{place}.{name}", "parameter")
            for place in ("query", "header")
            for name in ("provider", "model")
        },
    ),
    "a required parameter": (
        "models_update",
        lambda it: rename(it["json"], "name?", "name"),
        {("name", "required"), ("name", "default")},
    ),
    "a parameter without null": (
        "models_update",
        lambda it: it["json"].update({"name?": "string"}),
        {("name", "nullable"), ("name", "default"), ("name", "type")},
    ),
    "a parameter of another type": (
        "models_update",
        lambda it: it["json"].update({"name?": "null | number"}),
        {("name", "type")},
    ),
}

SCHEMA_CHANGES: dict[str, tuple[str, Change, set[tuple[str, str]]]] = {
    "an added field": (
        "FunctionCall",
        lambda it: it.update({"color?": "string"}),
        {("color", "field")},
    ),
    "a removed field": ("FunctionCall", lambda it: it.pop("name"), {("name", "field")}),
    "a field of another type": (
        "UsageInfo",
        lambda it: it.update({"total_tokens?": "number = 0"}),
        {("total_tokens", "type")},
    ),
    "a date": (
        "ModelCapabilities",
        lambda it: it.update({"vision?": "date-time = false"}),
        {("vision", "type")},
    ),
    "another default": (
        "ModelCapabilities",
        lambda it: it.update({"vision?": "boolean = true"}),
        {("vision", "default")},
    ),
    "null": (
        "ModelCapabilities",
        lambda it: it.update({"vision?": "boolean | null = false"}),
        {("vision", "type")},
    ),
    "a required field of a request": (
        "ResponseFormat",
        lambda it: rename(it, "type?", "type"),
        {("type", "default")},
    ),
    "another tag": (
        "TextChunk",
        lambda it: it.update({"type?": "'prose'"}),
        {("type", "default"), ("type", "type")},
    ),
    "a new value of an enum": (
        "ImageURL",
        lambda it: it.update({"detail?": "'auto' | 'high' | 'huge' | 'low' | null | string"}),
        {("detail", "type")},
    ),
    "another item": (
        "ModelList",
        lambda it: it.update({"data?": "[FTModelCard | TextChunk]"}),
        {("data", "type")},
    ),
}


@pytest.mark.parametrize("row", OPERATION_CHANGES | SCHEMA_CHANGES)
def test_changed_fact_is_reported(row: str) -> None:
    """The change is reported, and nothing else."""
    name, change, expected = (OPERATION_CHANGES | SCHEMA_CHANGES)[row]
    assert reported(name, changed(name, change)) - reported(name, FACTS) == expected


REQUEST_CHANGES: dict[str, tuple[str, Change]] = {
    "another method": (
        "models_delete",
        lambda it: it.update(endpoint="PUT /v1/models/{model_id}"),
    ),
    "another name on the wire": (
        "models_list",
        lambda it: rename(it["query"], "provider?", "PROVIDER?"),
    ),
    "a header": ("models_list", lambda it: it.update(header=it.pop("query"))),
    "a constant": ("models_update", lambda it: it.update(constants={"stream": True})),
    "another body": ("models_update", lambda it: it.update(form=it.pop("json"))),
    "another response": ("models_delete", lambda it: it.update(returns="200 Events any")),
}


@pytest.mark.parametrize("row", REQUEST_CHANGES)
async def test_changed_request_is_reported(row: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A request that differs from the facts fails the test."""
    name, change = REQUEST_CHANGES[row]
    facts = changed(name, change)
    monkeypatch.setattr(test_requests, "FACTS", facts)
    with pytest.raises((AssertionError, TypeError)):
        await test_requests.test_call_with_plain_values(name, every=True)


RESPONSE_CHANGES: dict[str, tuple[str, str, Change]] = {
    "an added field": (
        "models_delete",
        "DeleteModelResponse",
        lambda it: it.update(color="string"),
    ),
    "another kind of object": (
        "models_list",
        "ModelList",
        lambda it: it.update({"data?": "[BaseModelCard | TextChunk]"}),
    ),
}


@pytest.mark.parametrize("row", RESPONSE_CHANGES)
async def test_changed_response_is_reported(row: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A response that no schema describes fails the test."""
    name, schema, change = RESPONSE_CHANGES[row]
    facts = changed(schema, change)
    monkeypatch.setattr(test_responses, "FULL", Examples(facts))
    with pytest.raises(AssertionError):
        await test_responses.test_full_response_is_described(name)


def test_unknown_operation_and_schema_are_reported() -> None:
    """The code must not declare anything that is not in the facts."""
    rules = Rules.of(Facts({}, {}), [])
    assert [*operation_faults(declared("models_list"), rules)] == [
        Fault("models_list", "", "operation", "an operation", "nothing")
    ]
    assert [*schema_faults(CLASSES["modellist"], rules)] == [
        Fault("ModelList", "", "schema", "a schema", "nothing")
    ]
