"""JSON as instances of the supported types."""

import dataclasses
import subprocess
import sys
from collections.abc import Iterable, Mapping, Sequence, Set as AbstractSet
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from enum import Enum, IntEnum
from typing import Annotated, Any, Literal, NamedTuple, NewType, NotRequired, TypedDict
from uuid import UUID

import attrs
import pydantic
import pytest
from annotated_types import Ge, Gt, Interval, Le, Len, MultipleOf
from attrs import validators
from pydantic import BaseModel, RootModel
from typing_extensions import TypeAliasType

from mistral_core.schema import UnixTime
from mistral_funcs.schemas.shared.chunks import TextChunk, ThinkChunk
from mistral_funcs.schemas.shared.tools import ToolConfiguration
from mistral_funcs.toolkit.typed.scalars import duration, duration_text
from mistral_funcs.toolkit.typed.structure import faults, structure_value


class Color(Enum):
    """A colour."""

    RED = "red"
    ONE = 1


class Letter(str, Enum):  # noqa: UP042 - of the older kind
    """A letter."""

    A = "a"


class Digit(IntEnum):
    """A digit."""

    ONE = 1


class Half(float, Enum):
    """A half."""

    HALF = 0.5


@attrs.frozen
class Cat:
    """A cat."""

    name: str = attrs.field(validator=validators.matches_re("[A-Z].*"))
    lives: int = attrs.field(default=9, validator=validators.le(9))


@dataclasses.dataclass
class Dog:
    """A dog."""

    name: str
    tricks: list[str] = dataclasses.field(default_factory=list[str])
    owner: "Dog | None" = None
    id: int = dataclasses.field(default=7, init=False)


class Fish(TypedDict):
    """A fish."""

    depth: float
    school: NotRequired["set[int]"]


class Point(NamedTuple):
    """A point."""

    x: int
    y: int = 5


class Bird(BaseModel):
    """A bird."""

    wings: int = pydantic.Field(default=2, ge=0)
    wing_span: float = pydantic.Field(default=1.0, alias="wingSpan")
    nest: "Nest | None" = None


class Nest(BaseModel):
    """A nest."""

    eggs: list[Bird] = []
    built: date = date(2020, 1, 1)


@pydantic.dataclasses.dataclass
class Egg:
    """A dataclass of pydantic."""

    size: int = 1


Id = NewType("Id", int)
Tree = TypeAliasType("Tree", "list[Tree] | int")
CONFIGURATION = ToolConfiguration(include=["a"], additional_properties={"x": 1})
BIRD = Bird(wings=2, wingSpan=1.0)


