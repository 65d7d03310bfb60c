"""Generic classes, recursion over several classes and type aliases in structured output."""

import dataclasses
import sys
from typing import Annotated, Any, Generic, Literal, NamedTuple, NotRequired, TypedDict, TypeVar

import attrs
import pytest
from attrs import validators
from pydantic import BaseModel

from mistral_core import Ok
from mistral_funcs import response_format_of, structure_text
from mistral_funcs.toolkit.json_schema import json_schema_of
from mistral_funcs.toolkit.strict_schema import strict_schema_of
from mistral_funcs.toolkit.typed.structure import faults, structure_value

T = TypeVar("T")
K = TypeVar("K")


@attrs.frozen
class Page(Generic[T]):
    """A page."""

    items: list[T]
    _next: T | None = None


@dataclasses.dataclass
class Scored(Generic[T, K]):
    """A value with a score."""

    value: T
    score: Annotated[K, "From 0 to 1"]
    others: "list[Scored[T, K]]" = dataclasses.field(default_factory=list["Scored[T, K]"])


class Pair(NamedTuple, Generic[T]):
    """A pair."""

    first: T
    second: "T | None" = None


class Labelled(TypedDict, Generic[T]):
    """A value with a label."""

    value: T
    label: NotRequired[str]


class Box(BaseModel, Generic[T]):
    """A box of pydantic."""

    content: T


@attrs.frozen
class Words(Page[str]):
    """A page of words."""

    language: str = "en"


@dataclasses.dataclass
class Ranked(Scored[T, float]):
    """A value whose score is a number."""


@dataclasses.dataclass
class RankedWord(Ranked[str]):
    """A word with a score."""


@attrs.frozen
class Author:
    """An author."""

    books: "list[Book]"


@attrs.frozen
class Book:
    """A book."""

    authors: list[Author]


VALUES: list[tuple[Any, Any, Any]] = [
    (Page[int], {"items": [1], "_next": 2}, Page([1], 2)),
    (Page[int], {"items": [1], "_next": None}, Page([1])),
    (Page[Pair[str]], {"items": [{"first": "a"}], "_next": None}, Page([Pair("a")])),
    (Scored[str, float], {"value": "a", "score": 1}, Scored("a", 1.0)),
    (
        Scored[int, int],
        {"value": 1, "score": 2, "others": [{"value": 3, "score": 4, "others": None}]},
        Scored(1, 2, [Scored(3, 4)]),
    ),
    (Pair[int | str], {"first": 1, "second": "a"}, Pair(1, "a")),
    (Labelled[list[int]], {"value": [1], "label": None}, {"value": [1]}),
    (Box[list[int]], {"content": [1]}, Box[list[int]](content=[1])),
    (Words, {"items": ["a"], "_next": None, "language": None}, Words(["a"])),
    (RankedWord, {"value": "a", "score": 0.5, "others": []}, RankedWord("a", 0.5)),
    (list[Page[int]], [{"items": []}], [Page([])]),
    (Page[int] | Page[str], {"items": ["a"]}, Page(["a"])),
    (Author, {"books": [{"authors": [{"books": []}]}]}, Author([Book([Author([])])])),
]


@pytest.mark.parametrize(("kind", "value", "expected"), VALUES, ids=str)
def test_value_becomes_an_instance(kind: Any, value: Any, expected: Any) -> None:
    """Type arguments are checked, including those of base classes."""
    assert structure_value(value, kind) == expected


def test_wrong_argument_is_reported_with_its_path() -> None:
    """As for other classes."""
    with pytest.raises(Exception) as caught:  # noqa: PT011 - cattrs has a group
        structure_value({"items": [1, "a"]}, Page[int])
    assert [*map(str, faults(caught.value))] == ["`$.items[1]` must be an integer, got a string"]


def test_schema_has_the_type_arguments() -> None:
    """The titles contain them, so that two types of one class are distinct."""
    schema = json_schema_of(list[Pair[int] | Pair[Words]])
    assert schema["items"] == {
        "anyOf": [{"$ref": "#/$defs/Pair_int_"}, {"$ref": "#/$defs/Pair_Words_"}]
    }
    numbers = schema["$defs"]["Pair_int_"]
    assert (numbers["title"], numbers["description"]) == ("Pair[int]", "A pair.")
    assert numbers["properties"]["first"] == {"type": "integer"}
    assert schema["$defs"]["Pair_Words_"]["properties"]["first"] == {"$ref": "#/$defs/Words"}
    assert schema["$defs"]["Words"]["properties"]["items"]["items"] == {"type": "string"}
    scored = json_schema_of(RankedWord)["properties"]
    assert scored["score"] == {"type": "number", "description": "From 0 to 1"}
    assert scored["others"]["items"] == {"$ref": "#/$defs/Scored_str_float_"}
    assert json_schema_of(Pair[Literal["a"]])["title"] == "Pair[Literal['a']]"


