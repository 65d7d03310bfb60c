"""Schema classes in pydantic models: validated, serialized and described like in the API."""

import json
from typing import Annotated, Any, Literal, TypeAlias

import attrs
import pytest
from pydantic import BaseModel, Field, TypeAdapter, ValidationError

from mistral_core import Schema, Unknown, to_dict
from mistral_core.serialization.pydantic_types import steps_of
from mistral_funcs.schemas import (
    AssistantMessage,
    BaseModelCard,
    ChatCompletionResponse,
    FTModelCard,
    ModelCard,
    ModelList,
    SystemMessage,
    TextChunk,
    UserMessage,
)


@attrs.frozen(kw_only=True)
class Node(Schema):
    """A node of a tree.

    It has a second paragraph.

    Attributes:
        name: Name of the node.
        kind: Its kind.
        children: The nodes below it.
        labels: A label for each language.
    """

    name: str = attrs.field(metadata={"json_key": "from"})
    kind: Literal["leaf", "branch"] | str = "leaf"
    children: "list[Node | Unknown] | None" = None
    labels: dict[str, "Node"] = attrs.field(factory=dict[str, "Node"])


Either: TypeAlias = Annotated[SystemMessage | UserMessage, Field(discriminator="role")]


class Log(BaseModel):
    """A model that contains schema objects."""

    messages: list[SystemMessage | UserMessage | AssistantMessage]
    card: ModelCard | None = None
    tree: Node | None = None


def test_pydantic_models_read_and_write_schema_objects() -> None:
    """Including unknown kinds and unknown fields."""
    data: dict[str, Any] = {
        "messages": [
            {"role": "assistant", "content": "x", "new": [None]},
            {"role": "user", "content": [{"type": "text", "text": "a"}]},
        ],
        "card": {"type": "new", "id": "m"},
        "tree": {"from": "a", "kind": "new", "children": [{"from": "b"}, 5]},
    }
    log = Log.model_validate_json(json.dumps(data))
    first, second = log.messages
    assert first == AssistantMessage(content="x", additional_properties={"new": [None]})
    assert isinstance(second, UserMessage)
    assert log.card == Unknown({"type": "new", "id": "m"})
    assert log.tree is not None
    assert [type(each) for each in log.tree.children or ()] == [Node, Unknown]
    again = Log.model_validate(log.model_dump())
    assert again == log
    assert to_dict(again.messages) == data["messages"]
    assert json.loads(log.model_dump_json())["card"] == data["card"]


def test_instances_are_kept() -> None:
    """They are immutable."""
    message, card, unknown = UserMessage(content="x"), BaseModelCard(id="m"), Unknown(5)
    log = Log(messages=[message], card=card)
    assert log.messages[0] is message
    assert log.card is card
    assert Log(messages=[], card=unknown).card is unknown


INVALID: list[tuple[Any, Any, list[tuple[tuple[str | int, ...], str, Any]]]] = [
    (UserMessage, {"role": "user"}, [(("content",), "Is missing", {"role": "user"})]),
    (UserMessage, 5, [((), "Must be an object, got a number", 5)]),
    (
        list[Node],
        [{"from": "a"}, {"from": 1, "labels": {"x y": {}}}],
        [
            ((1, "from"), "Must be a string, got a number", 1),
            ((1, "labels", "x y", "from"), "Is missing", {"from": 1, "labels": {"x y": {}}}),
        ],
    ),
    (Unknown, 5, [((), "Value error, must be an object", 5)]),
]


@pytest.mark.parametrize(("kind", "value", "errors"), INVALID)
def test_invalid_values_are_refused_with_their_paths(
    kind: Any, value: object, errors: list[Any]
) -> None:
    """Every invalid value, with the path below the model's field."""
    with pytest.raises(ValidationError) as raised:
        TypeAdapter(kind).validate_python(value)
    assert [(each["loc"], each["msg"], each["input"]) for each in raised.value.errors()] == errors


