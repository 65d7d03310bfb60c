"""Every operation and schema in the index is declared as the facts require."""

import json

import pytest

from mistral_core import Headers, HTTPValidationError, Response, ValidationError
from mistral_core.response.error_bodies import read_error
from mistral_funcs import schemas
from mistral_funcs._index import OPERATIONS
from mistral_funcs.schemas._index import SCHEMAS
from tests.contract.comparison import Fault, operation_faults, schema_faults
from tests.contract.declared import classes_of, classes_of_operation, declared
from tests.contract.examples import Examples
from tests.contract.exceptions import EXCEPTIONS, SAFE_TO_REPEAT, TO_COME, rows_for, unexplained
from tests.contract.facts.stored import fields, load
from tests.contract.rules import Rules

FACTS = load()
RULES = Rules.of(FACTS, map(declared, OPERATIONS))
CLASSES = {cls.__name__: cls for name in OPERATIONS for cls in classes_of_operation(declared(name))}


@pytest.mark.parametrize("name", OPERATIONS)
def test_operation_is_declared_as_in_the_facts(name: str) -> None:
    """Endpoint, parameters with places, types and defaults, and the response."""
    assert [*unexplained(operation_faults(declared(name), RULES))] == []


def test_no_operation_is_missing() -> None:
    """Each operation of the API is in the package, or has a prefix in `TO_COME`."""
    missing = FACTS.operations.keys() - OPERATIONS.keys()
    assert {name for name in missing if not name.startswith(TO_COME)} == set()
    assert [group for group in TO_COME if not any(name.startswith(group) for name in missing)] == []
    assert [name for name in OPERATIONS if name.startswith(TO_COME)] == []


@pytest.mark.parametrize("name", OPERATIONS)
def test_idempotent_operations_are_declared_as_such(name: str) -> None:
    """The method decides, with a few exceptions."""
    operation = declared(name)
    by_method = operation.method in {"GET", "PUT", "DELETE"}
    assert operation.idempotent == (by_method or name in SAFE_TO_REPEAT)
    assert not (by_method and name in SAFE_TO_REPEAT)


@pytest.mark.parametrize("name", sorted(CLASSES))
def test_schema_is_declared_as_in_the_facts(name: str) -> None:
    """Its fields with types and defaults, and which of them are required."""
    assert [*unexplained(schema_faults(CLASSES[name], RULES))] == []


def test_every_schema_is_part_of_an_operation() -> None:
    """A schema is removed with the last operation that uses it."""
    exported = [getattr(schemas, name) for name in SCHEMAS]
    live = classes_of(schemas.RealtimeTranscriptionEvent, schemas.RealtimeSpeechEvent)
    used = CLASSES.keys() | {each.__name__ for each in live}
    assert {each.__name__ for each in classes_of(*exported)} - used == set()


@pytest.mark.parametrize("cls", [HTTPValidationError, ValidationError])
def test_error_has_the_fields_of_the_facts(cls: type) -> None:
    """The core's error classes have additional attributes."""
    assert fields(FACTS.schemas[cls.__name__]).keys() <= {*dir(cls)}


@pytest.mark.parametrize(
    ("name", "places"),
    [
        ("ObservabilityErrorDetail", {"message": "message", "error_code": "code"}),
        ("StreamError", {"error": "message", "reason": "type"}),
        ("WorkflowStreamError", {"error": "message", "reason": "type"}),
    ],
)
def test_field_of_an_error_is_a_field_of_the_sdk_error(name: str, places: dict[str, str]) -> None:
    """Errors of single operations are read into the common class."""
    value = Examples(FACTS).of_schema(name)
    error = read_error(Response(404, Headers(), json.dumps({"detail": value}).encode()))
    assert {field: getattr(error, places[field]) for field in value} == value


def every_fault() -> list[Fault]:
    """Yield all differences, including the allowed ones."""
    faults = [fault for name in OPERATIONS for fault in operation_faults(declared(name), RULES)]
    return faults + [fault for cls in CLASSES.values() for fault in schema_faults(cls, RULES)]


def test_every_exception_is_needed() -> None:
    """A row is removed together with its difference."""
    assert {*EXCEPTIONS} == {row for fault in every_fault() for row in rows_for(fault)}
