"""The processing of documents: steps from status to status, and the extracted text."""

from collections.abc import Mapping
from typing import Final

import attrs

from mistral_funcs.sandbox.behaviors.tokens import count
from mistral_funcs.sandbox.state import State
from mistral_funcs.sandbox.stored_documents import StoredDocument
from mistral_funcs.schemas.beta.libraries import ProcessStatus

PAGE_END: Final = "\f"
"""The character between two pages."""

OLDER_NAMES: Final[Mapping[str, str]] = {
    "todo": "Running",
    "in_progress": "Running",
    "done": "Completed",
    "error": "Failed",
    "missing_content": "Failed",
}
"""The names of the statuses on older servers."""


def step(state: State, document: StoredDocument) -> None:
    """Advance the processing of a document by one step, unless it has ended."""
    match document.about.process_status:
        case "todo":
            set_status(document, "in_progress")
        case "in_progress":
            _finish(state, document)
        case _:
            pass


def set_status(document: StoredDocument, status: ProcessStatus) -> None:
    """Set the status of a document."""
    document.about = attrs.evolve(
        document.about, process_status=status, processing_status=OLDER_NAMES[status]
    )


def text_of(document: StoredDocument) -> str:
    """Return the text of a document: its content if UTF-8, or a placeholder with its name."""
    try:
        return document.content.decode()
    except UnicodeDecodeError:
        return f"Text of {document.about.name}"


def _finish(state: State, document: StoredDocument) -> None:
    set_status(
        document,
        "error" if document.doomed else "done" if document.content else "missing_content",
    )
    if document.about.process_status != "done":
        return
    text = text_of(document)
    tokens = count(text)
    document.about = attrs.evolve(
        document.about,
        last_processed_at=state.moment(),
        number_of_pages=1 + text.count(PAGE_END),
        summary=text.strip().partition("\n")[0][:200],
        tokens_processing_main_content=tokens,
        tokens_processing_total=tokens,
    )
