"""The converter is strict about types, and tolerates additions to the API."""

import json
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta, timezone
from typing import Any, Literal

import attrs
import pytest
from hypothesis import given, strategies as st

from mistral_core import UNSET, Schema, Unknown, Unset
from mistral_core.structuring.converter import converter, faults, request_converter
from mistral_funcs.schemas import (
    BaseModelCard,
    ClassifierFineTunedModel,
    CompletionFineTunedModel,
    DeleteModelResponse,
    FineTunedModel,
    FTModelCard,
    ModelCapabilities,
    ModelCard,
    ModelList,
)


@attrs.frozen(kw_only=True)
class Leaf(Schema):
    """A field of each simple type."""

    text: str = ""
    count: int = 0
    share: float = 0.0
    flag: bool = False
    when: datetime | None = None
    color: Literal["red", "blue"] | str = "red"
    only: Literal["a", "b"] | None = None


@attrs.frozen(kw_only=True)
class Tree(Schema):
    """Fields with composite types."""

    leaf: Leaf
    content: str | list[Leaf] = ""
    by_name: dict[str, Leaf] = attrs.field(factory=dict[str, Leaf])
    forgiving: list[Leaf | Unknown] = attrs.field(factory=list[Leaf | Unknown])
    strict: list[Leaf] = attrs.field(factory=list[Leaf])
    anything: Any = None
    required_or_null: str | None


BASE: dict[str, object] = {"leaf": {}, "required_or_null": ""}


def structure(value: object, kind: Any) -> Any:
    """Structure a value."""
    return converter.structure(value, kind)


def faults_of(value: object, kind: Any) -> list[str]:
    """Return the faults of an invalid value."""
    with pytest.raises(Exception) as raised:  # noqa: PT011
        structure(value, kind)
    return [str(fault) for fault in faults(raised.value)]


@pytest.mark.parametrize(
    ("field", "value", "fault"),
    [
        ("text", 1, "must be a string, got a number"),
        ("text", [], "must be a string, got an array"),
        ("count", "12abc", "must be an integer, got a string"),
        ("count", 1.5, "must be an integer, got a number"),
        ("count", True, "must be an integer, got a boolean"),
        ("share", "a lot", "must be a number, got a string"),
        ("share", False, "must be a number, got a boolean"),
        ("flag", 0, "must be a boolean, got a number"),
        ("flag", [], "must be a boolean, got an array"),
        ("when", True, "must be a string or null, got a boolean"),
        ("when", "soon", "must be a date, got 'soon'"),
        ("color", {}, "must be a string, got an object"),
        ("only", "c", "must be 'a' or 'b', got 'c'"),
        ("only", 1, "must be a string or null, got a number"),
    ],
)
def test_lossy_conversions_are_refused(field: str, value: object, fault: str) -> None:
    """The fault has the path of the field."""
    assert faults_of({field: value}, Leaf) == [f"`$.{field}` {fault}"]


def test_a_top_level_value_is_converted_strictly() -> None:
    """A date, and `null`."""
    assert faults_of([], datetime) == ["`$` must be a date, got an array"]
    assert faults_of(1, type(None)) == ["`$` must be null, got a number"]
    assert structure(None, type(None)) is None


def test_equal_json_numbers_are_converted() -> None:
    """`1.0` is accepted as an integer, and `1` as a float."""
    leaf = structure({"count": 3.0, "share": 1}, Leaf)
    assert (leaf.count, leaf.share) == (3, 1.0)
    assert (type(leaf.count), type(leaf.share)) == (int, float)


@pytest.mark.parametrize(
    "text", ["2025-06-01T12:00:00Z", "2025-06-01T14:00:00+02:00", "2025-06-01T12:00:00"]
)
def test_dates_are_aware(text: str) -> None:
    """A date without a time zone is in UTC."""
    assert structure({"when": text}, Leaf).when == datetime(2025, 6, 1, 12, tzinfo=UTC)


def test_unexpected_null_is_the_default() -> None:
    """`None` if the specification allows `null`."""
    nulls: dict[str, None] = dict.fromkeys(("text", "count", "when", "color", "only"))
    assert structure(nulls, Leaf) == Leaf()


def test_a_field_that_may_be_null_may_still_be_required() -> None:
    """A missing field is an error, `null` is `None`."""
    assert structure({"leaf": {}, "required_or_null": None}, Tree).required_or_null is None
    assert faults_of({"leaf": {}}, Tree) == ["`$.required_or_null` is missing"]


