"""Incomplete JSON: every prefix has a value, which grows to the final one."""

import json
from itertools import cycle, pairwise
from typing import Any

import pytest
from hypothesis import given, settings, strategies as st

from mistral_funcs.toolkit.partial_json import PartialJSON
from mistral_funcs.toolkit.typed.json_types import class_of

SCALARS = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text()
)
VALUES = st.recursive(
    SCALARS, lambda each: st.lists(each) | st.dictionaries(st.text(), each), max_leaves=20
)


def value_of(text: str) -> Any:
    """Return the value of an incomplete text."""
    parser = PartialJSON()
    parser.feed(text)
    return parser.snapshot().value()


def grows(before: Any, after: Any) -> bool:
    """Return whether a value can become another one by appending to its end."""
    kind = class_of(before)
    if before is None or kind is not class_of(after):
        return before is None
    if kind is str:
        return bool(after.startswith(before))
    if kind is dict:
        return [*before] == [*after][: len(before)] and grows(
            [*before.values()], [*after.values()][: len(before)]
        )
    if kind is list and before:
        *rest, last = before
        return (
            len(after) > len(rest) and rest == after[: len(rest)] and grows(last, after[len(rest)])
        )
    return kind is list or bool(before == after)


@settings(deadline=None)
@given(
    VALUES,
    st.sampled_from([{}, {"ensure_ascii": False}, {"indent": 1}]),
    st.lists(st.integers(1, 5), min_size=1),
)
def test_every_prefix_grows_to_the_final_value(
    value: Any, options: dict[str, Any], sizes: list[int]
) -> None:
    """In any chunks. Earlier snapshots do not change."""
    text = json.dumps(value, **options) + " "
    parser = PartialJSON()
    snapshots: list[tuple[Any, Any]] = []
    position = 0
    for size in cycle(sizes):
        parser.feed(text[position : position + size])
        snapshot = parser.snapshot()
        snapshots.append((snapshot, snapshot.value()))
        position += size
        if position >= len(text):
            break
    assert snapshots[-1][1] == value
    for (_, before), (_, after) in pairwise(snapshots):
        assert grows(before, after), (before, after)
    for snapshot, then in snapshots:
        assert snapshot.value() == then


@settings(deadline=None)
@given(st.text(alphabet='{}[]",:\\u0d8ace1.-tn \n'), st.integers(0, 10))
def test_parser_accepts_any_text(text: str, cut: int) -> None:
    """Invalid text raises nothing, and chunks make no difference."""
    parser = PartialJSON()
    parser.feed(text[:cut])
    parser.feed(text[cut:])
    assert parser.snapshot().value() == value_of(text)


@pytest.mark.parametrize(
    ("text", "value", "path"),
    [
        ("", None, ()),
        (" {", {}, ()),
        ('{"na', {}, ()),
        ('{"name"', {}, ()),
        ('{"name":', {}, ()),
        ('{"name": "', {"name": ""}, ("name",)),
        ('{"name": "A\\', {"name": "A"}, ("name",)),
        ('{"name": "A\\u00', {"name": "A"}, ("name",)),
        ('{"name": "A\\u00e9', {"name": "Aé"}, ("name",)),
        ('{"name": "\\ud83d', {"name": ""}, ("name",)),
        ('{"name": "\\ud83d\\ude00', {"name": "😀"}, ("name",)),
        ('{"name": "\\ud83dx', {"name": "\ud83dx"}, ("name",)),
        ('{"name": "\\ud83d"', {"name": "\ud83d"}, ()),
        ('{"age": 1', {}, ()),
        ('{"age": 12,', {"age": 12}, ()),
        ('{"ok": tru', {}, ()),
        ('{"ok": true}', {"ok": True}, ()),
        ('{"a": [{"b": "c', {"a": [{"b": "c"}]}, ("a", 0, "b")),
        ('{"a": [[1, 2], [', {"a": [[1, 2], []]}, ("a", 1)),
        ('"abc', "abc", ()),
        ('"abc"', "abc", ()),
        ("[1, 2] trailing", [1, 2], ()),
    ],
)
def test_incomplete_value_has_a_path(text: str, value: Any, path: tuple[Any, ...]) -> None:
    """Strings grow. Numbers and literals appear when they are complete."""
    parser = PartialJSON()
    parser.feed(text)
    assert parser.snapshot().value() == value
    assert parser.snapshot().path == path


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ('{"a": 1, "a": 2}', {"a": 1}),
        ('{"a": NaN, "b": 1}', {}),
        ('{"a": 1 "b": 2}', {"a": 1}),
        ('{"a"; 1}', {}),
        ("{a: 1}", {}),
        ("[1}", [1]),
        ("[1, ?]", [1]),
        ('["\\x"]', [""]),
        ('["a\nb"]', ["a"]),
        ("[" * 500, None),
        ("[" + "1" * 6000, []),
        ("[1.2.3]", []),
    ],
)
def test_parser_stops_at_the_first_error(text: str, value: Any) -> None:
    """Earlier values are kept. The final validation reports the error."""
    parser = PartialJSON()
    parser.feed(text)
    before = parser.snapshot().value()
    if value is not None:
        assert before == value
    parser.feed('"more"]}')
    assert parser.snapshot().value() == before


def test_cost_of_a_chunk_does_not_depend_on_earlier_ones() -> None:
    """Measured by the characters that are parsed again."""
    parser = PartialJSON()
    parser.feed('{"items": [')
    most = 0
    for index in range(2000):
        parser.feed(f'{{"id": {index}, "text": "\\u00')
        most = max(most, len(parser._rest))
        parser.feed('e9"},')
        parser.snapshot()
    assert most <= 6
    assert len(parser.snapshot().containers) == 2