VALUES: list[tuple[Any, Any, Any]] = [
    (date, "2025-01-31", date(2025, 1, 31)),
    (time, "13:30:00", time(13, 30)),
    (datetime, "2025-01-31T00:00:00Z", datetime(2025, 1, 31, tzinfo=UTC)),
    (timedelta, "P1DT1H30M2.5S", timedelta(days=1, hours=1, minutes=30, seconds=2.5)),
    (timedelta, "-P2W", timedelta(weeks=-2)),
    (timedelta, 90, timedelta(seconds=90)),
    (
        UUID,
        "12345678-1234-5678-1234-567812345678",
        UUID(int=0x12345678123456781234567812345678),
    ),
    (Decimal, 0.1, Decimal("0.1")),
    (Decimal, "12.50", Decimal("12.50")),
    (Decimal | None, 3, Decimal(3)),
    (Color, 1, Color.ONE),
    (Letter, "a", Letter.A),
    (list[Digit], [1], [Digit.ONE]),
    (dict[str, Half], {"a": 0.5}, {"a": Half.HALF}),
    (Literal[Color.RED, "x"], "red", Color.RED),
    (Literal[True], True, True),
    (set[int], [1, 1, 2], {1, 2}),
    (frozenset[str], ["a"], frozenset({"a"})),
    (AbstractSet[str], ["a"], frozenset({"a"})),
    (tuple[int, ...], [1, 2], (1, 2)),
    (tuple[int, str], [1, "a"], (1, "a")),
    (tuple[()], [], ()),
    (Sequence[int], [1], [1]),
    (Iterable[int], [1], [1]),
    (list, [1, "a"], [1, "a"]),
    (Mapping[str, date], {"a": "2025-01-31"}, {"a": date(2025, 1, 31)}),
    (Id, 7, 7),
    (Tree, [1, [2, []]], [1, [2, []]]),
    (Annotated[int, Ge(1), Le(3)], 3, 3),
    (Annotated[int | None, Interval(gt=1)], None, None),
    (UnixTime, 1_700_000_000.5, 1_700_000_000),
    (Cat, {"name": "Tom", "lives": None}, Cat("Tom")),
    (
        Dog,
        {"name": "Rex", "owner": {"name": "Ben", "tricks": None}},
        Dog("Rex", owner=Dog("Ben")),
    ),
    (Dog, {"name": "Rex", "age": 3, "tricks": ["sit"]}, Dog("Rex", ["sit"])),
    (Fish, {"depth": 3, "school": [1], "size": 1}, {"depth": 3.0, "school": {1}}),
    (Fish, {"depth": 3.5, "school": None}, {"depth": 3.5}),
    (Point, {"x": 1}, Point(1, 5)),
    (Point, {"x": 1, "y": None}, Point(1, 5)),
    (Bird, {"wings": None, "wingSpan": 1.0}, BIRD),
    (Bird, {"nest": {"eggs": [{"wings": None}]}}, Bird(nest=Nest(eggs=[Bird()]))),
    (Nest, {"built": "2025-01-31"}, Nest(built=date(2025, 1, 31))),
    (RootModel[list[int]], [1], RootModel[list[int]]([1])),
    (Egg, {"size": 3}, Egg(3)),
    (ToolConfiguration, {"include": ["a"], "x": 1}, CONFIGURATION),
    (int | str, "5", "5"),
    (int | None, "5", 5),
    (bool | int, 1, 1),
    (date | str, "2025-01-31", date(2025, 1, 31)),
    (date | str, "soon", "soon"),
    (Cat | Dog, {"name": "Rex", "tricks": []}, Dog("Rex")),
    (Cat | Dog, {"name": "tom"}, Dog("tom")),
    (Dog | Fish | Bird, {"wings": 4, "wingSpan": 1}, Bird(wings=4)),
    (list[Cat | Point], [{"x": 1}, {"name": "Tom"}], [Point(1), Cat("Tom")]),
    (list[int] | dict[str, int], {"a": 1}, {"a": 1}),
    (Any, {"a": [1]}, {"a": [1]}),
    (
        ThinkChunk,
        {"type": "thinking", "thinking": [{"type": "text", "text": "Hm", "new": 1}]},
        ThinkChunk(thinking=[TextChunk(text="Hm", additional_properties={"new": 1})]),
    ),
]


@pytest.mark.parametrize(
    ("kind", "value", "expected"),
    VALUES,
    ids=str,
)
def test_value_becomes_an_instance(kind: Any, value: Any, expected: Any) -> None:
    """Also for `null` in an optional field, because strict schemas require all fields."""
    structured = structure_value(value, kind)
    assert structured == expected
    assert type(structured) is type(expected)


