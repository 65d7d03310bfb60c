"""Structured output: a class becomes the response format, and the response an instance."""

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from enum import Enum
from typing import Any, Literal

import attrs
import pytest

from mistral_core import (
    Err,
    InvalidRequestError,
    MistralCore,
    Ok,
    RequestOptions,
    ResponseValidationError,
    SDKError,
    Timeout,
)
from mistral_core.testing import ScriptedTransport, json_response
from mistral_funcs import (
    agents_complete,
    chat_complete,
    parse,
    response_format_of,
    structure_text,
)
from mistral_funcs.sandbox import Sandbox
from mistral_funcs.toolkit.json_schema import json_schema_of
from mistral_funcs.toolkit.strict_schema import strict_schema_of

MESSAGES = [{"role": "user", "content": "Tell me of a person"}]


class Color(Enum):
    """A colour."""

    RED = "red"
    BLUE = "blue"


@attrs.frozen
class Pet:  # noqa: D101 - a class without a docstring is fine too
    name: str = attrs.field(metadata={"description": "What it is called"})
    kind: Literal["cat", "dog"]


@attrs.frozen
class Person:
    """A person with pets."""

    name: str
    age: int
    pets: list[Pet]
    born: datetime | None = None
    likes: dict[str, float] = attrs.field(factory=dict[str, float])
    color: Color = Color.RED
    friends: "list[Person]" = attrs.field(factory=list["Person"])
    secret: str = attrs.field(default="", init=False)


def responds(text: str, reason: str = "stop") -> ScriptedTransport:
    """Return a transport that responds with some text."""
    choice = {"index": 0, "message": {"content": text}, "finish_reason": reason}
    return ScriptedTransport(json_response({"id": "c", "choices": [choice]}))


async def test_a_response_becomes_an_instance() -> None:
    """The schema of the class is sent."""
    transport = responds('{"name": "Ada", "age": 36, "pets": [{"name": "Tom", "kind": "cat"}]}')
    client = MistralCore(transport=transport)
    result = await parse(Person, chat_complete, client, model="m", messages=MESSAGES)
    assert result == Ok(Person("Ada", 36, [Pet("Tom", "cat")]))
    assert result.call.status == 200
    body = transport.requests[0].body
    assert isinstance(body, bytes)
    assert json.loads(body)["response_format"] == {
        "type": "json_schema",
        "json_schema": {"name": "Person", "schema": strict_schema_of(Person), "strict": True},
    }


async def test_arguments_and_options_of_the_call_apply() -> None:
    """As without a class."""
    transport = responds('{"name": "Ada", "age": 36, "pets": []}')
    client = MistralCore(transport=transport, timeout=60)
    options = RequestOptions(timeout=Timeout(read=7), headers={"x-mine": "1"})
    settings: dict[str, Any] = {"temperature": 0, "max_tokens": 5, "options": options}
    await parse(Person, chat_complete, client, model="m", messages=MESSAGES, **settings)
    (request,) = transport.requests
    assert isinstance(request.body, bytes)
    assert {"temperature": 0, "max_tokens": 5}.items() <= json.loads(request.body).items()
    assert (request.read_timeout, request.headers["x-mine"]) == (7, "1")


