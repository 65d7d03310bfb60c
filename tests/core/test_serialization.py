"""Schema objects to JSON and back: nothing is lost, and invalid data is reported with paths."""

import json
from datetime import UTC, datetime
from typing import Any

import attrs
import pytest
from hypothesis import given, settings, strategies as st

from mistral_core import (
    UNSET,
    Err,
    InvalidDataError,
    Ok,
    Schema,
    SDKError,
    Unknown,
    from_dict,
    from_json,
    to_dict,
    to_json,
)
from mistral_funcs import RunState
from mistral_funcs.schemas import (
    AssistantMessage,
    BaseModelCard,
    ChatCompletionRequestMessage,
    CompletionChunk,
    ModelCard,
    ModelList,
    TextChunk,
    ToolMessage,
    UserMessage,
)
from tests.core.test_schemas_round_trip import SCHEMAS, instances


@attrs.frozen(kw_only=True)
class Note(Schema):
    """A field of each kind with its own serialization."""

    from_: str = attrs.field(metadata={"json_key": "from"})
    written: datetime | None = None
    title: str | None = UNSET  # type: ignore[assignment]  # pyright: ignore[reportAssignmentType]
    anything: Any = None


WIRE: list[tuple[object, Any]] = [
    (Note(from_="me"), {"from": "me"}),
    (Note(from_="me", title=None), {"from": "me", "title": None}),
    (
        Note(from_="me", written=datetime(2026, 1, 2, tzinfo=UTC)),
        {"from": "me", "written": "2026-01-02T00:00:00+00:00"},
    ),
    (
        Note(from_="me", additional_properties={"new": [None]}),
        {"from": "me", "new": [None]},
    ),
    (Note(from_="me", anything=[Note(from_="you")]), {"from": "me", "anything": [{"from": "you"}]}),
    (UserMessage(content=None), {"role": "user", "content": None}),
    (ToolMessage(content="4", name=None), {"role": "tool", "content": "4", "name": None}),
    (Unknown({"type": "new", "x": None}), {"type": "new", "x": None}),
    ([TextChunk(text="a"), {"type": "b"}], [{"type": "text", "text": "a"}, {"type": "b"}]),
    ({"first": TextChunk(text="a")}, {"first": {"type": "text", "text": "a"}}),
    ("text", "text"),
    (None, None),
]


@pytest.mark.parametrize(("value", "data"), WIRE)
def test_object_is_serialized_as_in_the_api(value: object, data: object) -> None:
    """With API keys, unknown fields and objects, explicit `null`, and without defaults."""
    assert to_dict(value) == data
    assert json.loads(to_json(value)) == data
    if isinstance(value, Note) and value.anything is None:
        assert from_dict(Note, data) == Ok(value)


@pytest.mark.parametrize("schema", SCHEMAS, ids=lambda schema: schema.__name__)
@settings(max_examples=2, deadline=None)
@given(st.data())
def test_every_schema_is_deserialized(schema: Any, data: st.DataObject) -> None:
    """From JSON values and text, with unknown parts."""
    value = data.draw(instances(schema))
    written = to_dict(value)
    assert from_dict(schema, written) == Ok(value)
    restored = from_json(schema, to_json(value)).unwrap()
    assert restored == value
    assert to_dict(restored) == written


def test_types_other_than_classes_are_deserialized() -> None:
    """Unions, lists of them, events and messages, including unknown kinds."""
    cards = from_dict(list[ModelCard], [{"id": "a"}, {"type": "new", "id": "b"}]).unwrap()
    assert [type(each) for each in cards] == [BaseModelCard, Unknown]
    message = from_dict(ChatCompletionRequestMessage, {"role": "assistant", "content": "x"})
    assert message == Ok(AssistantMessage(content="x"))
    chunk = from_json(CompletionChunk, b'{"id":"c","model":"m","choices":[]}').unwrap()
    assert from_json(CompletionChunk, to_json(chunk)) == Ok(chunk)


