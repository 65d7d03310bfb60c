"""Docstrings, comments, messages and names of the packages use plain words."""

import re
from collections.abc import Iterator
from pathlib import Path
from re import IGNORECASE, Pattern

import attrs
import pytest

from mistral_funcs._index import OPERATIONS
from tests.prose import PROSE, Kind, Passage, passages

ROOT = Path(__file__).parents[1]

WORDS = [
    # pattern, what to write instead
    (r"answer(s|ed|ing)?", "response, respond"),
    (r"asked for", "requested"),
    (r"told", "reported"),
    (r"tells?", "report, describe, contain"),
    (r"says? of", "describe"),
    (r"to be had", "available"),
    (r"for all its", "despite its"),
    (r"(bit by bit|piece by piece)", "in chunks, as a stream of chunks"),
    (r"pieces?", "chunk, part"),
    (r"a text(?! chunk)", "a string"),
    (r"truth values?", "boolean"),
    (r"(without end|for ever)", "no limit, indefinitely"),
    (r"anew", "again, rebuilt for each"),
    (r"let go", "sent, released"),
    (r"given? up", "abandoned"),
    (r"(go|goes|went) on", "continue, resume"),
    (r"which nobody", "unread"),
    (r"way to the fault", "path of the invalid value"),
    (r"(stand|stands|stood) (in|for|at|on|there|among|beside|before)", "is in, appears in"),
    (r"(is|was|are|were) spent", "is consumed, is not replayable"),
    (r"the base of", "base class for"),
    (r"(carry|carries|carried)", "send, run"),
    (r"does differently", "Per-call overrides: ..."),
    (r"; by default", "Defaults to ..."),
    (r"cut short", "incomplete"),
    (r"end mark", "`[DONE]`"),
    (r"would lead to", "must not contain"),
    (r"whole (answer|response|text|of)", "complete"),
    (r"(come|comes|came) to be", "is created"),
    (r"in (its|their) order", "in order"),
    (r"(is|are) to be", "must be, will be"),
    (r"the (most|fewest) \w+ (to|of|on|that)", "Maximum number of, minimum number of"),
    (r"(look|looks|looked|looking) at", "get, read"),
    (r"since 1970", "since the Unix epoch"),
    (r"(but|save) for", "except"),
    (r"(lest|hence|whereupon|thereof|whereof|whoever)", "plain words"),
    (r"call through", "The client to use."),
]
"""Words and phrases to avoid in prose."""

OPENINGS: list[tuple[Kind, str, str]] = [
    # kind, how the passage begins, what to write instead
    ("class", r"(Hold|Tell|Say|Describe|Name|Let|Make|Give|Be|Count|Keep|What|How)", "a noun"),
    ("function", r"(Hold|Tell|Say|Go through|The|An?|What|How|Whether)", "an imperative"),
    ("message", r"There (is|was|are|were) no", "No ..."),
]
"""Words that a docstring or a message must not begin with."""

NAMES = [
    (r"(made|found|known|what)", "a name for the content"),
    (r"(\w+_)?(told|whole)(_\w+)?", "a name for the content"),
    (r"(\w+_)?(utils?|helpers?)", "a name for the purpose"),
    (r"(\w+_)?answers?(_\w+)?", "response"),
    (r"(\w+_)?(carry|carrier)(_\w+)?", "the term of the field"),
]
"""Names to avoid for files, classes, functions, parameters and variables."""

EXCEPTIONS: list[tuple[str, str, str]] = [
    # path, phrase in lower case, reason
    ("mistral_core/testing.py", "answer", "a public name, which stays"),
    ("mistral_funcs/schemas/beta/observability/judges.py", "answer", "a field of the API"),
    ("mistral_funcs/sandbox/behaviors/replies.py", "answer", "the text of a further choice"),
    ("mistral_funcs/sandbox/behaviors/first_models.py", "answers", "the description of a model"),
    ("mistral_funcs/sandbox/behaviors/first_models.py", "tells", "the description of a model"),
]
"""Allowed phrases."""


@attrs.frozen
class Rule:
    """A phrase to avoid.

    Attributes:
        kinds: The kinds of passages that it applies to.
        pattern: The phrase.
        advice: What to write instead.
    """

    kinds: frozenset[Kind]
    pattern: Pattern[str]
    advice: str