async def test_agents_and_the_sandbox_are_supported() -> None:
    """The sandbox generates a value that matches the schema."""
    sandbox = Sandbox()
    client = MistralCore(transport=sandbox)
    chat = parse(Person, chat_complete, client, model="mistral-large-latest", messages=MESSAGES)
    assert isinstance((await chat).unwrap(), Person)
    agent = next(iter(sandbox.state.agents))
    asked = parse(Person, agents_complete, client, agent_id=agent, messages=MESSAGES)
    assert isinstance((await asked).unwrap(), Person)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ('{"name": "Ada", "age": "36 years", "pets": []}', "`$.age` must be an integer"),
        ('{"name": "Ada", "age": 36, "pets": [{"name": "T", "kind": "cow"}]}', "$.pets[0].kind"),
        ('{"name": "Ada"', "is not JSON"),
        ("Ada is 36 years old.", "is not JSON"),
        ("", "is not JSON"),
        ("[]", "`$` must be an object"),
    ],
)
async def test_a_response_that_does_not_match_is_an_err(text: str, says: str) -> None:
    """With the fault, the finish reason and the text."""
    client = MistralCore(transport=responds(text, "length"))
    result = await parse(Person, chat_complete, client, model="m", messages=MESSAGES)
    assert isinstance(result, Err)
    assert isinstance(result.error, ResponseValidationError)
    assert says in result.error.message
    assert "(finish reason: length)" in result.error.message
    assert result.error.body == text.encode()


async def test_a_response_without_choices_is_an_err() -> None:
    """It is no crash."""
    client = MistralCore(transport=ScriptedTransport(json_response({"id": "c"})))
    result = await parse(Person, chat_complete, client, model="m", messages=MESSAGES)
    assert isinstance(result, Err)
    assert "no choices" in result.error.message


async def test_a_failed_call_is_its_own_err() -> None:
    """As without a class."""
    client = MistralCore(transport=ScriptedTransport(json_response({}, 404)))
    result = await parse(Person, chat_complete, client, model="m", messages=MESSAGES)
    assert isinstance(result, Err)
    assert isinstance(result.error, SDKError)


@attrs.frozen
class Impossible:
    """A class that JSON cannot represent."""

    when: complex


async def test_a_class_without_a_schema_is_refused_before_the_call() -> None:
    """As an invalid argument."""
    transport = ScriptedTransport()
    client = MistralCore(transport=transport)
    result = await parse(Impossible, chat_complete, client, model="m", messages=MESSAGES)
    assert isinstance(result, Err)
    assert isinstance(result.error, InvalidRequestError)
    assert "complex" in result.error.message
    assert transport.requests == []


def test_text_can_be_structured_alone() -> None:
    """Such as the text of a collected stream. Any type is supported."""
    assert structure_text('["red", "blue"]', list[Color]) == Ok([Color.RED, Color.BLUE])
    text = '{"name": "Ada", "age": 3, "pets": [], "born": "1815-12-10T00:00:00Z", "color": "blue"}'
    ada = structure_text(text, Person).unwrap()
    assert ada.born == datetime(1815, 12, 10, tzinfo=UTC)
    assert ada.color is Color.BLUE


TOM = '{"name": "Tom", "kind": "cat"}'
CODE = '{"name": "```json\\n7\\n```", "kind": "cat"}'


@pytest.mark.parametrize(
    ("text", "name"),
    [
        (f"```json\n{TOM}\n```", "Tom"),
        (f"```\n{TOM}\n```", "Tom"),
        (f"```JSON\r\n{TOM}\r\n```\r\n", "Tom"),
        (f"  \ufeff\n```json5 \n\n{TOM}\n\n   ```\n", "Tom"),
        (f"~~~json\n{TOM}\n~~~", "Tom"),
        (f"````json\n{TOM}\n````", "Tom"),
        (f"```json {TOM} ```", "Tom"),
        (f"```json{TOM}```", "Tom"),
        (f"```json\n{TOM}\n", "Tom"),
        (f"Here it is:\n\n```json\n{TOM}\n```\n\nAnything else?", "Tom"),
        (f"1. The pet:\n   ```json\n   {TOM}\n   ```", "Tom"),
        (f"```python\nprint(1)\n```\nwhich prints\n```json\n{TOM}\n```", "Tom"),
        (f"```json\n{CODE}\n```", "```json\n7\n```"),
        (f"{CODE}", "```json\n7\n```"),
        (f"\ufeff {TOM} ", "Tom"),
    ],
)
def test_json_in_a_markdown_fence_is_read(text: str, name: str) -> None:
    """With and without prose around it. A fence within a string is text."""
    assert structure_text(text, Pet) == Ok(Pet(name, "cat"))


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (f"```json\n{TOM}\n```\nor\n```json\n{TOM}\n```", "2 Markdown fences"),
        (f"```json\n{TOM} or so\n```", "is not JSON"),
        (f"```json\n{TOM[:-1]}\n```", "is not JSON"),
        (f"```python\nprint(1)\n```\n{TOM}", "is not JSON"),
        (f"The pet is {TOM}.", "is not JSON"),
        ('```json\n{"name": NaN}\n```', "NaN"),
        ('```json\n{"name": "\ud800"}\n```', "utf-8"),
        ('{"name": "\ud800", "kind": "cat"}', "utf-8"),
        ("```json\n" + "[" * 100_000 + "\n```", "is not JSON"),
        ("```", "is not JSON"),
    ],
)
def test_a_fence_without_one_json_value_is_an_err(text: str, says: str) -> None:
    """The text is never guessed, and nothing is raised."""
    result = structure_text(text, Pet)
    assert isinstance(result, Err)
    assert says in result.error.message
    assert result.error.body == text.encode(errors="surrogatepass")


