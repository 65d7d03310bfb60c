"""The library that a folder is uploaded to, and its documents of uploads without a response."""

from collections.abc import Iterable
from datetime import datetime
from typing import cast, final
from unicodedata import normalize

import attrs

from mistral_core import Err, Failure, File, MistralCore, RequestOptions, Result
from mistral_funcs.beta.libraries.documents.delete import beta_libraries_documents_delete
from mistral_funcs.beta.libraries.documents.list import beta_libraries_documents_list
from mistral_funcs.beta.libraries.documents.upload import beta_libraries_documents_upload
from mistral_funcs.schemas.beta.libraries import Document
from mistral_funcs.toolkit.libraries.journal import VERSION, Entry, Header, Journal
from mistral_funcs.toolkit.pagination import paginate


@final
@attrs.frozen
class TargetLibrary:
    """The library that a folder is uploaded to.

    Attributes:
        client: The client to use.
        library_id: ID of the library.
        options: Overrides for each request.
    """

    client: MistralCore
    library_id: str
    options: RequestOptions | None

    async def upload(self, file: File) -> Result[Document, Failure]:
        """Upload a file."""
        return await beta_libraries_documents_upload(
            self.client, self.library_id, file=file, options=self.options
        )

    async def delete(self, document: Document) -> Result[None, Failure]:
        """Delete a document."""
        return await beta_libraries_documents_delete(
            self.client, self.library_id, document.id, options=self.options
        )

    async def header(self) -> Header:
        """Return the first line of a journal: older documents are not of its upload.

        Raises:
            MistralError: The library cannot be listed.
        """
        page = await beta_libraries_documents_list(
            self.client,
            self.library_id,
            page_size=1,
            sort_by="created_at",
            sort_order="desc",
            options=self.options,
        )
        if isinstance(page, Err):
            raise page.error
        newest = next((each for each in page.value.data if isinstance(each, Document)), None)
        return Header(
            version=VERSION,
            library_id=self.library_id,
            newest=newest and newest.id,
            newest_at=newest and newest.created_at,
        )

    async def resolve(self, journal: Journal, entries: Iterable[Entry]) -> None:
        """Record which uploads without a response have arrived.

        Raises:
            MistralError: The library cannot be listed.
        """
        lost = [each for each in entries if each.state == "sending"]
        documents = await self._new_documents(journal) if lost else []
        for entry in lost:
            document = next((each for each in documents if _may_be_of(each, entry)), None)
            if document is None:
                await journal.record(attrs.evolve(entry, state="refused"))
            else:
                documents.remove(document)
                await journal.record(attrs.evolve(entry, state="sent", document=document))

    async def _new_documents(self, journal: Journal) -> list[Document]:
        """Return the documents that are newer than a journal and not in it.

        Raises:
            MistralError: The library cannot be listed.
        """
        header = cast("Header", journal.header)
        recorded = journal.document_ids | {header.newest}
        documents: list[Document] = []
        listed = paginate(
            beta_libraries_documents_list, self.client, self.library_id, options=self.options
        )
        async for item in listed:
            if isinstance(item, Err):
                raise item.error
            document = item.value
            if isinstance(document, Document) and document.id not in recorded:
                documents.append(document)
        return [each for each in documents if not _is_older(each, header.newest_at)]


def _is_older(document: Document, newest_at: datetime | None) -> bool:
    """Return whether a document was in the library before the upload began."""
    created_at = document.created_at
    return created_at is not None and newest_at is not None and created_at < newest_at


def _may_be_of(document: Document, entry: Entry) -> bool:
    """Return whether a document has the name and the size of a file."""
    name = normalize("NFC", document.name or "")
    return name == entry.name.rpartition("/")[2] and document.size in (None, entry.size)
