"""Search, read and navigate the chunks of an index."""

from collections.abc import Callable, Iterable
from typing import Any

from mistral_funcs.beta.context.search_indexes.get_chunk import (
    beta_context_search_indexes_get_chunk,
)
from mistral_funcs.beta.context.search_indexes.grep import beta_context_search_indexes_grep
from mistral_funcs.beta.context.search_indexes.navigate import beta_context_search_indexes_navigate
from mistral_funcs.beta.context.search_indexes.read import beta_context_search_indexes_read
from mistral_funcs.beta.context.search_indexes.search import beta_context_search_indexes_search
from mistral_funcs.sandbox.behaviors.retrieval import retrieve, words_of
from mistral_funcs.sandbox.error_responses import refuse
from mistral_funcs.sandbox.registry import responds_to
from mistral_funcs.sandbox.request_arguments import invalid
from mistral_funcs.sandbox.state import State
from mistral_funcs.sandbox.stored_documents import StoredChunk, StoredIndex
from mistral_funcs.schemas.beta.context.search import (
    NavigationChunkResponse,
    NavigationResponse,
    NearestNeighbourRetriever,
    SearchChunkResponse,
    SearchHitResponse,
    SearchResponse,
)

CONTENT = "content"
"""The kind of all chunks."""


@responds_to(beta_context_search_indexes_search)
def search(state: State, index_name: str, retriever: Any) -> SearchResponse:
    """Return the chunks that a retriever finds, best first."""
    index = find_ready(state, index_name)
    chunks = [each for document in index.documents.values() for each in document]
    has_distance = isinstance(retriever, NearestNeighbourRetriever)
    return SearchResponse(
        hits=[
            SearchHitResponse(
                chunk=SearchChunkResponse(**_fields(chunk)),
                score=score,
                index_name=index_name,
                distance=1 - score if has_distance else None,
            )
            for score, chunk in retrieve(retriever, chunks)
        ]
    )


@responds_to(beta_context_search_indexes_read)
def read(
    state: State,
    index_name: str,
    source_id: str,
    *,
    start_offset: int | None = None,
    end_offset: int | None = None,
    top_k: int = 20,
    content_type: str = CONTENT,
) -> NavigationResponse:
    """Return the chunks within some bounds."""
    chunks = _source(state, index_name, source_id, content_type)
    return _response(
        (
            each
            for each in chunks
            if each.start >= (start_offset or 0) and (end_offset is None or each.end <= end_offset)
        ),
        top_k,
    )


@responds_to(beta_context_search_indexes_navigate)
def navigate(
    state: State,
    index_name: str,
    source_id: str,
    *,
    start_offset: int,
    end_offset: int,
    direction: str,
    top_k: int = 1,
    content_type: str = CONTENT,
) -> NavigationResponse:
    """Return the chunks after or right before a position."""
    chunks = _source(state, index_name, source_id, content_type)
    if direction == "next":
        return _response((each for each in chunks if each.start >= end_offset), top_k)
    if direction != "previous":
        invalid("direction", "Input should be 'next' or 'previous'", direction)
    before = [each for each in chunks if each.end <= start_offset]
    return _response(before[-top_k:], top_k)


@responds_to(beta_context_search_indexes_grep)
def grep(
    state: State,
    index_name: str,
    source_id: str,
    *,
    pattern: str,
    mode: str = "phrase",
    top_k: int = 5,
    content_type: str = CONTENT,
) -> NavigationResponse:
    """Return the chunks that contain a phrase, or all of some words."""
    chunks = _source(state, index_name, source_id, content_type)
    contains: dict[str, Callable[[str], bool]] = {
        "phrase": lambda text: pattern.casefold() in text.casefold(),
        "term": lambda text: {*words_of(pattern)} <= {*words_of(text)},
    }
    if mode not in contains:
        invalid("mode", "Input should be 'phrase' or 'term'", mode)
    return _response((each for each in chunks if contains[mode](each.content)), top_k)


@responds_to(beta_context_search_indexes_get_chunk)
def get_chunk(state: State, index_name: str, chunk_id: str) -> NavigationResponse:
    """Return a chunk."""
    index = find_ready(state, index_name)
    chunks = [each for document in index.documents.values() for each in document]
    matching = [each for each in chunks if each.id == chunk_id]
    if not matching:
        refuse(404, f"No chunk matches {chunk_id!r}.", "not_found")
    return _response(matching, 1)


def find_index(state: State, index_name: str) -> StoredIndex:
    """Return an index, or respond with 404."""
    if index_name not in state.indexes:
        refuse(404, f"No index matches {index_name!r}.", "not_found")
    return state.indexes[index_name]


def find_ready(state: State, index_name: str) -> StoredIndex:
    """Return an index that can be used, or respond with 404 or 409."""
    index = find_index(state, index_name)
    if index.about.status != "ready":
        refuse(409, f"Index {index_name!r} has status {index.about.status}.", "conflict")
    return index


def _source(state: State, index_name: str, source_id: str, content_type: str) -> list[StoredChunk]:
    """Return the chunks of a source, or respond with 404."""
    chunks = find_ready(state, index_name).documents.get(source_id, [])
    if not chunks or content_type != CONTENT:
        refuse(404, f"Source {source_id!r} has no chunks of type {content_type!r}.", "not_found")
    return chunks


def _fields(chunk: StoredChunk) -> dict[str, Any]:
    return {
        "id": chunk.id,
        "source_id": chunk.source_id,
        "locator": f"{chunk.source_id}#{chunk.start}-{chunk.end}",
        "start_offset": chunk.start,
        "end_offset": chunk.end,
        "chunk_type": CONTENT,
        "content": chunk.content,
        "metadata": chunk.fields,
    }


def _response(chunks: Iterable[StoredChunk], top_k: int) -> NavigationResponse:
    shown = [*chunks][:top_k]
    return NavigationResponse(chunks=[NavigationChunkResponse(**_fields(each)) for each in shown])