def test_unbound_type_variable_is_refused() -> None:
    """The error names it."""
    kinds: list[Any] = [Page, Scored, T]
    for kind in kinds:
        with pytest.raises(TypeError, match=r"type variable ~[TK]. Use a class with a type for it"):
            strict_schema_of(kind)


def test_mutually_recursive_classes_have_a_schema() -> None:
    """Each is a definition, including the root."""
    schema = strict_schema_of(Author)
    assert schema["$defs"].keys() == {"Author", "Book"}
    assert schema["properties"]["books"]["items"] == {"$ref": "#/$defs/Book"}


class Cat(BaseModel):
    """A cat."""

    kind: Literal["cat"] = "cat"


@attrs.frozen
class Dog:
    """A dog."""

    kind: Literal["dog"] = "dog"
    tricks: Literal["sit"] | None = None


@pytest.mark.parametrize("kind", [Cat, Dog])
def test_field_that_identifies_the_class_is_not_nullable(kind: Any) -> None:
    """Its default is its only value, and `null` would hide the member of a union."""
    assert "anyOf" not in strict_schema_of(kind)["properties"]["kind"]
    assert structure_text('{"value": {"kind": "dog", "tricks": null}}', Cat | Dog) == Ok(Dog())


@attrs.frozen
class Checked:
    """A class with validators for collections."""

    tags: list[str] = attrs.field(
        validator=validators.deep_iterable(validators.min_len(2), validators.max_len(3))
    )
    scores: dict[str, int] = attrs.field(
        validator=validators.deep_mapping(
            validators.min_len(1), validators.ge(0), validators.min_len(1)
        )
    )
    words: list[Words] = attrs.field(validator=validators.deep_iterable(validators.ge(1)))
    other: str = attrs.field(validator=validators.not_(validators.in_(["a"])))
    either: int = attrs.field(validator=validators.or_(validators.ge(5), validators.lt(1)))


def test_validators_of_collections_are_in_the_schema() -> None:
    """Validators without a keyword are left out."""
    assert json_schema_of(Checked)["properties"] == {
        "tags": {"type": "array", "items": {"type": "string", "minLength": 2}, "maxItems": 3},
        "scores": {
            "type": "object",
            "additionalProperties": {"type": "integer", "minimum": 0},
            "minProperties": 1,
        },
        "words": {"type": "array", "items": {"$ref": "#/$defs/Words"}},
        "other": {"type": "string"},
        "either": {"type": "integer"},
    }


@pytest.mark.skipif(sys.version_info < (3, 12), reason="the syntax is new in Python 3.12")
def test_type_statement_and_new_generic_syntax_work() -> None:
    """Recursive aliases and classes with type parameters."""
    names: dict[str, Any] = {"__name__": __name__, "dataclasses": dataclasses}
    code = "type Tree = list[Tree] | int\n@dataclasses.dataclass\nclass Leaf[T]:\n    value: T\n"
    exec(code, names)  # noqa: S102 - older versions cannot parse it
    tree = {"anyOf": [{"type": "array", "items": {"$ref": "#/$defs/Tree"}}, {"type": "integer"}]}
    assert strict_schema_of(names["Tree"])["$defs"] == {"Tree": tree}
    assert structure_value([1, [2]], names["Tree"]) == [1, [2]]
    leaf = names["Leaf"]
    assert strict_schema_of(leaf[int])["properties"] == {"value": {"type": "integer"}}
    assert structure_value({"value": 1}, leaf[int]) == leaf(1)


def test_name_of_the_format_is_valid() -> None:
    """The API allows letters, digits, `_` and `-`."""
    kinds: dict[str, Any] = {"Page": Page[int], "list": list[int], "response": int | str}
    for name, kind in kinds.items():
        json_schema: Any = response_format_of(kind).json_schema
        assert json_schema.name == name
