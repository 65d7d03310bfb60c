"""Unions of the kinds that schemas are written with, each in any order of its members."""

from datetime import UTC, datetime
from enum import Enum
from typing import Any, Literal

import attrs
import pytest

from mistral_core import Schema, Unknown
from mistral_core.structuring.converter import faults, make_converter


@attrs.frozen(kw_only=True)
class Only(Schema):
    """Be the one known kind of its union."""

    type: Literal["only"] = "only"
    size: int | None = None


@attrs.frozen(kw_only=True)
class Left(Schema):
    """Be one of two kinds."""

    kind: Literal["left"] = "left"
    a: int | None = None


@attrs.frozen(kw_only=True)
class Right(Schema):
    """Be the other, under two names."""

    kind: Literal["right", "starboard"] = "right"
    b: int | None = None


class Side(Enum):
    """Be a closed set as the user's own code may have it."""

    LEFT = "left"
    RIGHT = "right"


def structure(value: object, kind: Any) -> Any:
    """Structure a value, by a converter that has seen no other order of the same union."""
    return make_converter().structure(value, kind)


@pytest.mark.parametrize("kind", [Left | Right | Unknown, Unknown | Right | Left])
@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ({"kind": "left"}, Left()),
        ({"kind": "starboard"}, Right(kind="starboard")),
        ({"KIND": "right"}, Right(additional_properties={"KIND": "right"})),
        ({"b": 1}, Right(b=1)),
        ({"kind": "up"}, Unknown({"kind": "up"})),
        ({"kind": ""}, Unknown({"kind": ""})),
        ({"kind": 0}, Unknown({"kind": 0})),
    ],
)
def test_members_are_told_apart_in_any_order(kind: Any, raw: object, expected: object) -> None:
    """By the tag, and without one by their fields; an empty tag is an unknown one."""
    assert structure(raw, kind) == expected


@pytest.mark.parametrize("kind", [str | list[Left] | None, None | list[Left] | str])
@pytest.mark.parametrize(
    ("raw", "expected"), [("a", "a"), ([{"a": 1}], [Left(a=1)]), ([], []), (None, None)]
)
def test_the_kind_of_json_decides(kind: Any, raw: object, expected: object) -> None:
    """Text, an array or null, in whatever order the union names them."""
    assert structure(raw, kind) == expected


@pytest.mark.parametrize("kind", [Literal["a", "b"] | str, str | Literal["a", "b"]])
@pytest.mark.parametrize("raw", ["a", "c", ""])
def test_an_open_set_is_open_in_any_order(kind: Any, raw: str) -> None:
    """A new value comes through as it is."""
    assert structure(raw, kind) == raw


@pytest.mark.parametrize("kind", [Literal["a"] | None, None | Literal["a"]])
def test_a_closed_set_is_closed_in_any_order(kind: Any) -> None:
    """Its values or null, and nothing else."""
    assert structure("a", kind) == "a"
    assert structure(None, kind) is None
    with pytest.raises(TypeError, match="must be 'a', got 'b'"):
        structure("b", kind)


@pytest.mark.parametrize("kind", [Side | None, None | Side])
def test_an_enum_may_be_null(kind: Any) -> None:
    """It stands for the JSON of its members."""
    assert structure(["left", None], list[kind]) == [Side.LEFT, None]


def test_a_date_may_be_null() -> None:
    """And is aware where it is not."""
    assert structure(None, datetime | None) is None
    assert structure("2025-06-01", datetime | None) == datetime(2025, 6, 1, tzinfo=UTC)


@pytest.mark.parametrize(
    "kind",
    [int | float, float | int],
)
def test_a_number_of_either_kind_is_taken(kind: Any) -> None:
    """In any order of the two."""
    assert structure(1.5, kind) == 1.5
    assert structure(1, kind) == 1


@pytest.mark.parametrize("raw", [None, 1, "a", [1], {"a": None}])
def test_anything_may_also_be_null(raw: object) -> None:
    """`Any | None` is `Any`, and says more."""
    assert structure(raw, Any | None) == raw


def test_an_unknown_tag_fails_nothing_where_one_class_is_known() -> None:
    """The API has had one kind so far, and may have another tomorrow."""
    assert structure({"type": "new"}, Only | Unknown) == Unknown({"type": "new"})
    assert structure({"type": "only", "size": 1}, Only | Unknown) == Only(size=1)


@attrs.frozen(kw_only=True)
class Circle(Schema):
    """Have a literal that all shapes share, and one of its own."""

    object: Literal["shape"] = "shape"
    type: Literal["circle"] = "circle"


@attrs.frozen(kw_only=True)
class Square(Schema):
    """Have the same."""

    object: Literal["shape"] = "shape"
    type: Literal["square"] = "square"


@attrs.frozen(kw_only=True)
class Loss(Schema):
    """Have a closed set beside its tag, which comes first by the alphabet."""

    measure: Literal["sum", "mean"] = "sum"
    type: Literal["loss"] = "loss"