def test_unknown_fields_are_kept_and_sent_back() -> None:
    """Even one with the name of the attribute that keeps them."""
    raw = {"text": "a", "new": [1], "null": None, "additional_properties": 1}
    leaf = structure(raw, Leaf)
    assert leaf.additional_properties == {"new": [1], "null": None, "additional_properties": 1}
    assert raw.items() <= converter.unstructure(leaf).items()


def test_unknown_fields_that_are_null_are_not_sent() -> None:
    """In objects at any depth. The content of an unknown field is sent unchanged."""
    nulls = {"new": None, "newer": {"a": None}}
    raw = {"leaf": {"text": "a", **nulls}, "strict": [nulls], "by_name": {"a": nulls}, **nulls}
    tree = structure({**raw, "required_or_null": None}, Tree)
    sent = request_converter.unstructure(tree)
    for where in (sent, sent["leaf"], sent["strict"][0], sent["by_name"]["a"]):
        assert "new" not in where
        assert where["newer"] == {"a": None}
    assert sent["required_or_null"] is None
    assert converter.unstructure(tree)["leaf"]["new"] is None


def test_a_custom_class_may_ignore_unknown_fields() -> None:
    """It has no attribute that keeps them."""

    @attrs.frozen
    class Mine:
        name: str

    assert structure({"name": "a", "new": 1}, Mine) == Mine("a")


def test_an_unknown_value_of_an_open_enum_is_kept() -> None:
    """It is read and sent."""
    leaf = structure({"color": "green"}, Leaf)
    assert leaf.color == "green"
    assert converter.unstructure(leaf)["color"] == "green"


def test_a_union_is_decided_by_the_type_of_the_value() -> None:
    """A string, or a list of objects."""
    assert structure({**BASE, "content": "a"}, Tree).content == "a"
    assert structure({**BASE, "content": [{"text": "a"}]}, Tree).content == [Leaf(text="a")]
    fault = "`$.content` must be a string or an array, got a number"
    assert faults_of({**BASE, "content": 1}, Tree) == [fault]
    assert structure({**BASE, "anything": [1, {"a": None}]}, Tree).anything == [1, {"a": None}]


def test_a_mapping_is_read_as_strictly_in_each_class() -> None:
    """Also in later classes with a field of the same type."""
    for name in ("One", "Other"):
        kind = attrs.make_class(name, {"by_name": attrs.field(type=Mapping[str, Any])})
        fault = "`$.by_name` must be an object, got an array"
        assert faults_of({"by_name": []}, kind) == [fault]


def test_faults_have_paths() -> None:
    """Through objects, arrays and maps."""
    raw = {
        "leaf": {"count": "x"},
        "strict": [{}, {"text": 1}, {"share": "s"}],
        "by_name": {"k": {"flag": 1}},
    }
    assert sorted(faults_of(raw, Tree)) == [
        "`$.by_name['k'].flag` must be a boolean, got a number",
        "`$.leaf.count` must be an integer, got a string",
        "`$.required_or_null` is missing",
        "`$.strict[1].text` must be a string, got a number",
        "`$.strict[2].share` must be a number, got a string",
    ]
    assert faults_of({**BASE, "strict": {}}, Tree) == ["`$.strict` must be an array, got an object"]
    assert faults_of({**BASE, "by_name": []}, Tree) == [
        "`$.by_name` must be an object, got an array"
    ]
    assert faults_of([], Tree) == ["`$` must be an object, got an array"]
    assert faults_of(object(), Tree) == ["`$` must be an object, got object"]


def test_a_forgiving_list_keeps_invalid_items() -> None:
    """With the reason, beside the valid items."""
    raw = [{"text": "a"}, {"count": "x"}, None]
    good, bad, null = structure({**BASE, "forgiving": raw}, Tree).forgiving
    assert good == Leaf(text="a")
    assert bad == Unknown({"count": "x"})
    assert bad.reason == "`$.count` must be an integer, got a string"
    assert null.reason == "`$` must be an object, got null"
    assert converter.unstructure(bad) == {"count": "x"}
    assert len(repr(Unknown("x" * 9999))) < 300


