"""Classes with fast structuring, and classes that need cattrs' own."""

import copy
import json
import pickle
import time
from abc import ABCMeta
from typing import Annotated, Any, Generic, Literal, Self, TypeVar

import attrs
import pytest
from cattrs import Converter

from mistral_core import UNSET, Schema, Unknown, Unset
from mistral_core.schema import _extra
from mistral_core.structuring import compiled
from mistral_core.structuring.compiled import is_simple
from mistral_core.structuring.converter import converter, faults, make_converter
from mistral_core.structuring.primitives import PRIMITIVES
from mistral_core.structuring.quick import quick
from mistral_funcs import schemas
from tests.core.plain_converter import plain_converter

T = TypeVar("T")

calls: list[str] = []
"""Calls recorded by the classes below."""

NOT_SIMPLE = {"SpeechResponse", "SpeechStreamAudioDelta"}
"""Schemas that decode base64 in their constructor."""


def shout(text: str) -> str:
    """Return a string in capitals."""
    return text.upper()


@pytest.fixture(autouse=True, params=[64, 0], ids=["interpreted", "generated"])
def objects_before_generated_code(
    request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Structure each object as the first ones of its class, and as those after them."""
    monkeypatch.setattr(compiled, "INTERPRETED", request.param)
    monkeypatch.setattr(quick, "_hooks", dict(PRIMITIVES))


def test_code_is_generated_for_many_objects(monkeypatch: pytest.MonkeyPatch) -> None:
    """But not for a few, which take less time than to generate it. Both give the same."""
    monkeypatch.setattr(compiled, "INTERPRETED", 2)
    value = {"id": "a", "parts": [{"id": "b"}, {"id": "c", "new": 1}]}
    hook = quick.get_structure_hook(Item)
    first = hook({"id": "z", "share": 1}, Item)
    assert hook.__code__.co_filename == compiled.__file__
    assert hook(value, Item) == structure(value, Item)
    assert hook.__code__.co_filename == "<structure Item>"
    assert hook({"id": "z", "share": 1}, Item) == first


def structure(value: object, kind: Any) -> Any:
    """Structure a value."""
    return converter.structure(value, kind)


@attrs.frozen(kw_only=True)
class Item(Schema):
    """A field of each kind with its own code."""

    id: str
    kind: Literal["item"] = "item"
    size: Literal["small", "large"] = "small"
    color: Literal["red", "blue"] | str | None = None
    owner: str = "nobody"
    share: float = 0.5
    limit: float | None | Unset = UNSET
    tags: list[str] = attrs.field(factory=lambda: ["new"])
    parts: "list[Item | Unknown] | None" = None
    whole: "Item | None" = None


def test_every_schema_is_structured_quickly() -> None:
    """All except those whose constructors do more than set the fields."""
    names = dir(schemas)
    slow = {name for name in names if not is_simple(getattr(schemas, name))}
    assert {name for name in slow if attrs.has(getattr(schemas, name))} == NOT_SIMPLE


def test_structured_object_equals_a_constructed_one() -> None:
    """Class, immutability, equality, representation, copies and `evolve`."""
    item = structure({"id": "a", "parts": [{"id": "b"}], "whole": {"id": "c"}}, Item)
    constructed = Item(id="a", parts=[Item(id="b")], whole=Item(id="c"))
    assert type(item) is Item
    assert item == constructed
    assert repr(item) == repr(constructed)
    assert attrs.evolve(item, owner="me") == attrs.evolve(constructed, owner="me")
    assert attrs.asdict(item) == attrs.asdict(constructed)
    for twin in (copy.copy(item), copy.deepcopy(item), pickle.loads(pickle.dumps(item))):  # noqa: S301
        assert type(twin) is Item
        assert twin == item
    name = "owner"
    with pytest.raises(attrs.exceptions.FrozenInstanceError):
        setattr(item, name, "me")
    with pytest.raises(attrs.exceptions.FrozenInstanceError):
        delattr(item, name)


def test_unknown_fields_are_allocated_on_demand() -> None:
    """Each object gets its own dictionary at the first access."""
    first, second = structure([{"id": "a"}, {"id": "b"}], list[Item])
    with pytest.raises(AttributeError):
        _extra.__get__(first)
    first.additional_properties["x"] = 1
    assert first.additional_properties == {"x": 1}
    assert second.additional_properties == {}
    assert Item(id="a") == Item(id="a", additional_properties={}) != first
    assert structure({"id": "a", "x": 1}, Item) == first


def test_values_of_a_schema_are_shared() -> None:
    """Literals and defaults are not copied from JSON for each object."""
    text = '{"id":"i","owner":"nobody","color":"red","share":0.5}'
    first, second = (structure(json.loads(text), Item) for _ in range(2))
    assert first.owner is second.owner
    assert first.color is second.color
    assert first.share is second.share
    assert structure({"id": "", "owner": "me", "share": 1.5}, Item) == Item(
        id="", owner="me", share=1.5
    )
    odd = structure({"id": "", "color": "green", "size": "large", "limit": None}, Item)
    assert odd == Item(id="", color="green", size="large", limit=None)


@pytest.mark.parametrize("value", [[0.5], [0.5, 1], [], [1.7e308, 1.7e308], [2**53 + 1]])
def test_list_of_numbers_is_converted_at_once(value: list[float]) -> None:
    """Other values are converted one by one."""
    constructed = structure(value, list[float])
    assert constructed == [*map(float, value)]
    assert {*map(type, constructed)} <= {float}
    assert constructed is not value


@pytest.mark.parametrize(
    "value", [[float("inf")], [0.5, float("-inf")], [True], ["one"], [10**400]]
)
def test_invalid_numbers_are_reported(value: list[Any]) -> None:
    """With their indices."""
    with pytest.raises(Exception) as raised:  # noqa: PT011
        structure(value, list[float])
    assert [fault.path for fault in faults(raised.value)] == [f"$[{len(value) - 1}]"]


@attrs.frozen(kw_only=True)
class Checked(Schema):
    """A class with a validator."""

    count: int = attrs.field(default=1, validator=attrs.validators.gt(0))


@attrs.frozen(kw_only=True)
class Converted(Schema):
    """A class with a converter."""

    name: str = attrs.field(default="a", converter=shout)


def length_of_name(counted: Any) -> int:
    """Return the length of the name."""
    return len(counted.name)


@attrs.frozen(kw_only=True)
class Counted(Schema):
    """A class with a default that depends on another field."""

    name: str = "a"
    length: int = attrs.Factory(length_of_name, takes_self=True)


@attrs.frozen(kw_only=True)
class Derived(Schema):
    """A class that sets a field itself."""

    name: str = "a"
    length: int = attrs.field(init=False)

    def __attrs_post_init__(self) -> None:
        """Set the field."""
        object.__setattr__(self, "length", len(self.name))


@attrs.frozen(kw_only=True)
class Before(Schema):
    """A class with a hook before initialization."""

    def __attrs_pre_init__(self) -> None:
        """Record the call."""
        calls.append("before")


@attrs.frozen(kw_only=True)
class OwnInit(Schema):
    """A class with its own `__init__`."""

    name: str = "a"

    def __init__(self, name: str = "a") -> None:
        """Convert the name."""
        self.__attrs_init__(name=f"{name}!")  # type: ignore[attr-defined]  # pyright: ignore[reportAttributeAccessIssue, reportUnknownMemberType]


@attrs.frozen(kw_only=True)
class OwnNew(Schema):
    """A class with its own `__new__`."""

    name: str = "a"

    def __new__(cls, **_: object) -> Self:
        """Record the call."""
        calls.append("new")
        return object.__new__(cls)


@attrs.frozen(kw_only=True, slots=False)
class WithDict(Schema):
    """A class without slots."""

    name: str = "a"


@attrs.frozen(kw_only=True, unsafe_hash=True, cache_hash=True)
class Hashed(Schema):
    """A class that caches its hash."""

    name: str = "a"


@attrs.frozen(kw_only=True)
class Watched(Schema):
    """A class with `__init_subclass__`."""

    def __init_subclass__(cls, **_: object) -> None:
        """Record the call."""
        calls.append("subclass")


@attrs.frozen(kw_only=True)
class Box(Schema, Generic[T]):
    """A generic class."""

    content: T


@attrs.frozen(kw_only=True)
class Abstract(Schema, metaclass=ABCMeta):
    """A class with a metaclass."""


@attrs.frozen(kw_only=True)
class Renamed(Schema):
    """A class with an annotated field."""

    name: Annotated[str, "a name"] = "a"


Untyped: Any = attrs.make_class(
    "Untyped", {"name": attrs.field(default="a")}, bases=(Schema,), frozen=True, kw_only=True
)
"""A schema with an untyped field."""


@attrs.frozen(kw_only=True)
class Narrow(Schema):
    """A class with another type of unknown fields."""

    name: str = "a"
    additional_properties: dict[str, int] = attrs.field(factory=dict[str, int])


class Plain(Item):
    """A subclass that is not an attrs class."""


@attrs.define
class Mine:
    """A class that is not a schema."""

    name: str = "a"
    count: int = attrs.field(default=1, validator=attrs.validators.gt(0))


@pytest.mark.parametrize(
    "kind",
    [
        *(Checked, Converted, Counted, Derived, Before, OwnInit, OwnNew, WithDict, Hashed, Watched),
        *(Box[int], Abstract, Renamed, Untyped, Narrow, Plain, Mine),
    ],
)
@pytest.mark.parametrize(
    "value",
    [
        *({}, {"name": "bc"}, {"name": 1}, {"count": 2}, {"count": 0}, {"x": 1}, {"x": "y"}),
        *({"content": 1}, {"content": "a"}, {"id": "i"}, []),
    ],
)
def test_other_classes_are_constructed_normally(kind: Any, value: object) -> None:
    """Validators, converters and hooks run as with plain cattrs."""
    assert not is_simple(kind)
    plain = plain_converter()
    expected: list[object] = []
    actual: list[object] = []
    for by, into in ((plain, expected), (make_converter(), actual)):
        calls.clear()
        try:
            into.append(by.structure(value, kind))
            into.append([*calls])
        except Exception as error:  # noqa: BLE001
            into.append(faults(error))
    assert actual == expected


def test_a_schema_may_contain_itself() -> None:
    """At any depth."""
    value: dict[str, Any] = {"id": "leaf"}
    for depth in range(50):
        value = {"id": str(depth), "parts": [value], "whole": value if depth < 5 else None}
    item = structure(value, Item)
    assert [part.id for part in item.parts] == ["48"]
    assert Converter.structure(converter, value, Item) == item


def test_faults_at_every_depth_take_linear_time() -> None:
    """An invalid object is read twice, but its contents not twice as often again."""
    value: dict[str, Any] = {"id": 1}
    for _ in range(60):
        value = {"id": "a", "parts": [value, {"id": 1}], "whole": {"id": "b", "parts": [1]}}
    began = time.perf_counter()
    item = structure(value, Item)
    assert time.perf_counter() - began < 2
    assert item.parts[1] == Unknown({"id": 1})
    with pytest.raises(Exception) as raised:  # noqa: PT011
        structure({**value, "owner": 1}, Item)
    assert [str(fault) for fault in faults(raised.value)] == [
        "`$.owner` must be a string, got a number"
    ]
    assert raised.value.__context__ is None