@pytest.mark.parametrize("kind", [Circle | Square | Unknown, Square | Circle | Unknown])
def test_a_literal_that_all_members_share_is_no_tag(kind: Any) -> None:
    """The tag is the one whose values differ."""
    assert structure({"object": "shape", "type": "circle"}, kind) == Circle()
    assert structure({"object": "shape", "type": "square"}, kind) == Square()
    assert structure({"object": "shape", "type": "star"}, kind).reason == "unknown type 'star'"


def test_a_closed_set_of_a_single_class_is_no_tag() -> None:
    """A fault in it has its path, and the tag is still what it was."""
    with pytest.raises(Exception) as raised:  # noqa: PT011
        structure({"measure": "max"}, Loss | None)
    assert [fault.path for fault in faults(raised.value)] == ["$.measure"]
    assert structure({"type": "gain"}, Loss | Unknown) == Unknown({"type": "gain"})


@attrs.frozen(kw_only=True)
class Report(Schema):
    """Have no tag among those that have one."""

    object: str = "report"
    area: float | None = None


@attrs.frozen(kw_only=True)
class Ellipse(Schema):
    """Have a tag, and a literal with which it is alone."""

    axis: Literal["long"] = "long"
    object: str = "shape"
    type: Literal["ellipse", "oval"] = "ellipse"
    size: int | None = None


@attrs.frozen(kw_only=True)
class Cube(Schema):
    """Have the tag, under one name."""

    object: str = "shape"
    type: Literal["cube"] = "cube"


@pytest.mark.parametrize(
    "kind", [Ellipse | Cube | Report | Unknown, Unknown | Report | Cube | Ellipse]
)
@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ({"object": "shape", "type": "oval"}, Ellipse(type="oval")),
        ({"object": "shape", "type": "cube"}, Cube()),
        ({"object": "shape", "type": "star"}, Unknown({"object": "shape", "type": "star"})),
        ({"object": "report", "area": 1}, Report(area=1.0)),
        ({"area": 1}, Report(area=1.0)),
        ({"object": "shape", "type": None, "size": 1}, Ellipse(size=1)),
        ({"type": "star", "area": 1}, Unknown({"type": "star", "area": 1})),
    ],
)
def test_a_member_without_a_tag_stands_among_those_that_have_one(
    kind: Any, raw: object, expected: object
) -> None:
    """It is what knows most of an object that bears no tag; a new tag is unknown for all that."""
    assert structure(raw, kind) == expected


def test_a_literal_of_a_few_members_is_no_tag_where_others_have_any_text() -> None:
    """An unknown value of it may be the text of those others."""
    made = structure({"object": "anything", "area": 2}, Circle | Report | Unknown)
    assert made == Report(object="anything", area=2.0)


@attrs.frozen(kw_only=True)
class Named(Schema):
    """Require a name."""

    name: str


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ({"name": "n"}, Named(name="n")),
        ({"name": [], "more": 1}, {"name": [], "more": 1}),
        ({}, {}),
    ],
)
@pytest.mark.parametrize("kind", [Named | dict[str, Any], dict[str, Any] | Named])
def test_an_object_of_no_class_is_a_dict_where_that_is_a_member(
    kind: Any, raw: object, expected: object
) -> None:
    """A class comes first."""
    assert structure(raw, kind) == expected
    assert structure([raw], list[kind]) == [expected]


@pytest.mark.parametrize("raw", [[1, 2], ["a"], [True, False], []])
def test_an_array_is_of_the_first_kind_that_its_items_have(raw: list[object]) -> None:
    """An array of numbers is none of strings, whichever of them stands first."""
    for kind in (list[str] | list[bool] | list[int], list[int] | list[bool] | list[str] | None):
        assert structure(raw, kind) == raw


def test_an_array_of_no_kind_is_refused() -> None:
    """The fault is that of the last kind."""
    with pytest.raises(Exception, match="invalid items") as caught:
        structure([{"a": 1}], list[str] | list[int])
    assert [*map(str, faults(caught.value))] == ["`$[0]` must be an integer, got an object"]


@attrs.frozen(kw_only=True)
class Cloud(Schema):
    """Have a tag that may get new values."""

    type: Literal["cloud", "sky"] | str = "cloud"
    region: str | None = None


@attrs.frozen(kw_only=True)
class Cluster(Schema):
    """Have a tag of one value."""

    type: Literal["cluster"] = "cluster"
    nodes: int | None = None


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ({"type": "cluster"}, Cluster()),
        ({"type": "cluster", "region": "r"}, Cluster(additional_properties={"region": "r"})),
        ({"type": "sky"}, Cloud(type="sky")),
        ({"type": "sky", "nodes": 1}, Cloud(type="sky", additional_properties={"nodes": 1})),
        ({"type": "new"}, Cloud(type="new")),
        ({"type": "new", "nodes": 1}, Cloud(type="new", additional_properties={"nodes": 1})),
        ({"nodes": 1}, Cluster(nodes=1)),
        ({}, Cloud()),
    ],
)
def test_tag_that_any_string_may_join_selects_a_class(raw: object, expected: object) -> None:
    """An object with another value is of the class that takes any."""
    assert structure(raw, Cloud | Cluster | Unknown) == expected
