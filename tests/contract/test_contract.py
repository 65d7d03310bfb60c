"""The functions and schemas are those of the API's specification, row by row of the menus."""

from importlib import import_module
from typing import Any

import attrs
import pytest

import mistral_funcs
from mistral_core import HTTPValidationError, Operation, ValidationError
from mistral_funcs import schemas
from tests.contract.exceptions import EXCEPTIONS, NO_SCHEMAS, TAGS, UNNAMED
from tests.contract.openapi import (
    Fault,
    Function,
    Spec,
    bodies,
    members,
    operation_faults,
    python_words,
    request_schemas,
    response_schemas,
    schema_faults,
    spec_words,
    unknown,
)

VERBS = [(resource, verb) for resource, row in mistral_funcs.MENU.items() for verb in row.split()]
SCHEMAS = [schema for row in schemas.MENU.values() for schema in row.split()]
NAMED = [schema for schema in SCHEMAS if schema not in UNNAMED]


def called(resource: str, verb: str) -> tuple[Function, Operation[Any]]:
    """Return the function of an operation, and the operation."""
    module = import_module(f"mistral_funcs.{resource}.{verb}")
    return getattr(module, f"{resource}_{verb}"), module.OPERATION


@pytest.fixture(scope="module")
def all_faults(spec: Spec) -> list[Fault]:
    """Return every difference, those with a reason too."""
    found = [fault for row in VERBS for fault in operation_faults(*called(*row), spec)]
    for name in NAMED:
        found += schema_faults(name, getattr(schemas, name), spec)
    return found


@pytest.mark.parametrize(("resource", "verb"), VERBS)
def test_operation_is_the_specified_one(resource: str, verb: str, spec: Spec) -> None:
    """Method, path, arguments, their types and defaults, and the answer are as specified."""
    assert unknown(operation_faults(*called(resource, verb), spec)) == []


@pytest.mark.parametrize("name", NAMED)
def test_schema_is_the_specified_one(name: str, spec: Spec) -> None:
    """Fields, their types and defaults, and what is required are as specified."""
    assert unknown(schema_faults(name, getattr(schemas, name), spec)) == []


@pytest.mark.parametrize("name", UNNAMED)
def test_union_that_only_the_sdk_names_has_the_specified_members(name: str, spec: Spec) -> None:
    """A union such as `ModelCard` is one that the specification has somewhere as `oneOf`."""
    kind = getattr(schemas, name)
    references = [{"$ref": f"#/components/schemas/{member}"} for member in UNNAMED[name]]
    is_response = UNNAMED[name] <= response_schemas(spec)
    assert members(kind) == UNNAMED[name]
    assert python_words(kind) == spec_words({"oneOf": references}, spec, response=is_response)


@pytest.mark.parametrize("resource", mistral_funcs.MENU)
def test_no_operation_of_a_resource_is_forgotten(resource: str, spec: Spec) -> None:
    """All that the specification has under the resource's tag can be called, in each of its forms.

    A form is a media type of the answer: whole, or as a stream.
    """
    ours = {
        (operation.method.lower(), operation.path, operation.returns.accept)
        for verb in mistral_funcs.MENU[resource].split()
        for _, operation in [called(resource, verb)]
    }
    theirs = {
        (method, path, media)
        for path, operations in spec["paths"].items()
        for method, operation in operations.items()
        for media in operation["responses"]["200"]["content"]
        if TAGS[resource] in operation["tags"]
    }
    assert theirs <= ours
    assert {each[:2] for each in theirs} == {each[:2] for each in ours}


@pytest.mark.parametrize("resource", mistral_funcs.MENU)
def test_no_schema_of_a_resource_is_forgotten(resource: str, spec: Spec) -> None:
    """All that its requests and answers are made of has a name here.

    The body of a request has none: its fields are the arguments.
    """
    tag = TAGS[resource]
    used = request_schemas(spec, tag) - bodies(spec, tag) | response_schemas(spec, tag)
    assert used - {*SCHEMAS, *NO_SCHEMAS} == set()


def test_errors_bear_what_is_specified(spec: Spec) -> None:
    """The two schemas of errors are the core's, which know more of an error than they say."""
    specified = spec["components"]["schemas"]
    for cls in (HTTPValidationError, ValidationError):
        assert specified[cls.__name__]["properties"].keys() <= attrs.fields_dict(cls).keys()
    names = [field.name for field in attrs.fields(ValidationError)]
    assert set(names) == specified["ValidationError"]["properties"].keys()


@pytest.mark.parametrize("row", EXCEPTIONS, ids=" ".join)
def test_exception_is_still_needed(row: tuple[str, str, str], all_faults: list[Fault]) -> None:
    """A reason to differ goes when the difference goes."""
    of, name, what = row
    assert [
        fault
        for fault in all_faults
        if (fault.name, fault.what) == (name, what) and of in (fault.of, "*")
    ]


@pytest.mark.parametrize("name", NO_SCHEMAS)
def test_schema_that_is_none_here_is_still_specified(name: str, spec: Spec) -> None:
    """A reason to have none goes when the schema goes, or comes."""
    assert name in spec["components"]["schemas"]
    assert name not in SCHEMAS


FUNCTIONS = """
    models: list retrieve delete update archive unarchive
    fine_tuning_jobs: list create get cancel start
    files: upload list retrieve delete download get_signed_url
    batch_jobs: list create get cancel delete
    chat: complete stream
    fim: complete stream
    agents: complete stream
    embeddings: create
    classifiers: moderate moderate_chat classify classify_chat
    ocr: process
    audio_speech: complete stream
    audio_transcriptions: complete stream
    audio_voices: list create get update delete get_sample_audio
"""
"""All that there is to call, by the names of the SDK's family."""


def test_there_are_44_functions_and_these_are_their_names() -> None:
    """They are the TypeScript SDK's, in snake case."""
    rows = [row.strip().partition(": ") for row in FUNCTIONS.strip().splitlines()]
    wanted = {(resource, verb) for resource, _, verbs in rows for verb in verbs.split()}
    assert set(VERBS) == wanted
    assert len(wanted) == 44


def test_no_operation_of_the_specification_is_forgotten(spec: Spec) -> None:
    """Under whichever tag it stands: all that is specified can be called, in each of its forms."""
    ours = {
        (operation.method.lower(), operation.path, operation.returns.accept)
        for row in VERBS
        for _, operation in [called(*row)]
    }
    theirs = {
        (method, path, media)
        for path, operations in spec["paths"].items()
        for method, operation in operations.items()
        for media in operation["responses"]["200"]["content"]
    }
    assert ours - theirs == {("post", "/v1/agents/completions", "text/event-stream")}
    assert theirs - ours == set()
    assert {
        tag for each in spec["paths"].values() for one in each.values() for tag in one["tags"]
    } == {*TAGS.values()}


def test_no_schema_of_the_specification_is_forgotten(spec: Spec) -> None:
    """Each that a request or an answer may bear has a name here, or a reason to have none."""
    arguments = set[str]().union(*(bodies(spec, tag) for tag in TAGS.values()))
    used = request_schemas(spec) - arguments | response_schemas(spec)
    assert used - {*SCHEMAS, *NO_SCHEMAS} == set()
