"""Methods that attrs classes share do what those that attrs generates do."""

import math
import operator
from collections.abc import Callable
from typing import Any

import attrs
import pytest

from mistral_core import APIConnectionError, Timeout
from mistral_core.schema import Schema
from mistral_core.shared_methods import SharedMethods, SharedRepr


def length(value: Any) -> int:
    """Return what a field is compared by."""
    return len(value)


def hidden(_: object) -> str:
    """Return how a secret is shown."""
    return "***"


class Outer:
    """A class in which others are."""

    @attrs.frozen
    class Generated:
        """Have the methods of attrs."""

        name: Any
        text: str = attrs.field(default="", eq=length)
        note: str = attrs.field(default="", eq=False)
        key: str = attrs.field(default="k", repr=hidden)
        body: bytes = attrs.field(default=b"", repr=False)

    @attrs.frozen
    class Shared(SharedMethods):
        """Have the shared methods."""

        name: Any
        text: str = attrs.field(default="", eq=length)
        note: str = attrs.field(default="", eq=False)
        key: str = attrs.field(default="k", repr=hidden)
        body: bytes = attrs.field(default=b"", repr=False)


VALUES: list[tuple[Any, ...]] = [
    ("a",),
    ("b",),
    ("a", "xy"),
    ("a", "yz"),
    ("a", "", "a note"),
    ("a", "", "", "another key"),
    ("a", "", "", "k", b"body"),
    (1,),
    (1.0,),
    (math.nan,),
]


@pytest.mark.parametrize("compared", [operator.eq, operator.ne])
def test_equal_are_those_that_attrs_takes_for_equal(
    compared: Callable[[object, object], bool],
) -> None:
    """Each is compared with each, and with itself."""
    generated = [Outer.Generated(*each) for each in VALUES]
    shared = [Outer.Shared(*each) for each in VALUES]
    assert [compared(one, other) for one in shared for other in shared] == [
        compared(one, other) for one in generated for other in generated
    ]
    assert compared(shared[0], generated[0]) is (compared is operator.ne)


def test_equal_objects_have_the_same_hash() -> None:
    """As keys of a dictionary they are one, and a list in a field has no hash."""
    assert len({Outer.Shared(*each) for each in VALUES}) == len(
        {Outer.Generated(*each) for each in VALUES}
    )
    assert hash(Outer.Shared("a", "xy")) == hash(Outer.Shared("a", "yz"))
    with pytest.raises(TypeError, match="unhashable"):
        hash(Outer.Shared([]))


@pytest.mark.parametrize("values", VALUES)
def test_representation_is_that_of_attrs(values: tuple[Any, ...]) -> None:
    """With the name of the class inside of others, and without hidden fields."""
    expected = repr(Outer.Generated(*values)).replace("Generated", "Shared")
    assert repr(Outer.Shared(*values)) == expected


def test_representation_of_what_contains_itself_ends() -> None:
    """As that of a list does."""
    items: list[object] = []
    whole = Outer.Shared(items)
    items.append(whole)
    assert repr(whole) == "Outer.Shared(name=[...], text='', note='', key=***)"


def test_own_methods_stay() -> None:
    """And subclasses inherit them, as they inherit other methods."""

    @attrs.frozen
    class Own(SharedMethods):
        name: str

        def __repr__(self) -> str:
            return "own"

    @attrs.frozen
    class Derived(Own):
        pass

    assert repr(Own("a")) == repr(Derived("a")) == "own"
    assert Derived("a") == Derived("a") != Own("a")


def test_classes_that_share_the_representation_alone_are_compared_by_identity() -> None:
    """So are errors, as all exceptions."""

    @attrs.frozen(eq=False)
    class Shown(SharedRepr):
        name: str

    assert Shown("a") != Shown("a")
    assert APIConnectionError("a") != APIConnectionError("a")
    assert len({APIConnectionError("a"), APIConnectionError("a")}) == 2
    assert repr(Shown("a")).endswith("Shown(name='a')")
    assert repr(APIConnectionError("a")) == (
        "APIConnectionError(message='a', sent=True, temporary=True)"
    )


@pytest.mark.parametrize("cls", [Timeout, Schema, Outer.Shared])
def test_nothing_is_generated_but_the_constructor(cls: type) -> None:
    """Compiling the other methods was most of what the import of a class took."""
    generated = {
        name
        for name, method in vars(cls).items()
        if getattr(getattr(method, "__code__", None), "co_filename", "").startswith("<attrs")
    }
    assert generated == {"__init__"}
