"""The tokens of the sandbox: words with their leading space."""

import re
from collections.abc import Sequence

TOKEN = re.compile(r"\s*\S+|\s+")


def tokens(text: str) -> list[str]:
    """Return the tokens of a string. Joined, they are the string."""
    return TOKEN.findall(text)


def count(text: str) -> int:
    """Return the number of tokens in a string."""
    return len(tokens(text))


def contains_word(text: str, word: str) -> bool:
    """Return whether a string contains a word, ignoring case."""
    return re.search(rf"(?<!\w){re.escape(word)}(?!\w)", text, re.IGNORECASE) is not None


def cut(text: str, stops: str | Sequence[str] | None, most: int | None) -> tuple[str, str]:
    """Cut a string at a stop sequence or a number of tokens, and return the finish reason."""
    stops = [stops] if isinstance(stops, str) else stops or ()
    ends = [text.index(stop) for stop in stops if stop and stop in text]
    text = text[: min(ends, default=len(text))]
    kept = tokens(text)[:most]
    if len(kept) < count(text):
        return "".join(kept), "length"
    return text, "stop"
