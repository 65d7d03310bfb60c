"""Ingest documents into a search index: validate them and split them into chunks."""

import re
from collections.abc import Iterator, Mapping
from typing import Any, Final

from mistral_funcs.sandbox.state import State
from mistral_funcs.sandbox.stored_documents import StoredChunk, StoredIndex
from mistral_funcs.schemas.beta.context.indexes import DocumentFieldErrorResponse

ID_FIELDS: Final = ("document_id", "source_id", "id")
"""The fields that may contain the ID of a document. Otherwise it is assigned a new one."""

PARAGRAPH: Final = re.compile(r"\S.*?(?=\n\s*\n|\s*\Z)", re.DOTALL)
"""A paragraph: the text up to an empty line."""


def errors_in(index: StoredIndex, document: Mapping[str, Any]) -> list[DocumentFieldErrorResponse]:
    """Return the errors in a document: missing text, or missing required fields."""
    fields = index.about.schema.document_fields or {}
    missing = [
        name
        for name, each in fields.items()
        if getattr(each, "required", False) and document.get(name) is None
    ]
    if not any(content.strip() for content, _ in _texts(document)):
        missing.append("content")
    return [
        DocumentFieldErrorResponse(location=[name], message="Field required", type="missing")
        for name in missing
    ]


def ingest(state: State, index: StoredIndex, document: Mapping[str, Any]) -> tuple[str, int]:
    """Add a document or replace it, and return its ID and the number of its chunks."""
    given = (document[name] for name in ID_FIELDS if document.get(name))
    key = str(next(given, "") or state.new_id())
    common = {name: value for name, value in document.items() if name not in {"content", "chunks"}}
    chunks: list[StoredChunk] = []
    offset = 0
    for content, fields in _texts(document):
        for match in PARAGRAPH.finditer(content):
            number = f"{key}:{len(chunks)}"
            start = offset + match.start()
            chunks.append(StoredChunk(number, key, start, match[0], {**common, **fields}))
        offset += len(content) + 1
    index.documents[key] = chunks
    return key, len(chunks)


def _texts(document: Mapping[str, Any]) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Yield the texts of a document with their fields: its content and those of its chunks."""
    content = document.get("content")
    if isinstance(content, str):
        yield content, {}
    chunks: Any = document.get("chunks")
    items: list[Any] = chunks if chunks.__class__ is list else []
    for each in items:
        fields: dict[str, Any] = each if each.__class__ is dict else {}
        text: Any = fields.get("content")
        if isinstance(text, str):
            yield text, {name: fields[name] for name in fields if name != "content"}
