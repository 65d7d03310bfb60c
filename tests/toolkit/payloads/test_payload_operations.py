"""All operations with payloads are encoded: the API is compared with the code."""

from collections.abc import Awaitable, Callable
from typing import Any, cast

import pytest

from mistral_core import Failure, MistralCore, Request, Result
from mistral_core.structuring.converter import converter
from mistral_core.testing import ScriptedTransport
from mistral_funcs import (
    PayloadTransport,
    workflows_execute_workflow,
    workflows_execute_workflow_registration,
    workflows_executions_query_workflow_execution,
    workflows_executions_signal_workflow_execution,
    workflows_executions_update_workflow_execution,
    workflows_schedules_schedule_workflow,
    workflows_schedules_update_schedule,
)
from mistral_funcs._index import OPERATIONS
from mistral_funcs.toolkit.payloads import payload_operations
from mistral_funcs.toolkit.payloads.payload_operations import payloads_of
from tests.contract.calls import argument, calling, example_call
from tests.contract.declared import declared
from tests.contract.examples import Examples
from tests.contract.facts.notation import members
from tests.contract.facts.stored import Field, fields, load, request_types, response_type
from tests.contract.responses import response, values_of
from tests.toolkit.payloads.encoded_values import FULL, body_of, encoded, plain

FACTS = load()
EXAMPLES = Examples(FACTS)
PLAIN = "only for the workflow"
VALUE = {"secret": PLAIN}

WITHOUT_DECODING = {
    "workflows_executions_get_workflow_execution_history",
    "workflows_runs_get_run_history",
}
"""They return the scheduler's own events, whose form the API does not describe."""

Calling = Callable[[MistralCore], Awaitable[Result[Any, Failure]]]

CALLS: dict[str, Calling] = {
    "workflows_execute_workflow": lambda client: workflows_execute_workflow(
        client, "greet", input=VALUE
    ),
    "workflows_execute_workflow_registration": lambda client: (
        workflows_execute_workflow_registration(client, "id", input=VALUE)
    ),
    "workflows_executions_query_workflow_execution": lambda client: (
        workflows_executions_query_workflow_execution(client, "id", name="q", input=VALUE)
    ),
    "workflows_executions_signal_workflow_execution": lambda client: (
        workflows_executions_signal_workflow_execution(client, "id", name="s", input=VALUE)
    ),
    "workflows_executions_update_workflow_execution": lambda client: (
        workflows_executions_update_workflow_execution(client, "id", name="u", input=VALUE)
    ),
    "workflows_schedules_schedule_workflow": lambda client: workflows_schedules_schedule_workflow(
        client, schedule={"input": VALUE}
    ),
    "workflows_schedules_update_schedule": lambda client: workflows_schedules_update_schedule(
        client, "id", schedule={"input": VALUE}
    ),
}


def defined_by_workflows(types: list[str]) -> set[str]:
    """Return the fields of any type in values of these types."""
    schemas = FACTS.reachable(iter(types))
    inside = [each for name in schemas for each in fields(FACTS.schemas[name]).values()]
    own = [Field("", text, required=True) for text in types]
    return {each.name for each in (*inside, *own) if "any" in members(each.type)}


def inputs_of(theirs: Any) -> set[str]:
    """Return the fields of a request whose values workflows define."""
    named = {"input"} & fields(theirs.get("json", {})).keys()
    return named | defined_by_workflows([*request_types(theirs)])


def outputs_of(theirs: Any) -> set[str]:
    """Return the fields of a response whose values workflows define."""
    return defined_by_workflows([response_type(theirs)[2]])


WORKFLOWS = {
    name: FACTS.operations[name]
    for name in OPERATIONS
    if "/v1/workflows" in FACTS.operations[name]["endpoint"]
}
INPUTS = [name for name, theirs in WORKFLOWS.items() if inputs_of(theirs)]
OUTPUTS = [
    name
    for name, theirs in WORKFLOWS.items()
    if outputs_of(theirs) and name not in WITHOUT_DECODING
]


