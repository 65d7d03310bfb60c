"""The tokens of the sandbox, which are words, each with the space before it."""

import re
from collections.abc import Sequence

TOKEN = re.compile(r"\s*\S+|\s+")


def tokens(text: str) -> list[str]:
    """Return the tokens of a text, which make it up without a rest."""
    return TOKEN.findall(text)


def count(text: str) -> int:
    """Return how many tokens a text has."""
    return len(tokens(text))


def says(text: str, word: str) -> bool:
    """Tell whether a word stands in a text as such, in whatever case."""
    return re.search(rf"(?<!\w){re.escape(word)}(?!\w)", text, re.IGNORECASE) is not None


def cut(text: str, stops: str | Sequence[str] | None, most: int | None) -> tuple[str, str]:
    """Return what a text is before a stop and within so many tokens, and why it ends there."""
    stops = [stops] if isinstance(stops, str) else stops or ()
    ends = [text.index(stop) for stop in stops if stop and stop in text]
    text = text[: min(ends, default=len(text))]
    kept = tokens(text)[:most]
    if len(kept) < count(text):
        return "".join(kept), "length"
    return text, "stop"
