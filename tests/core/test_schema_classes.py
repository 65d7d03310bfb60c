"""The classes that are structured: the quick ones, and those that are made in ways of their own."""

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
from mistral_core.structuring.quick import PRIMITIVES, quick
from mistral_funcs import schemas
from tests.core.plain_converter import plain_converter

T = TypeVar("T")

calls: list[str] = []
"""What the classes below have done."""

NOT_SIMPLE = {"SpeechResponse", "SpeechStreamAudioDelta"}
"""The schemas that decode base64 when they are made."""


def shout(text: str) -> str:
    """Return a text in capitals."""
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
    """Hold a field of each kind that is read in its own way."""

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
    """But for those that do more when they are made than to keep what they are given."""
    names = dir(schemas)
    slow = {name for name in names if not is_simple(getattr(schemas, name))}
    assert {name for name in slow if attrs.has(getattr(schemas, name))} == NOT_SIMPLE


def test_what_is_structured_is_as_if_it_were_made_by_hand() -> None:
    """Of its class, frozen, equal, with the same repr and hash, and evolved and copied alike."""
    item = structure({"id": "a", "parts": [{"id": "b"}], "whole": {"id": "c"}}, Item)
    made = Item(id="a", parts=[Item(id="b")], whole=Item(id="c"))
    assert type(item) is Item
    assert item == made
    assert repr(item) == repr(made)
    assert attrs.evolve(item, owner="me") == attrs.evolve(made, owner="me")
    assert attrs.asdict(item) == attrs.asdict(made)
    for twin in (copy.copy(item), copy.deepcopy(item), pickle.loads(pickle.dumps(item))):  # noqa: S301
        assert type(twin) is Item
        assert twin == item
    name = "owner"
    with pytest.raises(attrs.exceptions.FrozenInstanceError):
        setattr(item, name, "me")
    with pytest.raises(attrs.exceptions.FrozenInstanceError):
        delattr(item, name)


def test_unknown_fields_take_no_room_until_there_are_some() -> None:
    """Each object has a dictionary of its own once it is asked for it."""
    first, second = structure([{"id": "a"}, {"id": "b"}], list[Item])
    with pytest.raises(AttributeError):
        _extra.__get__(first)
    first.additional_properties["x"] = 1
    assert first.additional_properties == {"x": 1}
    assert second.additional_properties == {}
    assert Item(id="a") == Item(id="a", additional_properties={}) != first
    assert structure({"id": "a", "x": 1}, Item) == first


def test_what_is_often_the_same_is_kept_once() -> None:
    """The words and numbers that a schema names are its own, not copies of them from JSON."""
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
def test_many_numbers_are_read_at_once(value: list[float]) -> None:
    """And one that is no float one by one."""
    made = structure(value, list[float])
    assert made == [*map(float, value)]
    assert {*map(type, made)} <= {float}
    assert made is not value


@pytest.mark.parametrize(
    "value", [[float("inf")], [0.5, float("-inf")], [True], ["one"], [10**400]]
)
def test_numbers_that_are_none_are_found(value: list[Any]) -> None:
    """By their places."""
    with pytest.raises(Exception) as raised:  # noqa: PT011
        structure(value, list[float])
    assert [fault.path for fault in faults(raised.value)] == [f"$[{len(value) - 1}]"]


@attrs.frozen(kw_only=True)
class Checked(Schema):
    """Check what it is given."""

    count: int = attrs.field(default=1, validator=attrs.validators.gt(0))


@attrs.frozen(kw_only=True)
class Converted(Schema):
    """Convert what it is given."""

    name: str = attrs.field(default="a", converter=shout)


def length_of_name(counted: Any) -> int:
    """Return how long its name is."""
    return len(counted.name)


@attrs.frozen(kw_only=True)
class Counted(Schema):
    """Have what follows from the rest."""

    name: str = "a"
    length: int = attrs.Factory(length_of_name, takes_self=True)


@attrs.frozen(kw_only=True)
class Derived(Schema):
    """Set a field itself."""

    name: str = "a"
    length: int = attrs.field(init=False)

    def __attrs_post_init__(self) -> None:
        """Set it."""
        object.__setattr__(self, "length", len(self.name))


@attrs.frozen(kw_only=True)
class Before(Schema):
    """Do something before it is made."""

    def __attrs_pre_init__(self) -> None:
        """Do it."""
        calls.append("before")


@attrs.frozen(kw_only=True)
class OwnInit(Schema):
    """Have an `__init__` of its own."""

    name: str = "a"

    def __init__(self, name: str = "a") -> None:
        """Shout."""
        self.__attrs_init__(name=f"{name}!")  # type: ignore[attr-defined]  # pyright: ignore[reportAttributeAccessIssue, reportUnknownMemberType]


@attrs.frozen(kw_only=True)
class OwnNew(Schema):
    """Have a `__new__` of its own."""

    name: str = "a"

    def __new__(cls, **_: object) -> Self:
        """Count."""
        calls.append("new")
        return object.__new__(cls)


@attrs.frozen(kw_only=True, slots=False)
class WithDict(Schema):
    """Have no slots."""

    name: str = "a"


@attrs.frozen(kw_only=True, unsafe_hash=True, cache_hash=True)
class Hashed(Schema):
    """Keep its hash."""

    name: str = "a"


@attrs.frozen(kw_only=True)
class Watched(Schema):
    """Learn of its subclasses."""

    def __init_subclass__(cls, **_: object) -> None:
        """Count them."""
        calls.append("subclass")


@attrs.frozen(kw_only=True)
class Box(Schema, Generic[T]):
    """Hold what there are kinds of."""

    content: T


@attrs.frozen(kw_only=True)
class Abstract(Schema, metaclass=ABCMeta):
    """Be of a class of classes."""


@attrs.frozen(kw_only=True)
class Renamed(Schema):
    """Say of a field more than its type."""

    name: Annotated[str, "a name"] = "a"


Untyped: Any = attrs.make_class(
    "Untyped", {"name": attrs.field(default="a")}, bases=(Schema,), frozen=True, kw_only=True
)
"""A schema that says less of a field: no type."""


@attrs.frozen(kw_only=True)
class Narrow(Schema):
    """Take other unknown fields than all."""

    name: str = "a"
    additional_properties: dict[str, int] = attrs.field(factory=dict[str, int])


class Plain(Item):
    """Be a subclass of which attrs knows nothing."""


@attrs.define
class Mine:
    """Be no schema."""

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
def test_what_is_made_otherwise_is_made_by_its_own_means(kind: Any, value: object) -> None:
    """Validators, converters and the like do what they do under plain cattrs."""
    assert not is_simple(kind)
    plain = plain_converter()
    expected: list[object] = []
    found: list[object] = []
    for by, into in ((plain, expected), (make_converter(), found)):
        calls.clear()
        try:
            into.append(by.structure(value, kind))
            into.append([*calls])
        except Exception as error:  # noqa: BLE001
            into.append(faults(error))
    assert found == expected


def test_a_schema_may_have_itself_in_a_field() -> None:
    """However deep."""
    value: dict[str, Any] = {"id": "leaf"}
    for depth in range(50):
        value = {"id": str(depth), "parts": [value], "whole": value if depth < 5 else None}
    item = structure(value, Item)
    assert [part.id for part in item.parts] == ["48"]
    assert Converter.structure(converter, value, Item) == item


def test_faults_on_every_level_are_found_in_no_more_time_than_there_are_levels() -> None:
    """What cannot be read is read twice, and what is in it not twice as often again."""
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
