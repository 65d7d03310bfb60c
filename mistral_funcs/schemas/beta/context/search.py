"""Searches in an index: retrievers, filters and the chunks they find."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Literal, TypeAlias, final

import attrs

from mistral_core import UNSET, Schema, Unknown, Unset


@final
@attrs.frozen(kw_only=True)
class Equal(Schema):
    """A field has a value.

    Attributes:
        type: `"equal"`.
        field: Name of the field.
        value: The value.
    """

    type: Literal["equal"] = "equal"
    field: str
    value: int | float | datetime | str


@final
@attrs.frozen(kw_only=True)
class In(Schema):
    """A field has one of several values.

    Attributes:
        type: `"in"`.
        field: Name of the field.
        values: The values.
    """

    type: Literal["in"] = "in"
    field: str
    values: Sequence[int | float | datetime | str]


@final
@attrs.frozen(kw_only=True)
class Range(Schema):
    """A field is within a range. At least one bound is required.

    Attributes:
        type: `"range"`.
        field: Name of the field.
        gt: Lower bound, exclusive.
        gte: Lower bound.
        lt: Upper bound, exclusive.
        lte: Upper bound.
    """

    type: Literal["range"] = "range"
    field: str
    gt: int | float | datetime | None | Unset = UNSET
    gte: int | float | datetime | None | Unset = UNSET
    lt: int | float | datetime | None | Unset = UNSET
    lte: int | float | datetime | None | Unset = UNSET


@final
@attrs.frozen(kw_only=True)
class And(Schema):
    """All conditions hold.

    Attributes:
        type: `"and"`.
        matches: The conditions.
    """

    type: Literal["and"] = "and"
    matches: "Sequence[SearchFilter]"


@final
@attrs.frozen(kw_only=True)
class Or(Schema):
    """At least one condition holds.

    Attributes:
        type: `"or"`.
        matches: The conditions.
    """

    type: Literal["or"] = "or"
    matches: "Sequence[SearchFilter]"


@final
@attrs.frozen(kw_only=True)
class Not(Schema):
    """A condition does not hold.

    Attributes:
        type: `"not"`.
        match: The condition.
    """

    type: Literal["not"] = "not"
    match: "SearchFilter"


SearchFilter: TypeAlias = And | Equal | In | Not | Or | Range | Mapping[str, Any]
"""A condition on the fields of chunks, discriminated by `type`."""


@final
@attrs.frozen(kw_only=True)
class KeywordRetriever(Schema):
    """Find chunks by the words of a query.

    Attributes:
        type: `"keyword"`.
        query: Text to search for.
        top_k: Maximum number of chunks. Defaults to 20.
        operator: Whether a chunk must contain all words (`"and"`) or one of them (`"or"`). Defaults
            to `"or"`.
        filter: Condition that chunks must meet.
        field: Field to search. Defaults to the content.
    """

    type: Literal["keyword"] = "keyword"
    query: str
    top_k: int | None = None
    operator: Literal["or", "and"] | str | None = None
    filter: SearchFilter | None | Unset = UNSET
    field: str | None | Unset = UNSET


@final
@attrs.frozen(kw_only=True)
class NearestNeighbourRetriever(Schema):
    """Find the chunks whose vectors are nearest to that of a query.

    Attributes:
        type: `"nearest_neighbour"`.
        top_k: Maximum number of chunks. Defaults to 20.
        query: Text to search for. Pass either it or `query_embedding`.
        query_embedding: Vector to search for.
        field: Field with the vectors. Defaults to that of the content.
        filter: Condition that chunks must meet.
        max_candidates: Maximum number of chunks to compare.
    """

    type: Literal["nearest_neighbour"] = "nearest_neighbour"
    top_k: int | None = None
    query: str | None | Unset = UNSET
    query_embedding: Sequence[float] | None | Unset = UNSET
    field: str | None | Unset = UNSET
    filter: SearchFilter | None | Unset = UNSET
    max_candidates: int | None | Unset = UNSET


@final
@attrs.frozen(kw_only=True)
class RRFRetriever(Schema):
    """Merge the results of several retrievers by their ranks (reciprocal rank fusion).

    Attributes:
        type: `"rrf"`.
        retrievers: The retrievers.
        top_k: Maximum number of chunks. Defaults to 20.
        weights: Weight of each retriever.
        rank_constant: Constant that is added to each rank. Larger values reduce the weight of the
            first results. Defaults to 60.
        filter: Condition that chunks must meet.
    """

    type: Literal["rrf"] = "rrf"
    retrievers: Sequence[KeywordRetriever | NearestNeighbourRetriever | Mapping[str, Any]]
    top_k: int | None = None
    weights: Sequence[float] | None | Unset = UNSET
    rank_constant: int | None = None
    filter: SearchFilter | None | Unset = UNSET


@final
@attrs.frozen(kw_only=True)
class SearchChunkResponse(Schema):
    """A chunk that a search found. Your own fields are in `additional_properties`.

    Attributes:
        id: ID of the chunk.
        source_id: ID of the source, which `beta_context_search_indexes_read` reads.
        locator: Where the chunk is in its source.
        start_offset: Start of the chunk in its source.
        end_offset: End of the chunk in its source.
        chunk_type: Kind of chunk.
        content: Content of the chunk.
        parent_ref: Reference to the part of the source that contains the chunk.
        metadata: Metadata of the chunk.
    """

    id: str
    source_id: str | None = None
    locator: str | None = None
    start_offset: int | None = None
    end_offset: int | None = None
    chunk_type: str | None = None
    content: str | None = None
    parent_ref: str | None = None
    metadata: dict[str, Any] | None = None


@final
@attrs.frozen(kw_only=True)
class SearchHitResponse(Schema):
    """A result of a search.

    Attributes:
        chunk: The chunk.
        score: How well the chunk matches. Higher is better.
        index_name: Name of the index.
        distance: Distance of the vectors, if they were compared.
    """

    chunk: SearchChunkResponse | None = None
    score: float | None = None
    index_name: str | None = None
    distance: float | None = None


@final
@attrs.frozen(kw_only=True)
class SearchResponse(Schema):
    """The results of a search.

    Attributes:
        hits: The results, best first.
    """

    hits: list[SearchHitResponse | Unknown] = attrs.field(factory=list[SearchHitResponse | Unknown])


@final
@attrs.frozen(kw_only=True)
class NavigationChunkResponse(Schema):
    """A chunk of a source.

    Attributes:
        id: ID of the chunk.
        source_id: ID of the source, which `beta_context_search_indexes_read` reads.
        locator: Where the chunk is in its source.
        start_offset: Start of the chunk in its source.
        end_offset: End of the chunk in its source.
        chunk_type: Kind of chunk.
        content: Content of the chunk.
        parent_ref: Reference to the part of the source that contains the chunk.
        metadata: Metadata of the chunk.
    """

    id: str
    source_id: str | None = None
    locator: str | None = None
    start_offset: int | None = None
    end_offset: int | None = None
    chunk_type: str | None = None
    content: str | None = None
    parent_ref: str | None = None
    metadata: dict[str, Any] | None = None


@final
@attrs.frozen(kw_only=True)
class NavigationResponse(Schema):
    """Chunks of a source.

    Attributes:
        chunks: The chunks, in reading order.
    """

    chunks: list[NavigationChunkResponse | Unknown] = attrs.field(
        factory=list[NavigationChunkResponse | Unknown]
    )
