"""How schema objects are displayed: as a line or two, and as a table in notebooks."""

from html.parser import HTMLParser
from typing import Any

import attrs
import pytest
from hypothesis import given, settings, strategies as st

from mistral_core import Ok, Schema, Unknown
from mistral_core.display import MAX_LENGTH
from mistral_funcs import schemas
from mistral_funcs.schemas import (
    APIKeyAuth,
    AssistantMessage,
    BaseModelCard,
    ChatCompletionChoice,
    ChatCompletionResponse,
    CustomConnector,
    EmbeddingResponse,
    EmbeddingResponseData,
    FunctionCall,
    ModelCapabilities,
    ModelList,
    TextChunk,
    ToolCall,
    ToolMessage,
    UsageInfo,
    UserMessage,
)
from tests.core.test_schemas_round_trip import SCHEMAS, instances

SECRET = "s3cret"  # noqa: S105 - not a secret
COMPLETION = ChatCompletionResponse(
    id="cmpl-1",
    model="mistral-large-latest",
    created=1_700_000_000,
    choices=[
        ChatCompletionChoice(
            index=0, message=AssistantMessage(content="Hello!"), finish_reason="stop"
        )
    ],
    usage=UsageInfo(prompt_tokens=5, completion_tokens=3, total_tokens=8),
)


@attrs.frozen(kw_only=True)
class Private(Schema):
    """A class with its own representation."""

    key: str

    def __repr__(self) -> str:
        """Hide the key."""
        return "<private>"


@attrs.frozen(kw_only=True)
class Holder(Schema):
    """A field for any value."""

    value: Any = None


SHOWN: list[tuple[object, str]] = [
    (TextChunk(text="Hello"), "TextChunk(text='Hello')"),
    (BaseModelCard(id="m"), "BaseModelCard(id='m')"),
    (ToolMessage(content=None), "ToolMessage(content=None)"),
    (ToolMessage(content="4", name=None), "ToolMessage(content='4', name=None)"),
    (
        BaseModelCard(id="m", capabilities=ModelCapabilities(vision=True), aliases=["n"]),
        "BaseModelCard(id='m', capabilities=ModelCapabilities(vision=True), aliases=['n'])",
    ),
    (
        AssistantMessage(
            tool_calls=[ToolCall(id="1", function=FunctionCall(name="f", arguments={"a": 1}))]
        ),
        (
            "AssistantMessage(tool_calls=[ToolCall(id='1', function=FunctionCall(name='f',"
            " arguments={'a': 1}))])"
        ),
    ),
    (Unknown({"type": "new"}, "why"), "Unknown(raw={'type': 'new'}, reason='why')"),
    (Holder(value=(1,)), "Holder(value=(1,))"),
    (Holder(value=(1, [])), "Holder(value=(1, []))"),
    (Holder(value=b"ab"), "Holder(value=b'ab')"),
    (Holder(value=Private(key=SECRET)), "Holder(value=<private>)"),
    (Holder(value=1.5), "Holder(value=1.5)"),
]


@pytest.mark.parametrize(("value", "text"), SHOWN)
def test_representation_has_the_fields_that_differ_from_defaults(value: object, text: str) -> None:
    """It can be copied into code."""
    assert repr(value) == str(value) == text
    if "<" not in text:
        names = {**vars(schemas), **{name: getattr(schemas, name) for name in dir(schemas)}}
        assert eval(text, {**names, "Unknown": Unknown, "Holder": Holder}) == value  # noqa: S307


ABBREVIATED: list[tuple[object, str]] = [
    (TextChunk(text="x" * 500), f"TextChunk(text='{'x' * 77}...')"),
    (Holder(value=b"x" * 500), f"Holder(value=b'{'x' * 77}...')"),
    (Holder(value=range(10**9, 10**10, 10**8).__iter__()), "Holder(value=<"),
    (
        EmbeddingResponseData(embedding=[0.5] * 1024, index=1),
        "EmbeddingResponseData(embedding=[0.5, 0.5, 0.5, 0.5, ... 1,020 more], index=1)",
    ),
    (
        UserMessage(content=[TextChunk(text=f"{number}") for number in range(9)]),
        (
            "UserMessage(content=[TextChunk(text='0'), TextChunk(text='1'), TextChunk(text='2'), "
            "TextChunk(text='3'), ... 5 more])"
        ),
    ),
    (
        COMPLETION,
        (
            "ChatCompletionResponse(id='cmpl-1', model='mistral-large-latest', usage=UsageInfo("
            "prompt_tokens=5, completion_tokens=3, total_tokens=8), created=1700000000, "
            "choices=[ChatCompletionChoice(...)])"
        ),
    ),
    (Ok(COMPLETION), "Ok(value=ChatCompletionResponse(id='cmpl-1', model="),
]