@pytest.mark.parametrize(
    ("kind", "value", "problems"),
    [
        (date, "tomorrow", ["`$` must be a date such as '2025-01-31', got 'tomorrow'"]),
        (date, 7, ["`$` must be a date, got a number"]),
        (timedelta, "1 day", ["`$` must be a duration such as 'PT1H30M', got '1 day'"]),
        (timedelta, "PT", ["`$` must be a duration such as 'PT1H30M', got 'PT'"]),
        (timedelta, "P999999999999D", ["`$` must be a duration such as 'PT1H30M'"]),
        (timedelta, 1e300, ["`$` must be a duration, got 1e+300"]),
        (Decimal, "NaN", ["`$` must be a number, got 'NaN'"]),
        (Decimal, "x", ["`$` must be a number, got 'x'"]),
        (Decimal, True, ["`$` must be a number, got a boolean"]),
        (UUID, "x", ["`$` must be a UUID such as"]),
        (Color, "blue", ["`$` must be 'red' or 1, got 'blue'"]),
        (Color, True, ["`$` must be 'red' or 1, got True"]),
        (Color, ["red"], ["`$` must be 'red' or 1, got ['red']"]),
        (set[int], "12", ["`$` must be an array, got a string"]),
        (set[int], [1, "a"], ["`$[1]` must be an integer, got a string"]),
        (tuple[int, str], [1], ["`$` must have 2 items, got 1"]),
        (tuple[int, str], ["a", 1], ["`$[0]` must be an integer", "`$[1]` must be a string"]),
        (Annotated[int, Gt(1)], 1, ["`$` must be greater than 1, got 1"]),
        (Annotated[int, MultipleOf(2)], 1, ["`$` must be a multiple of 2, got 1"]),
        (Annotated[list[int], Len(1, 2)], [], ["`$` must have a length of at least 1, got []"]),
        (Annotated[str, Len(0, 1)], "ab", ["`$` must have a length of at most 1, got 'ab'"]),
        (Annotated[str, pydantic.Field(pattern="^a")], "b", ["`$` must match '^a', got 'b'"]),
        (Cat, {"name": "tom"}, ["`$`: 'name' must match regex '[A-Z].*' ('tom' doesn't)"]),
        (Cat, {"name": "Tom", "lives": 10}, ["`$`: 'lives' must be <= 9: 10"]),
        (
            Dog,
            {"tricks": [1]},
            ["`$.tricks[0]` must be a string, got a number", "`$.name` is missing"],
        ),
        (Dog, {}, ["`$.name` is missing"]),
        (Dog, [], ["`$` must be an object, got an array"]),
        (Fish, {"depth": "deep"}, ["`$.depth` must be a number, got a string"]),
        (Bird, {"wings": -1}, ["`$.wings`: Input should be greater than or equal to 0"]),
        (Bird, [], ["`$`: Input should be an object"]),
        (
            Bird,
            {"nest": {"eggs": [{}, {"wings": "a"}], "built": 1.5}},
            ["`$.nest.eggs[1].wings`: Input should be a valid integer", "`$.nest.built`:"],
        ),
        (list[Bird], [{"wings": "a"}], ["`$[0].wings`: Input should be a valid integer"]),
        (int | None, "a", ["`$` must be a number or null, got a string"]),
        (Cat | Dog, {"name": 7, "tricks": []}, ["`$.name` must be a string, got a number"]),
        (Cat | Dog, [], ["`$` must be an object, got an array"]),
        (dict[str, int], [], ["`$` must be an object, got an array"]),
        (complex, 1, ["`$`: Unsupported type: <class 'complex'>"]),
    ],
    ids=str,
)
def test_invalid_values_are_reported(kind: Any, value: Any, problems: list[str]) -> None:
    """All of them, with paths."""
    reported: list[str] = []
    try:
        structure_value(value, kind)
    except Exception as error:  # noqa: BLE001 - of any class, as cattrs groups them
        reported = [str(fault) for fault in faults(error)]
    assert len(reported) == len(problems), reported
    for each, problem in zip(reported, problems, strict=True):
        assert each.startswith(problem)


@dataclasses.dataclass
class Defaults:
    """Fields that allow `null` in different ways."""

    anything: Any = 1
    tree: Tree = 1
    either: Literal[1] | Id | None = 1
    color: Color | list[int] = Color.ONE


def test_null_is_the_default_unless_the_type_allows_it() -> None:
    """Strict schemas require all fields."""
    value = dict.fromkeys(("anything", "tree", "either", "color"))
    assert structure_value(value, Defaults) == Defaults(None, 1, None, Color.ONE)


@pytest.mark.parametrize(
    ("length", "text"),
    [
        (timedelta(), "PT0H0M0S"),
        (timedelta(days=2, seconds=1.5), "PT48H0M1.5S"),
        (timedelta(microseconds=-1), "-PT0H0M0.000001S"),
    ],
)
def test_duration_is_written_and_read(length: timedelta, text: str) -> None:
    """In ISO 8601, without years and months."""
    assert duration_text(length) == text
    assert duration(text) == length


def test_pydantic_is_no_dependency() -> None:
    """Tools and structured output do not import it."""
    code = """
import asyncio, sys
sys.modules["pydantic"] = sys.modules["docstring_parser"] = None
import attrs
from mistral_funcs import response_format_of, structure_text, tool

@attrs.frozen
class Pet:
    name: str

@tool
def call(pet: Pet) -> str:
    '''Call
    a pet.

    Args:
        pet: The pet.
    '''
    return pet.name

assert response_format_of(Pet)
assert structure_text('{"name": "Tom"}', Pet).unwrap() == Pet("Tom")
assert call.definition.description == "Call a pet."
assert asyncio.run(call.run({"pet": {"name": "Tom"}})) == "Tom"
"""
    command = [sys.executable, "-W", "error", "-c", code]
    done = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603
    assert done.returncode == 0, done.stderr
