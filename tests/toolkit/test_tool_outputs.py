"""The result of a tool as the model receives it."""

import dataclasses
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from enum import Enum, IntEnum
from pathlib import PurePosixPath
from typing import Any, NamedTuple
from uuid import UUID

import attrs
import pytest
from pydantic import BaseModel

from mistral_core.schema import Unknown
from mistral_funcs import tool
from mistral_funcs.schemas.shared.chunks import ImageURLChunk, TextChunk
from mistral_funcs.schemas.shared.usage import UsageInfo
from mistral_funcs.toolkit.tools.runnable import ToolError


class Color(Enum):
    """A colour."""

    RED = "red"


class Size(IntEnum):
    """A size."""

    SMALL = 1


class Name(str):
    """A kind of string."""

    __slots__ = ()


@attrs.frozen
class Cat:
    """A cat."""

    name: str
    born: date | None = None


@dataclasses.dataclass
class Dog:
    """A dog."""

    friends: tuple[Any, ...] = ()


class Point(NamedTuple):
    """A point."""

    x: int = 1


class Bird(BaseModel):
    """A bird."""

    born: date = date(2020, 1, 2)


IMAGE = ImageURLChunk(image_url="data:image/png;base64,eA==")


OUTPUTS: list[Any] = [
    ("text", "text"),
    (Name("text"), "text"),
    ("", ""),
    (None, "null"),
    (True, "true"),
    (1.5, "1.5"),
    ("é", "é"),
    (["é"], '["é"]'),
    (Color.RED, '"red"'),
    (Size.SMALL, "1"),
    (Decimal("12.50"), '"12.50"'),
    (UUID(int=1), '"00000000-0000-0000-0000-000000000001"'),
    (date(2025, 1, 31), '"2025-01-31"'),
    (datetime(2025, 1, 31, tzinfo=UTC), '"2025-01-31T00:00:00+00:00"'),
    (time(1, 2), '"01:02:00"'),
    (timedelta(seconds=90), '"PT0H1M30S"'),
    (PurePosixPath("/a"), '"/a"'),
    pytest.param({"b", "a"}, '["a", "b"]', id="set"),
    ((1, [2, {}]), "[1, [2, {}]]"),
    ({1: None, Color.RED: 1, None: 2}, '{"1": null, "red": 1, "null": 2}'),
    ({(1, "a"): 1}, '{"[1, \\"a\\"]": 1}'),
    ({date(2025, 1, 31): 1}, '{"2025-01-31": 1}'),
    (Cat("Tom"), '{"name": "Tom", "born": null}'),
    (
        Dog((Cat("Tom", date(2020, 1, 2)),)),
        '{"friends": [{"name": "Tom", "born": "2020-01-02"}]}',
    ),
    (Point(), '{"x": 1}'),
    ([Bird()], '[{"born": "2020-01-02"}]'),
    (UsageInfo(prompt_tokens=1, additional_properties={"new": 2}), None),
    (IMAGE, [IMAGE]),
    ([IMAGE, "a plot"], [IMAGE, TextChunk(text="a plot")]),
    ((IMAGE, Unknown({"type": "new"})), [IMAGE, Unknown({"type": "new"})]),
    ([IMAGE, 7], '[{"type": "image_url", "image_url": "data:image/png;base64,eA=="}, 7]'),
]


@pytest.mark.parametrize(
    ("value", "output"),
    OUTPUTS,
    ids=repr,
)
async def test_return_value_is_text_json_or_chunks(value: Any, output: Any) -> None:
    """Strings and chunks are unchanged. Everything else is JSON."""

    async def produce() -> Any:
        return value

    sent = await tool(produce).run({})
    if output is None:
        assert '"prompt_tokens": 1' in sent
        assert '"new": 2' in sent
    else:
        assert sent == output


class Opaque:
    """An object that JSON cannot represent."""


LOOP: list[Any] = []
LOOP.append(LOOP)


@pytest.mark.parametrize(
    ("value", "cause"),
    [
        (b"png", "`$` is of type `bytes`, which is not JSON"),
        ({"a": [Cat("x"), Opaque()]}, "`$.a[1]` is of type `Opaque`, which is not JSON"),
        (Dog, "`$` is of type `type`"),
        ({Opaque: 1}, "`$` is of type `type`"),
        (float("nan"), "not JSON compliant"),
        (LOOP, "maximum recursion depth"),
        ("\ud800", "surrogates not allowed"),
        ((each for each in "ab"), "`$` is of type `generator`"),
    ],
    ids=["bytes", "nested", "class", "key", "nan", "loop", "surrogate", "generator"],
)
async def test_unserializable_value_is_an_error(value: Any, cause: str) -> None:
    """The model learns that the tool ran, and the developer which part is invalid."""

    async def produce() -> Any:
        return value

    with pytest.raises(ToolError) as caught:
        await tool(produce).run({})
    message = "`produce` ran, but its result is not text or JSON and was not sent."
    assert str(caught.value) == message
    assert cause in str(caught.value.__cause__)
    assert caught.value.__notes__[0].startswith("Return a string, content chunks")
