"""Decoding JSON has the same values and errors with msgspec and with the standard library."""

import json
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from hypothesis import example, given, strategies as st

from mistral_core.response import json_text
from mistral_core.response.json_text import decode_exactly, decode_in_thread, decode_json

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda children: st.lists(children) | st.dictionaries(st.text(), children),
    max_leaves=20,
)
NEARLY_JSON = st.text(alphabet='{}[]",:\\u0123456789aefE+-. \t\n\rnultrs', max_size=30)


@pytest.fixture(params=["msgspec", "standard library"])
def decoder(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """Run the test with msgspec, and as if it were not installed."""
    if request.param == "msgspec":
        pytest.importorskip("msgspec", reason="needs the extra `speed`")
    else:
        monkeypatch.setattr(json_text, "import_module", _no_module)
    json_text._fast_decoder.cache_clear()
    yield request.param
    json_text._fast_decoder.cache_clear()


def _no_module(name: str) -> None:
    raise ModuleNotFoundError(name)


def by_the_standard_library(text: bytes | str) -> Any:
    """Decode as if msgspec were not installed."""
    return json_text._decode(text, json_text._decoder)


def outcome(text: bytes | str, read: Callable[[bytes | str], Any]) -> str:
    """Return the value with its types, or the error."""
    try:
        return repr(read(text))
    except (ValueError, RecursionError) as error:
        return f"{type(error).__name__}: {error}"


@pytest.mark.usefixtures("decoder")
@pytest.mark.parametrize(
    ("text", "value"),
    [
        (b" 1\n", 1),
        (b"\xef\xbb\xbf[]", []),
        (b'"\\ud83d\\ude00"', "\U0001f600"),
        (b'"\\ud800"', "\ud800"),
        (b'{"a": 1, "b": 2, "a": 3}', {"a": 3, "b": 2}),
        (b"123456789012345678901234567890", 123456789012345678901234567890),
        (b"-9223372036854775809", -9223372036854775809),
        (b"0.1", 0.1),
        ("[true, false, null]", [True, False, None]),
    ],
)
def test_json_is_decoded(text: bytes | str, value: object) -> None:
    """By all functions. The last value of a repeated key is used."""
    assert decode_json(text) == decode_exactly(text) == decode_in_thread(text) == value


@pytest.mark.usefixtures("decoder")
@pytest.mark.parametrize(
    ("text", "message"),
    [
        (b"", "Expecting value: line 1 column 1"),
        (b'{"a": }', "Expecting value: line 1 column 7"),
        (b"[1] 2", "Extra data: line 1 column 4"),
        (b"NaN", "NaN is not a JSON number"),
        (b"[-Infinity]", "-Infinity is not a JSON number"),
        (b'"\xff"', "can't decode byte 0xff in position 1"),
        (b"1" * 5_000, "Exceeds the limit"),
    ],
)
def test_error_has_a_position_or_a_reason(text: bytes, message: str) -> None:
    """With and without msgspec."""
    with pytest.raises(ValueError, match=message):
        decode_json(text)


@pytest.mark.usefixtures("decoder")
def test_nesting_has_a_limit() -> None:
    """A body cannot exhaust the stack."""
    with pytest.raises((RecursionError, ValueError)):
        decode_json(b"[" * 100_000)


@given(value=VALUES)
def test_values_are_equal_in_both(value: object) -> None:
    """For all values that JSON can represent."""
    for text in (json.dumps(value), json.dumps(value, ensure_ascii=False)):
        if text.isprintable():
            expected = outcome(text, by_the_standard_library)
            assert outcome(text.encode(), decode_json) == outcome(text, decode_json) == expected


@given(text=NEARLY_JSON)
@example('"\\ud800\\u0041"')
@example('"\\udc00\\ud800"')
@example("-0")
@example("1e400")
@example("[1,]")
@example("01")
def test_invalid_text_is_equal_in_both(text: str) -> None:
    """The same value or the same error."""
    expected = outcome(text, by_the_standard_library)
    assert outcome(text, decode_json) == outcome(text.encode(), decode_json) == expected


@given(body=st.binary(max_size=12).map(lambda raw: b'["' + raw + b'"]'))
def test_bytes_are_the_same_in_both(body: bytes) -> None:
    """Both check UTF-8 and control characters."""
    expected = outcome(body, by_the_standard_library)
    assert outcome(body, decode_json) == expected