def test_encoded_operations_are_those_of_the_api() -> None:
    """A new operation must be added, or excluded with a reason."""
    inputs: list[str] = []
    outputs: list[str] = []
    endpoints: set[str] = set()
    for name in OPERATIONS:
        operation = declared(name)
        url = "https://host/prefix" + operation.path.replace("{", "").replace("}", "")
        request = Request(method=operation.method, url=url, path_template=operation.path)
        payloads = payloads_of(request)
        if payloads is not None:
            endpoints.add(f"{operation.method} {operation.path}")
            inputs += [name] * (payloads.input is not None)
            outputs += [name] * (payloads.output is not None)
    assert (inputs, outputs) == (INPUTS, OUTPUTS)
    assert len(endpoints) == len(payload_operations.OPERATIONS)
    assert all(outputs_of(WORKFLOWS[name]) for name in WITHOUT_DECODING)
    assert sorted(CALLS) == sorted(INPUTS)


def test_payloads_outside_of_workflows_are_detected() -> None:
    """Only these operations return encoding options."""
    described = {
        name
        for name in OPERATIONS
        for schema in FACTS.reachable(iter([response_type(FACTS.operations[name])[2]]))
        if "encoding_options" in fields(FACTS.schemas[schema])
    }
    assert described < {*OUTPUTS}


@pytest.mark.parametrize("name", INPUTS)
async def test_input_is_encoded(name: str) -> None:
    """It does not appear on the wire."""
    transport = ScriptedTransport()
    await CALLS[name](MistralCore(transport=PayloadTransport(FULL, transport)))
    (request,) = transport.requests
    assert PLAIN.encode() not in cast("bytes", request.body)
    body = body_of(request)
    sent = body.get("encoded_input") or body.get("schedule", body)["input"]
    assert sent["encoding_options"] == ["encrypted"]
    assert await plain(sent) == VALUE


class Hidden:
    """A response whose workflow-defined values are encrypted."""

    def __init__(self, wire: dict[str, Any]) -> None:
        """Start without values.

        Args:
            wire: The value as it is on the wire.
        """
        self.wire = wire
        self.count = 0

    def hide(self, value: Any) -> Any:
        """Return a value of a response with encoded payloads."""
        if isinstance(value, list):
            return [self.hide(each) for each in cast("list[object]", value)]
        if not isinstance(value, dict):
            return value
        fields_ = cast("dict[str, Any]", value)
        if "encoding_options" in fields_:
            return self.payload(fields_["type"])
        for name in {"result", "input"} & fields_.keys():
            if not (isinstance(fields_[name], dict) and "encoding_options" in fields_[name]):
                self.count += 1
                return {**{key: self.hide(each) for key, each in fields_.items()}, name: self.wire}
        return {name: self.hide(each) for name, each in fields_.items()}

    def payload(self, kind: str) -> dict[str, Any]:
        """Return the payload of an event: complete, or a JSON patch with one encrypted value."""
        self.count += 1
        text = self.wire["b64payload"]
        if kind == "json":
            return {"type": kind, "value": text, "encoding_options": ["encrypted"]}
        value = {"type": "__encrypted__", "value": text}
        changes = [{"op": "add", "path": "/a", "value": value}]
        return {"type": kind, "value": changes, "encoding_options": ["encrypted-partial"]}


@pytest.mark.parametrize("name", OUTPUTS)
async def test_output_is_decoded(name: str) -> None:
    """In every kind of response and event."""
    theirs = FACTS.operations[name]
    wire = await encoded(VALUE)
    counts: list[int] = []
    for value in EXAMPLES.all_of(response_type(theirs)[2]):
        hidden = Hidden(wire)
        transport = ScriptedTransport(response(theirs, [hidden.hide(value)]))
        client = MistralCore(transport=PayloadTransport(FULL, transport))
        call = [(each, argument(each)) for each in example_call(name, EXAMPLES)]
        (item,) = await values_of(await calling(name, FACTS)(client, call))
        shown = repr(converter.unstructure(item))
        assert shown.count(PLAIN) == hidden.count
        assert wire["b64payload"] not in shown
        counts.append(hidden.count)
    assert any(counts)