def test_text_can_be_indented_and_have_lone_surrogates() -> None:
    """JSON escapes lone surrogates, which UTF-8 cannot encode."""
    assert to_json(TextChunk(text="é"), indent=1) == '{\n "type": "text",\n "text": "é"\n}'
    assert to_json(TextChunk(text="é")) == '{"type":"text","text":"é"}'
    half = TextChunk(text="\ud83d")
    assert to_json(half).isascii()
    assert from_json(TextChunk, to_json(half)) == Ok(half)


def test_run_states_are_saved_and_restored() -> None:
    """By their own methods, which check the version."""
    state = RunState(id="r", kind="chat", history=(UserMessage(content="x"),))
    assert from_dict(RunState, to_dict(state)).unwrap().id == "r"
    restored = from_json(RunState, to_json(state)).unwrap()
    assert [*restored.history] == [to_dict(each) for each in state.history]
    failed = from_dict(RunState, {"version": 0})
    assert isinstance(failed, Err)
    assert "version 0" in failed.error.message


INVALID: list[tuple[Any, object, list[str]]] = [
    (UserMessage, {}, ["`$.content` is missing"]),
    (UserMessage, [], ["`$` must be an object, got an array"]),
    (Note, {"from": 1}, ["`$.from` must be a string, got a number"]),
    (ModelList, {"data": 5}, ["`$.data` must be an array, got a number"]),
    (
        list[TextChunk],
        [{"text": 1}, {"text": ""}, {}],
        ["`$[0].text` must be a string, got a number", "`$[2].text` is missing"],
    ),
    (dict[str, TextChunk], {"a b": {}}, ["`$['a b'].text` is missing"]),
]


@pytest.mark.parametrize(("kind", "data", "errors"), INVALID)
def test_invalid_data_is_an_err_with_paths(kind: Any, data: object, errors: list[str]) -> None:
    """Each invalid value is listed, and the first ones are in the message."""
    result = from_dict(kind, data)
    assert isinstance(result, Err)
    assert result.error.errors == tuple(errors)
    assert result.error.path == errors[0].split("`")[1]
    assert all(each in str(result.error) for each in errors)
    assert not result.error.retryable
    assert repr(from_json(kind, json.dumps(data))) == repr(result)


def test_long_list_of_errors_is_truncated_in_the_message() -> None:
    """It is complete in `errors`."""
    nothing: dict[str, object] = {}
    result = from_dict(list[TextChunk], [nothing] * 5)
    assert isinstance(result, Err)
    assert len(result.error.errors) == 5
    assert result.error.message.endswith("and 2 more")
    assert result.error.message.startswith("Invalid data for `list[")


@pytest.mark.parametrize("text", ["", "{", '{"text": NaN}', b"\xff", "[" * 100_000, '"\ud800"'])
def test_text_that_is_not_json_is_an_err(text: str | bytes) -> None:
    """Whatever the fault is."""
    result = from_json(TextChunk, text)
    assert isinstance(result, Err)
    assert "not JSON" in result.error.message
    assert result.error.path == "$"


def test_programming_errors_are_raised() -> None:
    """A result instead of its value, an invalid type, and values that JSON lacks."""
    with pytest.raises(TypeError, match="Pass its value"):
        to_dict(Ok(TextChunk(text="")))
    with pytest.raises(TypeError, match="Pass its value"):
        to_json(Err(SDKError("no", 500)))
    with pytest.raises(Exception, match="Unsupported type"):
        from_dict(object(), {})  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    with pytest.raises(TypeError, match="not JSON serializable"):
        to_json(Note(from_="", anything=b""))
    with pytest.raises(ValueError, match="not JSON compliant"):
        to_json(Note(from_="", anything=float("nan")))


def test_error_is_a_mistral_error() -> None:
    """With a message."""
    with pytest.raises(InvalidDataError, match="is missing"):
        from_dict(TextChunk, {}).unwrap()