def test_paths_within_unions_name_the_class() -> None:
    """Of the member that refused the value."""
    with pytest.raises(ValidationError) as raised:
        Log.model_validate({"messages": [{"role": "user"}]})
    paths = {each["loc"] for each in raised.value.errors()}
    assert ("messages", 0, "function-wrap[UserMessage()]", "content") in paths


def test_discriminator_of_pydantic_can_be_used() -> None:
    """Then only the errors of the matching class are reported."""
    adapter = TypeAdapter(list[Either])
    assert adapter.validate_python([{"role": "user", "content": "x"}]) == [UserMessage(content="x")]
    assert adapter.validate_python([UserMessage(content="x")]) == [UserMessage(content="x")]
    with pytest.raises(ValidationError) as raised:
        adapter.validate_python([{"role": "user"}])
    assert [each["loc"] for each in raised.value.errors()] == [(0, "user", "content")]
    assert adapter.json_schema()["items"]["discriminator"]["mapping"] == {
        "system": "#/$defs/SystemMessage",
        "user": "#/$defs/UserMessage",
    }


@pytest.mark.parametrize("mode", ["validation", "serialization"])
def test_json_schema_describes_the_class(mode: Literal["validation", "serialization"]) -> None:
    """Keys, required fields, open sets of values, unions and recursion."""
    schema = TypeAdapter(list[Node]).json_schema(mode=mode)
    assert schema["items"] == {"$ref": "#/$defs/Node"}
    assert schema["$defs"]["Node"] == {
        "type": "object",
        "title": "Node",
        "description": "A node of a tree.\n\nIt has a second paragraph.",
        "required": ["from"],
        "properties": {
            "from": {"type": "string", "description": "Name of the node."},
            "kind": {
                "anyOf": [{"type": "string", "enum": ["leaf", "branch"]}, {"type": "string"}],
                "description": "Its kind.",
                "default": "leaf",
            },
            "children": {
                "anyOf": [
                    {
                        "type": "array",
                        "items": {
                            "anyOf": [
                                {"$ref": "#/$defs/Node"},
                                {
                                    "title": "Unknown",
                                    "description": "A value that is not described here.",
                                },
                            ]
                        },
                    },
                    {"type": "null"},
                ],
                "description": "The nodes below it.",
            },
            "labels": {
                "type": "object",
                "additionalProperties": {"$ref": "#/$defs/Node"},
                "description": "A label for each language.",
            },
        },
    }


def test_json_schema_refers_to_the_classes_that_it_needs() -> None:
    """Only to these. Unions have discriminators."""
    schema = TypeAdapter(ModelList).json_schema()
    definitions = schema["$defs"]
    assert {"BaseModelCard", "FTModelCard", "ModelCapabilities"} <= definitions.keys()
    assert "UserMessage" not in definitions
    items = schema["properties"]["data"]["items"]
    assert items["discriminator"] == {
        "propertyName": "type",
        "mapping": {
            "base": "#/$defs/BaseModelCard",
            "fine-tuned": "#/$defs/FTModelCard",
        },
    }
    assert definitions["FTModelCard"]["properties"]["type"]["const"] == "fine-tuned"
    assert definitions["BaseModelCard"]["properties"]["created"]["anyOf"][0]["type"] == "integer"
    assert definitions["BaseModelCard"]["required"] == ["id"]
    assert {FTModelCard.__name__, BaseModelCard.__name__} <= definitions.keys()
    both = TypeAdapter(ChatCompletionResponse | Node).json_schema()
    assert {"ChatCompletionResponse", "Node", TextChunk.__name__} <= both["$defs"].keys()


def test_steps_of_a_path() -> None:
    """Fields, indices, and keys with any characters."""
    assert steps_of("$") == ()
    assert steps_of("$.a[0]['b.c'][\"it's\"].d") == ("a", 0, "b.c", "it's", "d")
