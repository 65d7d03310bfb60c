"""Documents of libraries: uploaded, processed step by step, and searchable."""

from collections.abc import Mapping
from hashlib import sha256
from operator import attrgetter
from pathlib import PurePath
from typing import Any

import attrs

from mistral_funcs.beta.libraries.documents.delete import beta_libraries_documents_delete
from mistral_funcs.beta.libraries.documents.extracted_text_signed_url import (
    beta_libraries_documents_extracted_text_signed_url,
)
from mistral_funcs.beta.libraries.documents.get import beta_libraries_documents_get
from mistral_funcs.beta.libraries.documents.get_signed_url import (
    beta_libraries_documents_get_signed_url,
)
from mistral_funcs.beta.libraries.documents.libraries_documents_update_v1 import (
    beta_libraries_documents_libraries_documents_update_v1,
)
from mistral_funcs.beta.libraries.documents.list import beta_libraries_documents_list
from mistral_funcs.beta.libraries.documents.reprocess import beta_libraries_documents_reprocess
from mistral_funcs.beta.libraries.documents.status import beta_libraries_documents_status
from mistral_funcs.beta.libraries.documents.text_content import (
    beta_libraries_documents_text_content,
)
from mistral_funcs.beta.libraries.documents.update import beta_libraries_documents_update
from mistral_funcs.beta.libraries.documents.upload import beta_libraries_documents_upload
from mistral_funcs.sandbox.behaviors.beta_libraries import OWNER, find_library, position
from mistral_funcs.sandbox.behaviors.document_steps import PAGE_END, set_status, text_of
from mistral_funcs.sandbox.behaviors.files import mimetype_of
from mistral_funcs.sandbox.error_responses import refuse
from mistral_funcs.sandbox.forms import Form
from mistral_funcs.sandbox.job_clock import advance_reported
from mistral_funcs.sandbox.paging import page_of
from mistral_funcs.sandbox.registry import responds_to
from mistral_funcs.sandbox.request_arguments import invalid
from mistral_funcs.sandbox.state import State, keep
from mistral_funcs.sandbox.stored_documents import StoredDocument
from mistral_funcs.schemas.beta.libraries import (
    Document,
    DocumentTextContent,
    ListDocumentsResponse,
    ProcessingStatus,
)

SORTED_BY = ("created_at", "name", "size")
ORDERS = ("asc", "desc")


@responds_to(beta_libraries_documents_list)
def list_documents(
    state: State,
    library_id: str,
    arguments: Mapping[str, Any],
    *,
    search: str = "",
    sort_by: str = "created_at",
    sort_order: str = "desc",
) -> ListDocumentsResponse:
    """Return a page of the documents whose name or text matches."""
    library = find_library(state, library_id)
    if sort_by not in SORTED_BY:
        invalid("sort_by", f"Input should be one of {[*SORTED_BY]}", sort_by, place="query")
    if sort_order not in ORDERS:
        invalid("sort_order", "Input should be 'asc' or 'desc'", sort_order, place="query")
    matching = [each for each in library.documents.values() if _matches(each, search)]
    matching.sort(key=attrgetter(f"about.{sort_by}"), reverse=sort_order == "desc")
    page, described = page_of(matching, arguments)
    abouts = [each.about for each in page]
    advance_reported(state, page)
    return ListDocumentsResponse(data=[*abouts], pagination=position(described))


@responds_to(beta_libraries_documents_upload)
def upload_document(state: State, library_id: str, file: Form) -> Document:
    """Store a document and begin to process it."""
    library = find_library(state, library_id)
    content, name = file.file or b"", file.file_name
    about = Document(
        id=state.new_id(),
        library_id=library_id,
        hash=sha256(content).hexdigest(),
        mime_type=mimetype_of(name),
        extension=PurePath(name).suffix.removeprefix("."),
        size=len(content),
        name=name,
        created_at=state.moment(),
        uploaded_by_id=OWNER,
        uploaded_by_type="User",
        tokens_processing_total=0,
    )
    document = StoredDocument(about, content)
    set_status(document, "todo")
    keep(library.documents, about.id, document)
    return document.about


@responds_to(beta_libraries_documents_get)
def get_document(state: State, library_id: str, document_id: str) -> Document:
    """Return the metadata of a document."""
    return _report(state, library_id, document_id)


@responds_to(beta_libraries_documents_status)
def get_status(state: State, library_id: str, document_id: str) -> ProcessingStatus:
    """Return the status of a document."""
    about = _report(state, library_id, document_id)
    return ProcessingStatus(
        document_id=document_id,
        process_status=about.process_status,
        processing_status=about.processing_status,
    )


@responds_to(beta_libraries_documents_update)
@responds_to(beta_libraries_documents_libraries_documents_update_v1)
def update_document(
    state: State, library_id: str, document_id: str, arguments: Mapping[str, Any]
) -> Document:
    """Update a document. Omitted fields keep their values."""
    document = _find(state, library_id, document_id)
    names = {"name", "attributes", "expires_at"} & arguments.keys()
    document.about = attrs.evolve(document.about, **{name: arguments[name] for name in names})
    return document.about


@responds_to(beta_libraries_documents_delete)
def delete_document(state: State, library_id: str, document_id: str) -> None:
    """Delete a document."""
    _find(state, library_id, document_id)
    del state.libraries[library_id].documents[document_id]


@responds_to(beta_libraries_documents_text_content)
def get_text(
    state: State,
    library_id: str,
    document_id: str,
    page_start: int = 0,
    page_end: int | None = None,
) -> DocumentTextContent:
    """Return the text of some pages of a document, separated by form feeds."""
    document = _find(state, library_id, document_id)
    _check_text(document)
    pages = text_of(document).split(PAGE_END)
    return DocumentTextContent(text=PAGE_END.join(pages[page_start:page_end]))


@responds_to(beta_libraries_documents_get_signed_url)
def sign_file(state: State, library_id: str, document_id: str) -> str:
    """Return a URL at which nothing is served."""
    return _url(_find(state, library_id, document_id), "file")


@responds_to(beta_libraries_documents_extracted_text_signed_url)
def sign_text(state: State, library_id: str, document_id: str) -> str:
    """Return a URL at which nothing is served."""
    document = _find(state, library_id, document_id)
    _check_text(document)
    return _url(document, "text")


@responds_to(beta_libraries_documents_reprocess)
def reprocess(state: State, library_id: str, document_id: str) -> None:
    """Begin to process a document again."""
    set_status(_find(state, library_id, document_id), "todo")


def _find(state: State, library_id: str, document_id: str) -> StoredDocument:
    documents = find_library(state, library_id).documents
    if document_id not in documents:
        refuse(404, f"No document matches {document_id!r}.", "not_found")
    return documents[document_id]


def _report(state: State, library_id: str, document_id: str) -> Document:
    """Return a document as it is now, and advance it if `progress` is `"looks"`."""
    document = _find(state, library_id, document_id)
    about = document.about
    advance_reported(state, [document])
    return about


def _matches(document: StoredDocument, search: str) -> bool:
    """Return whether the name matches or, once the document is processed, the content."""
    text = text_of(document) if document.about.process_status == "done" else ""
    return search.casefold() in f"{document.about.name}\n{text}".casefold()


def _check_text(document: StoredDocument) -> None:
    if document.about.process_status != "done":
        refuse(404, f"Document {document.about.id} has no text yet.", "not_found")


def _url(document: StoredDocument, part: str) -> str:
    about = document.about
    return f"https://files.sandbox.invalid/{about.library_id}/{about.id}/{part}?sig={about.hash}"