def test_a_recursive_class_is_supported() -> None:
    """In its schema, and in its values."""
    pets = '"pets": []'
    text = f'{{"name": "A", "age": 1, {pets}, "friends": [{{"name": "B", "age": 2, {pets}}}]}}'
    assert structure_text(text, Person) == Ok(Person("A", 1, [], friends=[Person("B", 2, [])]))
    assert "$defs" in json_schema_of(Person)


def test_the_schema_describes_the_class() -> None:
    """Types, docstrings, descriptions and optional fields. Other fields are not allowed."""
    schema = json_schema_of(Person)
    person = {key: value for key, value in schema.items() if key != "$defs"}
    assert schema["$defs"] == {
        "Pet": {
            "type": "object",
            "title": "Pet",
            "properties": {
                "name": {"type": "string", "description": "What it is called"},
                "kind": {"type": "string", "enum": ["cat", "dog"]},
            },
            "required": ["name", "kind"],
            "additionalProperties": False,
        },
        "Person": person,
    }
    assert person == {
        "type": "object",
        "title": "Person",
        "description": "A person with pets.",
        "properties": {
            "name": {"type": "string"},
            "age": {"type": "integer"},
            "pets": {"type": "array", "items": {"$ref": "#/$defs/Pet"}},
            "born": {"anyOf": [{"type": "string", "format": "date-time"}, {"type": "null"}]},
            "likes": {"type": "object", "additionalProperties": {"type": "number"}},
            "color": {"type": "string", "enum": ["red", "blue"], "default": "red"},
            "friends": {"type": "array", "items": {"$ref": "#/$defs/Person"}},
        },
        "required": ["name", "age", "pets"],
        "additionalProperties": False,
    }


@pytest.mark.parametrize(
    ("kind", "schema"),
    [
        (list, {"type": "array", "items": {}}),
        (dict, {"type": "object", "additionalProperties": True}),
        (Mapping[str, Any], {"type": "object", "additionalProperties": True}),
        (bool, {"type": "boolean"}),
        (int | None, {"anyOf": [{"type": "integer"}, {"type": "null"}]}),
    ],
)
def test_plain_types_have_schemas_too(kind: Any, schema: object) -> None:
    """A type need not be a class."""
    assert json_schema_of(kind) == schema
    assert response_format_of(kind).json_schema is not None


def test_two_classes_of_one_name_are_refused() -> None:
    """The schema could not distinguish them."""
    other: Any = attrs.make_class("Pet", {"name": attrs.field(type=str)})
    both: Any = attrs.make_class("Both", {"a": attrs.field(type=Pet), "b": attrs.field(type=other)})
    with pytest.raises(TypeError, match="two classes with the same name: 'Pet'"):
        response_format_of(both)
