"""Untrusted text: nothing in it controls a terminal, reorders text or hides."""

import sys
import unicodedata

import pytest
from hypothesis import given, strategies as st

from mistral_core.http.text import UNSAFE, harmless, in_one_line

REORDERING = {"LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"}


def test_each_kind_of_unsafe_character_is_unsafe() -> None:
    """Control characters, separators, surrogates, bidirectional controls and tags."""
    every = [chr(code) for code in range(sys.maxunicode + 1)]
    unsafe = {
        char
        for char in every
        if unicodedata.category(char) in {"Cc", "Cs", "Zl", "Zp"}
        or unicodedata.bidirectional(char) in REORDERING
    } - {"\n", "\t"}
    unsafe |= {*map(chr, range(0xE0000, 0xE0080)), "\u200e", "\u200f", "\u061c", "\u200b", "\ufeff"}
    assert [hex(ord(char)) for char in unsafe if not UNSAFE.fullmatch(char)] == []
    printable = (char for char in every if char.isprintable())
    assert [char for char in printable if UNSAFE.search(char)] == []


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("a\x1b[2Jb", r"a\x1b[2Jb"),
        ("a\x9bb\x7f", r"a\x9bb\x7f"),
        ("invoice\u202efdp.exe", r"invoice\u202efdp.exe"),
        ("a\u2066b\u2069\u200f", r"a\u2066b\u2069\u200f"),
        ("a\U000e0041b", r"a\U000e0041b"),
        ("a\ud800b", r"a\ud800b"),
        ("two\r\nlines\r", "two\nlines"),
        ("over\rwritten", r"over\x0dwritten"),
        ("\ttab\n", "\ttab\n"),
        ("h\u00e9 \u05e9\u05dc\u05d5\u05dd", "h\u00e9 \u05e9\u05dc\u05d5\u05dd"),
        (
            "\U0001f469\u200d\U0001f680 \u0646\u200c\u062f",
            "\U0001f469\u200d\U0001f680 \u0646\u200c\u062f",
        ),
    ],
)
def test_unsafe_characters_become_escapes(text: str, shown: str) -> None:
    """Text in any script is kept."""
    assert harmless(text) == shown


@given(st.text(st.characters(exclude_categories=[])), st.integers(0, 300))
def test_any_text_is_harmless(text: str, longest: int) -> None:
    """Also as a single line with a maximum length. Escaping twice changes nothing."""
    assert not UNSAFE.search(harmless(text))
    assert harmless(harmless(text)) == harmless(text)
    line = in_one_line(text, longest)
    assert not UNSAFE.search(line)
    assert not {"\n", "\t"} & {*line}
    assert len(line) <= longest + len("...")