@pytest.mark.parametrize(("value", "text"), ABBREVIATED)
def test_long_values_are_abbreviated(value: object, text: str) -> None:
    """Strings, bytes, lists and nested objects."""
    assert repr(value).startswith(text)


def deep(levels: int) -> Holder:
    """Return nested objects."""
    value = Holder()
    for _ in range(levels):
        value = Holder(value=value)
    return value


HUGE: list[Schema] = [
    deep(300),
    EmbeddingResponse(data=[EmbeddingResponseData(embedding=[0.1] * 1024)] * 500),
    ModelList(data=[BaseModelCard(id="x" * 100, name="y" * 100, description="z" * 100)] * 100),
    Holder(value={f"{number}" * 50: {"a": [1] * 50} for number in range(50)}),
    attrs.make_class(
        "Wide", {f"a_rather_long_name_{n}": attrs.field(default=0) for n in range(50)},
        bases=(Schema,), kw_only=True, frozen=True,
    )(**{f"a_rather_long_name_{n}": n for n in range(1, 50)}),
]  # fmt: skip


@pytest.mark.parametrize("value", HUGE)
def test_representation_fits_on_two_lines(value: Schema) -> None:
    """However large the object is."""
    text = repr(value)
    assert len(text) <= MAX_LENGTH
    assert text.startswith(f"{type(value).__name__}(")
    assert text.endswith(")")
    assert "..." in text


@pytest.mark.parametrize("schema", SCHEMAS, ids=lambda schema: schema.__name__)
@settings(max_examples=2, deadline=None)
@given(st.data())
def test_every_schema_has_a_representation(schema: Any, data: st.DataObject) -> None:
    """Whatever values its fields have."""
    value = data.draw(instances(schema))
    assert len(repr(value)) <= MAX_LENGTH
    tags_of(value._repr_html_())


class Tags(HTMLParser):
    """Collects the tags and the text of a document."""

    def __init__(self) -> None:
        """Start an empty document."""
        super().__init__()
        self.tags: set[str] = set()
        self.open: list[str] = []
        self.text = ""

    def handle_starttag(self, tag: str, attrs: Any) -> None:
        """Collect a start tag."""
        del attrs
        self.tags.add(tag)
        self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        """Close a tag."""
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        """Collect text."""
        self.text += data


def tags_of(text: str) -> Tags:
    """Return the contents of a document, and check that all its tags are closed."""
    document = Tags()
    document.feed(text)
    assert document.open == []
    assert document.tags <= {"table", "caption", "tr", "th", "td", "ol", "li", "pre", "code"}
    return document


def test_notebook_shows_a_table_in_which_all_text_is_escaped() -> None:
    """A response can contain markup, which must not be interpreted."""
    evil = "<script>alert('x')</script>&amp;"
    value = ChatCompletionResponse(
        id=evil,
        model="m",
        choices=[ChatCompletionChoice(index=0, message=AssistantMessage(content=evil * 200))],
    )
    table = value._repr_html_()
    assert "<script" not in table
    document = tags_of(table)
    assert evil in document.text
    assert "AssistantMessage" in document.text
    assert len(table) < 10_000


def test_notebook_shows_the_beginning_of_long_lists() -> None:
    """Objects in lists are tables, up to a limited depth."""
    document = tags_of(UserMessage(content=[TextChunk(text="a")] * 30)._repr_html_())
    assert document.text.count("TextChunk") == 20
    assert "... 10 more" in document.text
    assert "Holder(...)" in tags_of(deep(20)._repr_html_()).text
    assert "{'type': 'new'}" in tags_of(Unknown({"type": "new"})._repr_html_()).text


def test_secrets_are_never_shown() -> None:
    """At any depth, in lines and in tables."""
    connector = CustomConnector(connector_id="c", authorization=APIKeyAuth(value=SECRET))
    for value in (APIKeyAuth(value=SECRET), connector, Holder(value=[{"a": connector}])):
        assert SECRET not in f"{value!r} {value} {value._repr_html_()}"
    extra = Holder(value=1, additional_properties={"token": SECRET})
    assert SECRET not in f"{extra!r}{extra._repr_html_()}"
