"""Search indexes: provisioned, filled with documents, and summarized."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

import attrs

from mistral_core import Response
from mistral_core.http.chunks import Chunks
from mistral_core.http.headers import Headers
from mistral_funcs.beta.context.search_indexes.create import beta_context_search_indexes_create
from mistral_funcs.beta.context.search_indexes.delete import beta_context_search_indexes_delete
from mistral_funcs.beta.context.search_indexes.delete_documents import (
    beta_context_search_indexes_delete_documents,
)
from mistral_funcs.beta.context.search_indexes.generate_index_summary import (
    beta_context_search_indexes_generate_index_summary,
)
from mistral_funcs.beta.context.search_indexes.get import beta_context_search_indexes_get
from mistral_funcs.beta.context.search_indexes.get_index_summary import (
    beta_context_search_indexes_get_index_summary,
)
from mistral_funcs.beta.context.search_indexes.ingest_documents import (
    beta_context_search_indexes_ingest_documents,
)
from mistral_funcs.beta.context.search_indexes.list import beta_context_search_indexes_list
from mistral_funcs.beta.context.search_indexes.set_index_summary import (
    beta_context_search_indexes_set_index_summary,
)
from mistral_funcs.beta.context.search_indexes.update import beta_context_search_indexes_update
from mistral_funcs.sandbox.behaviors.beta_libraries import OWNER
from mistral_funcs.sandbox.behaviors.index_sources import find_index, find_ready
from mistral_funcs.sandbox.behaviors.ingestion import errors_in, ingest
from mistral_funcs.sandbox.error_responses import refuse
from mistral_funcs.sandbox.job_clock import advance_reported
from mistral_funcs.sandbox.paging import page_of
from mistral_funcs.sandbox.registry import responds_to
from mistral_funcs.sandbox.request_arguments import invalid
from mistral_funcs.sandbox.state import State, keep
from mistral_funcs.sandbox.stored_documents import StoredIndex
from mistral_funcs.schemas.beta.context.fields import ManagedIndexFields
from mistral_funcs.schemas.beta.context.indexes import (
    AcceptedDocumentResponse,
    DeleteDocumentsResponse,
    DeleteManagedIndexResponse,
    GetSummaryResponseSummary,
    IngestDocumentsResponse,
    ListManagedIndexesResponse,
    ManagedIndexConfig,
    ManagedIndexResponse,
    RejectedDocumentResponse,
)

FILTERS = ("status", "creator_id")


@responds_to(beta_context_search_indexes_list)
def list_indexes(
    state: State, arguments: Mapping[str, Any], name: str = ""
) -> ListManagedIndexesResponse:
    """List the indexes that match all filters, newest first."""
    matching = [
        each
        for each in reversed(state.indexes.values())
        if name.casefold() in (each.about.name or "").casefold()
        and all(arguments.get(field) in (None, getattr(each.about, field)) for field in FILTERS)
    ]
    page, described = page_of(matching, arguments)
    abouts = [each.about for each in page]
    advance_reported(state, page)
    return ListManagedIndexesResponse(
        data=[*abouts], next_page_token=described.get("next_page_token")
    )


@responds_to(beta_context_search_indexes_create)
def create_index(
    state: State,
    name: str,
    config: ManagedIndexConfig,
    schema: ManagedIndexFields | None = None,
) -> ManagedIndexResponse:
    """Create an index and begin to provision it, or respond with 409 if its name is in use."""
    if name in state.indexes:
        refuse(409, f"Index {name!r} exists.", "conflict")
    now = state.moment()
    about = ManagedIndexResponse(
        id=state.new_id(),
        name=name,
        status="provisioning",
        config=config,
        schema=schema or ManagedIndexFields(),
        creator_id=OWNER,
        created_at=now,
        modified_at=now,
    )
    keep(state.indexes, name, StoredIndex(about))
    return about


@responds_to(beta_context_search_indexes_get)
def get_index(state: State, index_name: str) -> ManagedIndexResponse:
    """Return an index."""
    index = find_index(state, index_name)
    about = index.about
    advance_reported(state, [index])
    return about


@responds_to(beta_context_search_indexes_update)
def update_index(state: State, index_name: str, schema: ManagedIndexFields) -> ManagedIndexResponse:
    """Add fields, or respond with 422 if the request omits an existing field."""
    index = find_ready(state, index_name)
    for kind in ("chunk_fields", "document_fields"):
        missing = {*(getattr(index.about.schema, kind) or ())} - {*(getattr(schema, kind) or ())}
        if missing:
            invalid("schema", f"`{kind}` must keep {sorted(missing)}")
    index.about = attrs.evolve(index.about, schema=schema, modified_at=state.moment())
    return index.about


@responds_to(beta_context_search_indexes_delete)
def delete_index(state: State, index_name: str) -> DeleteManagedIndexResponse:
    """Begin to delete an index."""
    index = find_index(state, index_name)
    index.about = attrs.evolve(index.about, status="deleting")
    return DeleteManagedIndexResponse(id=index.about.id, name=index_name, status=index.about.status)


@responds_to(beta_context_search_indexes_ingest_documents)
def ingest_documents(
    state: State, index_name: str, documents: Sequence[Mapping[str, Any]]
) -> IngestDocumentsResponse:
    """Add documents, or replace those with the same ID."""
    index = find_ready(state, index_name)
    results: list[AcceptedDocumentResponse | RejectedDocumentResponse] = []
    for position, document in enumerate(documents):
        errors = errors_in(index, document)
        if errors:
            results.append(RejectedDocumentResponse(position=position, errors=errors))
            continue
        key, count = ingest(state, index, document)
        results.append(
            AcceptedDocumentResponse(position=position, document_id=key, chunk_count=count)
        )
    accepted = sum(isinstance(each, AcceptedDocumentResponse) for each in results)
    return IngestDocumentsResponse(
        accepted=accepted, rejected=len(results) - accepted, results=[*results]
    )


@responds_to(beta_context_search_indexes_delete_documents)
def delete_documents(
    state: State, index_name: str, document_ids: Sequence[str]
) -> DeleteDocumentsResponse:
    """Delete documents."""
    documents = find_ready(state, index_name).documents
    deleted = [each for each in document_ids if documents.pop(each, None) is not None]
    missing = [each for each in document_ids if each not in deleted]
    return DeleteDocumentsResponse(deleted_document_ids=deleted, missing=missing)


@responds_to(beta_context_search_indexes_get_index_summary)
def get_summary(state: State, index_name: str, language: str) -> GetSummaryResponseSummary:
    """Return the summary in a language, or respond with 404 if it does not exist."""
    index = find_index(state, index_name)
    if language not in index.summaries:
        refuse(404, f"Index {index_name!r} has no summary in {language!r}.", "not_found")
    return index.summaries[language]


@responds_to(beta_context_search_indexes_set_index_summary)
def set_summary(
    state: State, index_name: str, language: str, arguments: Mapping[str, Any]
) -> dict[str, Any]:
    """Set a summary."""
    names = ("content", "status", "translated")
    summary = GetSummaryResponseSummary(**{name: arguments[name] for name in names})
    find_index(state, index_name).summaries[language] = summary
    return {}


@responds_to(beta_context_search_indexes_generate_index_summary)
def generate_summary(
    state: State, index_name: str, language: str, *, force: bool = False
) -> Response:
    """Stream a summary in a language: the beginning of each document."""
    index = find_ready(state, index_name)
    if force or language not in index.summaries:
        firsts = [chunks[0].content.partition("\n")[0] for chunks in index.documents.values()]
        index.summaries[language] = GetSummaryResponseSummary(
            content="\n".join(firsts) or "The index is empty.",
            status="generated",
            translated=False,
        )
    summary = index.summaries[language]
    parts = [
        {"status": summary.status, "translated": summary.translated},
        *({"content": line} for line in (summary.content or "").splitlines(keepends=True)),
    ]
    lines = [f"{json.dumps(each)}\n".encode() for each in parts]
    headers = Headers([("content-type", "application/jsonl")])
    return Response(200, headers, stream=Chunks(lines))