def phrase(pattern: str) -> Pattern[str]:
    """Compile a phrase that may span lines, and matches at word boundaries."""
    spaced = pattern.replace(" ", r"\s+")
    edge = r"\b" if pattern[0].isalnum() or pattern[0] in "(\\" else ""
    return re.compile(rf"{edge}{spaced}\b", IGNORECASE)


RULES = [
    *(Rule(PROSE, phrase(pattern), advice) for pattern, advice in WORDS),
    *(
        Rule(frozenset({kind}), re.compile(rf"\A{pattern}\b"), advice)
        for kind, pattern, advice in OPENINGS
    ),
    *(
        Rule(frozenset({"name"}), re.compile(rf"\A_*{pattern}\Z", IGNORECASE), advice)
        for pattern, advice in NAMES
    ),
]


def findings(passage: Passage) -> Iterator[tuple[int, str, str]]:
    """Yield the line, the phrase and the advice for each phrase to avoid."""
    for rule in RULES:
        if passage.kind in rule.kinds:
            for match in rule.pattern.finditer(passage.text):
                line = passage.line + passage.text.count("\n", 0, match.start())
                yield line, " ".join(match.group().split()), rule.advice


FILES = {
    file.relative_to(ROOT).as_posix(): file
    for package in ("mistral_core", "mistral_funcs")
    for file in sorted((ROOT / package).rglob("*.py"))
}


def findings_in(path: str) -> list[tuple[int, str, str]]:
    """Return the findings in a file and its name, sorted."""
    file = FILES[path]
    name = Passage("name", 1, file.parent.name if file.stem == "__init__" else file.stem)
    both = [name, *passages(file.read_text("utf-8"))]
    return sorted(each for passage in both for each in findings(passage))


@pytest.mark.parametrize("path", FILES)
def test_file_is_written_in_plain_words(path: str) -> None:
    """Each finding is reported as file, line, phrase and advice."""
    allowed = {phrase for where, phrase, _ in EXCEPTIONS if where == path}
    report = [
        f"{path}:{line}: {phrase!r}: write {advice!r}"
        for line, phrase, advice in findings_in(path)
        if phrase.lower() not in allowed
    ]
    assert not report, "\n".join(report)


def test_each_exception_is_needed() -> None:
    """It has a reason, and is removed together with its phrase."""
    for path, phrase, reason in EXCEPTIONS:
        assert reason
        assert phrase in {each.lower() for _, each, _ in findings_in(path)}


@pytest.mark.parametrize("name", OPERATIONS)
def test_summary_of_an_operation_is_short(name: str) -> None:
    """It is shown in help and in tables."""
    summary = OPERATIONS[name][-1]
    assert len(summary) <= 72
    assert re.fullmatch(r"[A-Z][a-z]+ [^\n]+\.", summary)


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ('"""The answer."""', [(1, "answer")]),
        ('"""A module.\n\nIt goes\non.\n"""', [(3, "goes on")]),
        ("x = 1  # told", [(1, "told")]),
        ('raise ValueError("There is no key")', [(1, "There is no")]),
        ('raise ValueError(f"{x} stands in the path")', [(1, "stands in")]),
        ('class A:\n    """Hold a thing."""', [(2, "Hold")]),
        ('class A:\n    """A thing."""', []),
        ('def f():\n    """The thing."""', [(2, "The")]),
        ('class A:\n    @property\n    def f(self):\n        """The thing."""', []),
        ('x = 1\n"""How much; by default 1."""', [(2, "; by default")]),
        ("def f(told): ...", [(1, "told")]),
        ("for known in (): pass", [(1, "known")]),
        ("self._whole = 1", [(1, "_whole")]),
        ("def read_answer(): ...", [(1, "read_answer")]),
        ("unknown = whatever = 1", []),
        ("import a as utils", [(1, "utils")]),
    ],
)
def test_phrase_is_reported(source: str, expected: list[tuple[int, str]]) -> None:
    """Docstrings, comments, messages and names are all checked."""
    actual = [each[:2] for passage in passages(source) for each in findings(passage)]
    assert actual == expected
