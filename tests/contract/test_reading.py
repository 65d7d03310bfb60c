"""The specification is read in one shape, whichever of several it is written in."""

from copy import deepcopy
from typing import Any

import pytest

from tests.contract.openapi import Spec
from tests.contract.reading import read_spec

REFERENCE = "#/components/schemas/"


def operation(media: str, schema: Spec, body: str | None = None) -> Spec:
    """Return an operation with an answer, and a body of a schema."""
    found: Spec = {"responses": {"200": {"content": {media: {"schema": schema}}}}}
    if body:
        content = {"multipart/form-data": {"schema": {"$ref": REFERENCE + body}}}
        found["requestBody"] = {"content": content}
    return found


def form(stream: bool, **fields: Any) -> Spec:  # noqa: FBT001
    """Return the schema of a body."""
    told = {"type": "boolean", "default": stream, "const": stream}
    return {"type": "object", "properties": {"stream": told, **fields}, "required": ["file"]}


SPEC: Spec = {
    "paths": {
        "/v1/a": {
            "post": operation("application/json", {"$ref": f"{REFERENCE}A"}, "Whole"),
        },
        "/v1/a#stream": {
            "post": operation("text/event-stream", {"$ref": f"{REFERENCE}AEvents"}, "Stream"),
        },
        "/v1/b": {
            "get": operation(
                "application/json",
                {
                    "title": "B",
                    "type": "object",
                    "properties": {"inner": {"$ref": "#/$defs/Inner"}},
                    "$defs": {
                        "Inner": {"properties": {"usage": {"$ref": "#/$defs/Usage"}}},
                        "Usage": {"properties": {"more": {}, "tokens": {}}},
                    },
                },
            ),
        },
    },
    "components": {
        "schemas": {
            "A": {"properties": {}, "additionalProperties": True},
            "AEvents": {"properties": {"data": {}}},
            "Whole": form(stream=False, file={"type": "string", "description": "x"}),
            "Stream": form(stream=True, file={"type": "string"}),
            "Usage": {"properties": {"tokens": {"type": "integer"}}},
        }
    },
}
"""A specification with one of each: two paths that are one, definitions, and an answer inline."""


def test_a_path_and_its_stream_are_one_with_two_answers() -> None:
    """What a request takes is the same, but for `stream`."""
    spec = read_spec(SPEC)
    assert set(spec["paths"]) == {"/v1/a", "/v1/b"}
    content = spec["paths"]["/v1/a"]["post"]["responses"]["200"]["content"]
    assert set(content) == {"application/json", "text/event-stream"}


@pytest.mark.parametrize(
    "changes",
    [
        {"file": {"type": "number"}},
        {"file": {"type": "string"}, "more": {}},
        {},
    ],
)
def test_a_stream_that_takes_other_arguments_is_told(changes: dict[str, Any]) -> None:
    """Else one of the two functions would not be compared."""
    spec = deepcopy(SPEC)
    spec["components"]["schemas"]["Stream"] = form(stream=True, **changes)
    with pytest.raises(ValueError, match="/v1/a#stream takes other arguments"):
        read_spec(spec)


def test_definitions_and_inline_answers_get_their_names() -> None:
    """Beside the components; one that is there already gets the fields that it lacks."""
    spec = read_spec(SPEC)
    schemas = spec["components"]["schemas"]
    answer = spec["paths"]["/v1/b"]["get"]["responses"]["200"]["content"]["application/json"]
    assert answer["schema"] == {"$ref": f"{REFERENCE}B"}
    assert schemas["B"]["properties"] == {"inner": {"$ref": f"{REFERENCE}Inner"}}
    assert "$defs" not in schemas["B"]
    assert schemas["Inner"]["properties"] == {"usage": {"$ref": f"{REFERENCE}Usage"}}
    assert schemas["Usage"]["properties"] == {"tokens": {"type": "integer"}, "more": {}}


def test_an_object_of_unnamed_properties_is_any_object() -> None:
    """It has no fields to compare."""
    assert read_spec(SPEC)["components"]["schemas"]["A"] == {"additionalProperties": True}


def test_what_was_given_stays_as_it_is() -> None:
    """It is read, not changed."""
    before = deepcopy(SPEC)
    read_spec(SPEC)
    assert before == SPEC
