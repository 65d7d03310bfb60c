"""Values written as another type are converted if nothing is lost, and otherwise refused."""

import time
from datetime import UTC, datetime
from enum import Enum
from typing import Any, Literal

import attrs
import pytest

from mistral_core import Schema, UnixTime, Unknown
from mistral_core.structuring.converter import converter, faults
from mistral_funcs import schemas
from mistral_funcs.schemas import EmbeddingResponse, ModelList, UsageInfo

MOMENT = datetime(2023, 12, 11, 0, 58, 47, tzinfo=UTC)
SECONDS = 1702256327
"""The moment of the tests, in seconds since the Unix epoch."""


class Level(Enum):
    """Strings that look like numbers, as a closed set."""

    ONE = "1"


@attrs.frozen(kw_only=True)
class Part(Schema):
    """An object in a union."""

    size: int | None = None


@pytest.mark.parametrize(
    ("kind", "value", "expected"),
    [
        (int, "1702256327", SECONDS),
        (int, "-7", -7),
        (int, "+7", 7),
        (int, "0", 0),
        (int, "7.0", 7),
        (int, "9007199254740993", 2**53 + 1),
        (int | None, "12", 12),
        (float, "0.25", 0.25),
        (float, "-1e-3", -0.001),
        (float, "3", 3.0),
        (float | None, "1.5", 1.5),
        (int | float, "12", 12),
        (int | float, "1.5", 1.5),
        (float | int, "12", 12),
        (bool, "true", True),
        (bool, "false", False),
        (bool | None, "true", True),
        (bool | int, "false", False),
        (datetime, SECONDS, MOMENT),
        (datetime, float(SECONDS), MOMENT),
        (datetime, SECONDS + 0.5, MOMENT.replace(microsecond=500_000)),
        (datetime, str(SECONDS), MOMENT),
        (datetime, f"{SECONDS}.5", MOMENT.replace(microsecond=500_000)),
        (datetime | None, SECONDS, MOMENT),
        (datetime, "20231211", datetime(2023, 12, 11, tzinfo=UTC)),
        (UnixTime, SECONDS, SECONDS),
        (UnixTime, SECONDS + 0.75, SECONDS),
        (UnixTime, f"{SECONDS}.75", SECONDS),
        (UnixTime | None, SECONDS + 0.75, SECONDS),
        (UnixTime | None, str(SECONDS), SECONDS),
        (list[float], [1, "2", 0.5], [1.0, 2.0, 0.5]),
        (dict[str, int], {"a": "1"}, {"a": 1}),
    ],
)
def test_lossless_value_is_converted(kind: Any, value: object, expected: object) -> None:
    """To the type of the field."""
    actual = converter.structure(value, kind)
    assert actual == expected
    assert type(actual) is type(expected)


@pytest.mark.parametrize(
    ("kind", "value", "expected"),
    [
        (str | int, "12", "12"),
        (int | str, "12", "12"),
        (str | bool | None, "true", "true"),
        (str | datetime, "2023-12-11", "2023-12-11"),
        (int | datetime, SECONDS, SECONDS),
        (float | datetime, 0.5, 0.5),
        (Literal["1", "2"] | int, "1", "1"),
        (Level | int, "1", Level.ONE),
        (list[int | str], ["12", 12], ["12", 12]),
        (dict[str, Any] | None, {}, {}),
        (Part | None, {}, Part()),
        (Any, {"a": "12"}, {"a": "12"}),
        (Unknown | None, None, None),
    ],
)
def test_union_member_of_the_same_type_is_preferred(
    kind: Any, value: object, expected: object
) -> None:
    """A union with a string keeps any string."""
    actual = converter.structure(value, kind)
    assert actual == expected
    assert type(actual) is type(expected)


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        *(
            (int, text)
            for text in ("12abc", "1.5", "1e3", "", " 12", "12 ", "1_000", "0x10", "007")
        ),
        *((int, text) for text in ("١٢", "--1", "null", "true", "1" * 200)),
        *((int, number) for number in (1.5, True, SECONDS + 0.5)),
        *((float, text) for text in ("nan", "inf", "1e999", ".5", "5.", "1,5", "1" * 400)),
        *((bool, value) for value in ("True", "yes", "", "1", 0, 1)),
        *((datetime, value) for value in (1e20, -1e20, 10**400, float("nan"), True, "12h", "1e20")),
        *((UnixTime, value) for value in (1.5, float("inf"), "1.5", "soon", True)),
        (int | None, "1.5"),
        (int | bool, "yes"),
        (datetime | None, 1e20),
        (Literal[1, 2], "1"),
        (Literal[1, 2] | None, "1"),
        (Literal["a"] | int, "12"),
        (str, 12),
        (str | None, 1.5),
        (str | None, True),
    ],
)
def test_lossy_or_ambiguous_value_is_refused(kind: Any, value: object) -> None:
    """Other types never become strings."""
    with pytest.raises(Exception) as raised:  # noqa: PT011
        converter.structure(value, kind)
    assert [fault.path for fault in faults(raised.value)] == ["$"]


@pytest.mark.parametrize(
    "kind", [int | None, str | None, bool | None, float | None, datetime | None, list[int] | None]
)
def test_empty_object_is_null_unless_an_object_is_allowed(kind: Any) -> None:
    """The API's documentation shows it instead of `null`. Other objects are refused."""
    assert converter.structure({}, kind) is None
    with pytest.raises(Exception, match="got an object"):
        converter.structure({"a": 1}, kind)


@pytest.mark.parametrize("kind", [int, str, list[int]])
def test_empty_object_is_refused_without_null(kind: Any) -> None:
    """It has no meaning there."""
    with pytest.raises(TypeError, match="got an object"):
        converter.structure({}, kind)


def test_usage_in_the_documentation_is_read() -> None:
    """From the example of an agent's completion."""
    usage = converter.structure({"prompt_tokens": 24, "prompt_audio_seconds": {}}, UsageInfo)
    assert usage == UsageInfo(prompt_tokens=24, prompt_audio_seconds=None)


def test_embedding_in_base64_stays_a_string() -> None:
    """Even if it consists of digits."""
    actual = converter.structure({"data": [{"embedding": "1234"}]}, EmbeddingResponse)
    assert actual.data[0].embedding == "1234"


TIMES = [
    (schema, field.name)
    for name in dir(schemas)
    for schema in [getattr(schemas, name)]
    if attrs.has(schema)
    for field in attrs.fields(attrs.resolve_types(schema))
    if f"        {field.name}: " in (schema.__doc__ or "")
    and "since 1970"
    in (schema.__doc__ or "").partition(f"        {field.name}: ")[2].partition("\n")[0]
]
"""Each field that is documented as a time, with its schema."""


@pytest.mark.parametrize(("schema", "name"), TIMES)
def test_each_documented_time_is_read_with_a_fraction(schema: Any, name: str) -> None:
    """Some servers send one. The field stays an integer."""
    actual = converter.structure({"id": "i", name: SECONDS + 0.25}, schema)
    assert getattr(actual, name) == SECONDS


def test_many_literals_are_read_in_linear_time() -> None:
    """10,000 models with four of them each, and lists of them."""
    cards = [
        {"id": str(number), "created": "1702256327", "deprecation": 1.7e9, "internal": "false"}
        for number in range(10_000)
    ]
    started = time.perf_counter()
    models = converter.structure({"data": cards}, ModelList).data
    assert time.perf_counter() - started < 5
    assert not any(isinstance(model, Unknown) for model in models)
