"""Waiting for documents by polling, until they are processed."""

from collections.abc import AsyncIterator, Collection

from mistral_core import Failure, MistralCore, RequestOptions, Result
from mistral_funcs.beta.libraries.documents.get import beta_libraries_documents_get
from mistral_funcs.schemas.beta.libraries import Document
from mistral_funcs.toolkit.waiting import Watch, last_state

__all__ = ["beta_libraries_documents_wait", "beta_libraries_documents_watch"]

PROCESSED = frozenset({"done", "error", "missing_content", "noop", "self_managed"})
"""Final statuses of a document."""


async def beta_libraries_documents_wait(
    client: MistralCore,
    library_id: str,
    document_id: str,
    *,
    interval: float = 5.0,
    deadline: float | None = None,
    until: Collection[str] = (),
    options: RequestOptions | None = None,
) -> Result[Document, Failure]:
    """Wait until a document is processed.

    The IDs are all that is needed, so another process can resume the wait. Transient errors, such
    as an overloaded or unreachable server, do not end it. Cancelling the wait does not affect the
    document.

    Args:
        client: The client to use.
        library_id: ID of the library.
        document_id: ID of the document.
        interval: Seconds between two requests for the document.
        deadline: Maximum seconds to wait. Defaults to no limit.
        until: Additional statuses to stop at, such as `"in_progress"`.
        options: Overrides for each request: headers, timeout, retries, server URL.

    Returns:
        The final state of the document, whose processing may have failed: check its
        `process_status`. A `RequestTimeoutError` if the deadline passes first; the processing
        continues.
    """
    watch = beta_libraries_documents_watch(
        client,
        library_id,
        document_id,
        interval=interval,
        deadline=deadline,
        until=until,
        options=options,
    )
    return await last_state(watch)


def beta_libraries_documents_watch(
    client: MistralCore,
    library_id: str,
    document_id: str,
    *,
    interval: float = 5.0,
    deadline: float | None = None,
    until: Collection[str] = (),
    options: RequestOptions | None = None,
) -> AsyncIterator[Result[Document, Failure]]:
    """Watch a document until it is processed.

    Args:
        client: The client to use.
        library_id: ID of the library.
        document_id: ID of the document.
        interval: Seconds between two requests for the document.
        deadline: Maximum seconds to watch. Defaults to no limit.
        until: Additional statuses to stop at, such as `"in_progress"`.
        options: Overrides for each request: headers, timeout, retries, server URL.

    Returns:
        An iterator over the states of the document. The last item is the final state, or an `Err`.
        Cancelling `anext`, as `asyncio.wait_for` does, is safe: the next call resumes the wait.
    """
    return Watch(
        lambda: beta_libraries_documents_get(client, library_id, document_id, options=options),
        f"Document {document_id}",
        interval,
        deadline,
        PROCESSED.union(until),
        field="process_status",
    )