@pytest.mark.parametrize(
    ("raw", "kind"),
    [
        ({"id": "m", "type": "base"}, BaseModelCard),
        ({"id": "m", "type": "fine-tuned"}, FTModelCard),
        ({"id": "m", "TYPE": "fine-tuned"}, FTModelCard),
        ({"id": "m"}, BaseModelCard),
        ({"id": "m", "type": None, "job": "j"}, FTModelCard),
        ({"id": "m", "archived": True}, FTModelCard),
        ({"id": "m", "type": "merged"}, Unknown),
        ({"id": "m", "type": ["base"]}, Unknown),
        ({"type": "merged"}, Unknown),
    ],
)
def test_a_tag_decides_the_class(raw: dict[str, object], kind: type) -> None:
    """Without a tag it is the class with most of the fields. An unknown tag is an `Unknown`."""
    assert type(structure(raw, ModelCard)) is kind


def test_an_unknown_tag_is_an_error_without_unknown() -> None:
    """A custom union need not contain `Unknown`."""
    assert faults_of({"id": "m", "type": "merged"}, BaseModelCard | FTModelCard) == [
        "`$` has an unknown type: 'merged'"
    ]


def test_a_bare_array_is_a_list_of_models() -> None:
    """The API's documentation shows one."""
    assert structure([{"id": "m"}], ModelList) == ModelList(data=[BaseModelCard(id="m")])


@attrs.frozen(kw_only=True)
class Asking(Schema):
    """A class in a request."""

    model: str
    label: str | None | Unset = UNSET
    seed: int | None = None
    parts: list[Any] = attrs.field(factory=list[Any])


def test_omitted_fields_are_not_sent() -> None:
    """`UNSET`, and `None` as a default. An explicit `None` is `null`."""
    assert converter.unstructure(Asking(model="m")) == {"model": "m", "parts": []}
    asking = Asking(model="m", label=None, parts=[Asking(model="n", seed=1), {"as": "written"}])
    assert converter.unstructure(asking) == {
        "model": "m",
        "label": None,
        "parts": [{"model": "n", "seed": 1, "parts": []}, {"as": "written"}],
    }
    assert structure({"model": "m", "label": "x"}, Asking) == Asking(model="m", label="x")


def test_dates_are_sent_with_their_offset() -> None:
    """A date without an offset is refused."""
    moment = datetime(2025, 6, 1, tzinfo=timezone(timedelta(hours=2)))
    assert converter.unstructure(moment) == "2025-06-01T00:00:00+02:00"
    with pytest.raises(ValueError, match="no time zone"):
        converter.unstructure(datetime(2025, 6, 1))  # noqa: DTZ001


TEXTS = st.text(max_size=5)
CARD = {
    "id": TEXTS,
    "created": st.none() | st.integers(),
    "aliases": st.lists(TEXTS, max_size=2),
    "name": st.none() | TEXTS,
    "capabilities": st.builds(ModelCapabilities, vision=st.booleans()),
    "deprecation": st.none() | st.datetimes(timezones=st.just(UTC)),
    "default_model_temperature": st.none() | st.floats(allow_nan=False, allow_infinity=False),
    "additional_properties": st.dictionaries(
        TEXTS.map(lambda text: f"x-{text}"), st.none() | TEXTS
    ),
}
CARDS = st.builds(BaseModelCard, **CARD) | st.builds(FTModelCard, **CARD, job=st.none() | TEXTS)
TUNED = st.builds(CompletionFineTunedModel, id=TEXTS) | st.builds(
    ClassifierFineTunedModel, id=TEXTS
)


@given(st.builds(ModelList, data=st.lists(CARDS, max_size=3)))
def test_written_values_are_read_again(models: ModelList) -> None:
    """Through JSON and back."""
    text = json.dumps(converter.unstructure(models))
    assert structure(json.loads(text), ModelList) == models


@given(TUNED)
def test_written_fine_tuned_models_are_read_again(model: object) -> None:
    """Of both kinds."""
    assert structure(converter.unstructure(model), FineTunedModel) == model


JSON = st.recursive(
    st.none() | st.booleans() | st.floats() | st.integers() | st.text(),
    lambda inner: (
        st.lists(inner)
        | st.dictionaries(
            st.sampled_from(["id", "data", "type", "TYPE", "capabilities", "aliases"]) | TEXTS,
            inner,
        )
    ),
    max_leaves=10,
)


@given(JSON, st.sampled_from([ModelList, ModelCard, FineTunedModel, DeleteModelResponse]))
def test_any_json_is_read_or_refused_with_paths(value: object, kind: Any) -> None:
    """Each path starts at the root."""
    try:
        result = structure(value, kind)
    except Exception as error:  # noqa: BLE001
        named = faults(error)
        assert named
        assert all(fault.path.startswith("$") and fault.problem for fault in named)
    else:
        assert isinstance(result, Schema | Unknown)
