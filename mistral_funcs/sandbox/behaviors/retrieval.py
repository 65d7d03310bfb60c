"""Search an index by words, and by vectors derived from words."""

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from datetime import datetime
from re import findall
from typing import Any, Final, TypeAlias, cast

from mistral_funcs.sandbox.behaviors.embeddings import vector_of
from mistral_funcs.sandbox.request_arguments import invalid
from mistral_funcs.sandbox.stored_documents import StoredChunk
from mistral_funcs.schemas.beta.context.search import (
    And,
    Equal,
    In,
    KeywordRetriever,
    NearestNeighbourRetriever,
    Not,
    Or,
    Range,
    RRFRetriever,
    SearchFilter,
)

Retriever: TypeAlias = KeywordRetriever | NearestNeighbourRetriever | RRFRetriever
Hit: TypeAlias = tuple[float, StoredChunk]
"""A chunk with its score."""

TOP_K: Final = 20
WIDTH: Final = 256
"""Number of dimensions of the vectors computed for a query string."""

RANK_CONSTANT: Final = 60

BOUNDS: Final[Mapping[str, Callable[[Any, Any], bool]]] = {
    "gt": lambda value, bound: value > bound,
    "gte": lambda value, bound: value >= bound,
    "lt": lambda value, bound: value < bound,
    "lte": lambda value, bound: value <= bound,
}


def retrieve(retriever: Retriever, chunks: Iterable[StoredChunk]) -> list[Hit]:
    """Return the chunks that a retriever finds, best first."""
    condition: SearchFilter | None = retriever.filter or None
    allowed = [each for each in chunks if condition is None or _meets(each, condition)]
    if isinstance(retriever, KeywordRetriever):
        hits = _by_words(retriever, allowed)
    elif isinstance(retriever, NearestNeighbourRetriever):
        hits = _by_vectors(retriever, allowed)
    else:
        hits = _by_ranks(retriever, allowed)
    hits.sort(key=lambda hit: -hit[0])
    return hits[: retriever.top_k or TOP_K]


def words_of(text: str) -> list[str]:
    """Return the words of a string in lower case."""
    return findall(r"\w+", text.casefold())


def _by_words(retriever: KeywordRetriever, chunks: Iterable[StoredChunk]) -> list[Hit]:
    """Score chunks by the number of query words and their frequency."""
    wanted = {*words_of(retriever.query)}
    hits: list[Hit] = []
    for each in chunks:
        words = words_of(_text(each, retriever.field or None))
        common = wanted & {*words}
        if common and (retriever.operator != "and" or common == wanted):
            often = sum(map(words.count, common)) / len(words)
            hits.append((len(common) + often, each))
    return hits


def _by_vectors(retriever: NearestNeighbourRetriever, chunks: Iterable[StoredChunk]) -> list[Hit]:
    """Score chunks by the cosine similarity of their vectors to the query."""
    vector = retriever.query_embedding or None
    if vector is None:
        if not retriever.query:
            invalid("retriever", "Either `query` or `query_embedding` is required")
        vector = vector_of(retriever.query, WIDTH)
    length = math.hypot(*vector) or 1.0

    def closeness(chunk: StoredChunk) -> float:
        other = vector_of(_text(chunk, retriever.field or None), len(vector))
        return sum(a * b for a, b in zip(vector, other, strict=True)) / length

    return [(closeness(each), each) for each in chunks]


def _text(chunk: StoredChunk, field: str | None) -> str:
    """Return the text of a chunk, or that of one of its fields."""
    if field in (None, "content"):
        return chunk.content
    value: Any = chunk.fields.get(field, "")
    values: list[Any] = value if value.__class__ is list else [value]
    return " ".join(map(str, values))


def _meets(chunk: StoredChunk, condition: Any) -> bool:
    """Return whether a chunk meets a condition."""
    match condition:
        case And():
            return all(_meets(chunk, each) for each in condition.matches)
        case Or():
            return any(_meets(chunk, each) for each in condition.matches)
        case Not():
            return not _meets(chunk, condition.match)
        case Equal():
            return _values(chunk, condition.field, condition.value) == [condition.value]
        case In():
            return any(
                [value] == _values(chunk, condition.field, value) for value in condition.values
            )
        case _:
            return _is_within(chunk, condition)


def _is_within(chunk: StoredChunk, condition: Range) -> bool:
    bounds = {name: getattr(condition, name) for name in BOUNDS}
    given = {name: bound for name, bound in bounds.items() if bound or bound == 0}
    if not given:
        invalid("retriever", "A range requires at least one bound")
    return all(
        any(BOUNDS[name](value, bound) for value in _values(chunk, condition.field, bound))
        for name, bound in given.items()
    )


def _values(chunk: StoredChunk, field: str, like: Any) -> list[Any]:
    """Return the comparable values of a field, if any."""
    value: Any = chunk.fields.get(field)
    if isinstance(like, datetime):
        with suppress(TypeError, ValueError):
            moment = datetime.fromisoformat(value)
            return [moment if moment.tzinfo else moment.replace(tzinfo=like.tzinfo)]
    is_number = isinstance(like, int | float) and isinstance(value, int | float)
    return [value] if is_number or value.__class__ is like.__class__ else []


def _by_ranks(retriever: RRFRetriever, chunks: Sequence[StoredChunk]) -> list[Hit]:
    """Score chunks by their ranks in the results of several retrievers."""
    scores: dict[str, float] = {}
    constant = RANK_CONSTANT if retriever.rank_constant is None else retriever.rank_constant
    weights = retriever.weights or [1.0] * len(retriever.retrievers)
    if len(weights) != len(retriever.retrievers):
        invalid("retriever", "There must be one weight for each retriever")
    for weight, each in zip(weights, retriever.retrievers, strict=True):
        for rank, (_, chunk) in enumerate(retrieve(cast("Retriever", each), chunks), 1):
            scores[chunk.id] = scores.get(chunk.id, 0.0) + weight / (constant + rank)
    return [(scores[each.id], each) for each in chunks if each.id in scores]
