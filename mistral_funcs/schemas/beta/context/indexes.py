"""Search indexes, ingested documents and summaries."""

from datetime import datetime
from typing import Literal, TypeAlias, final

import attrs

from mistral_core import Schema, Unknown
from mistral_funcs.schemas.beta.context.fields import ManagedIndexFields

ManagedIndexStatus: TypeAlias = Literal["provisioning", "ready", "failed", "deleting"] | str
"""Whether an index can be used. Other values are accepted."""


VectorDistanceMetric: TypeAlias = Literal["cosine", "inner_product", "l2"] | str
"""How the distance between two vectors is measured. Other values are accepted."""


VectorDtype: TypeAlias = Literal["float16", "float32"] | str
"""How the numbers of a vector are stored. Other values are accepted."""


@final
@attrs.frozen(kw_only=True)
class MistralEmbeddingModel(Schema):
    """A Mistral model that computes the vectors of an index.

    Attributes:
        type: `"mistral"`.
        name: Name of the model.
        dimensions: Number of dimensions of a vector.
        dtype: How the numbers of a vector are stored.
        distance_metric: How the distance between two vectors is measured.
    """

    type: Literal["mistral"] = "mistral"
    name: str
    dimensions: int
    dtype: VectorDtype | None = None
    distance_metric: VectorDistanceMetric | None = None


@final
@attrs.frozen(kw_only=True)
class CustomEmbeddingModel(Schema):
    """A model of your own that computes the vectors of an index.

    Attributes:
        type: `"custom"`.
        name: Name of the model.
        dimensions: Number of dimensions of a vector.
        dtype: How the numbers of a vector are stored.
        distance_metric: How the distance between two vectors is measured.
    """

    type: Literal["custom"] = "custom"
    name: str
    dimensions: int
    dtype: VectorDtype | None = None
    distance_metric: VectorDistanceMetric | None = None


@final
@attrs.frozen(kw_only=True)
class ManagedIndexConfig(Schema):
    """The configuration of an index.

    Attributes:
        embedding: The model that computes the vectors.
    """

    embedding: CustomEmbeddingModel | MistralEmbeddingModel | Unknown


@final
@attrs.frozen(kw_only=True)
class ManagedIndexResponse(Schema):
    """A search index.

    Attributes:
        id: ID of the index.
        name: Name of the index.
        creator_id: ID of the creator.
        status: Whether the index can be used. `"provisioning"` becomes `"ready"` or `"failed"`.
        schema: Fields of the index.
        config: Configuration of the index.
        status_message: Details of the status.
        created_at: When it was created.
        modified_at: When it was last modified.
    """

    id: str
    name: str | None = None
    creator_id: str | None = None
    status: ManagedIndexStatus | None = None
    schema: ManagedIndexFields = attrs.field(factory=ManagedIndexFields)
    config: ManagedIndexConfig | None = None
    status_message: str | None = None
    created_at: datetime | None = None
    modified_at: datetime | None = None


@final
@attrs.frozen(kw_only=True)
class ListManagedIndexesResponse(Schema):
    """A page of indexes.

    Attributes:
        data: Indexes on this page.
        next_page_token: Token of the next page. `None` on the last page.
    """

    data: list[ManagedIndexResponse | Unknown] = attrs.field(
        factory=list[ManagedIndexResponse | Unknown]
    )
    next_page_token: str | None = None


@final
@attrs.frozen(kw_only=True)
class DeleteManagedIndexResponse(Schema):
    """An index that is being deleted.

    Attributes:
        id: ID of the index.
        name: Name of the index.
        status: `"deleting"`. Requests for the index return a 404 once it is deleted.
    """

    id: str
    name: str | None = None
    status: ManagedIndexStatus | None = None


@final
@attrs.frozen(kw_only=True)
class AcceptedDocumentResponse(Schema):
    """A document that the index accepted.

    Attributes:
        position: Index of the document in the request.
        document_id: ID of the document.
        chunk_count: Number of chunks of the document.
        status: `"accepted"`.
    """

    position: int | None = None
    document_id: str | None = None
    chunk_count: int | None = None
    status: Literal["accepted"] = "accepted"


@final
@attrs.frozen(kw_only=True)
class DocumentFieldErrorResponse(Schema):
    """An invalid field of a document.

    Attributes:
        location: Path of the field.
        type: Kind of error.
        message: What is wrong.
    """

    location: list[str | int] = attrs.field(factory=list[str | int])
    type: str | None = None
    message: str | None = None


@final
@attrs.frozen(kw_only=True)
class RejectedDocumentResponse(Schema):
    """A document that the index rejected.

    Attributes:
        position: Index of the document in the request.
        errors: The invalid fields.
        status: `"rejected"`.
    """

    position: int | None = None
    errors: list[DocumentFieldErrorResponse] = attrs.field(factory=list[DocumentFieldErrorResponse])
    status: Literal["rejected"] = "rejected"


@final
@attrs.frozen(kw_only=True)
class IngestDocumentsResponse(Schema):
    """The outcome of each document.

    Attributes:
        accepted: Number of accepted documents.
        rejected: Number of rejected documents.
        results: The outcome of each document. Outcomes that cannot be parsed are `Unknown`.
    """

    accepted: int | None = None
    rejected: int | None = None
    results: list[AcceptedDocumentResponse | RejectedDocumentResponse | Unknown] = attrs.field(
        factory=list[AcceptedDocumentResponse | RejectedDocumentResponse | Unknown]
    )


@final
@attrs.frozen(kw_only=True)
class DeleteDocumentsResponse(Schema):
    """The IDs of deleted and of missing documents.

    Attributes:
        deleted_document_ids: IDs of the deleted documents.
        missing: IDs that the index does not have.
    """

    deleted_document_ids: list[str] = attrs.field(factory=list[str])
    missing: list[str] = attrs.field(factory=list[str])


SummaryLanguage: TypeAlias = Literal["ar", "de", "en", "es", "fr", "it", "nl", "pl", "pt_br"] | str
"""Language of a summary. Other values are accepted."""


SummaryStatus: TypeAlias = Literal["generated", "generated_confirmed", "handwritten"] | str
"""How a summary was written. Other values are accepted."""


@final
@attrs.frozen(kw_only=True)
class GetSummaryResponseSummary(Schema):
    """The summary of an index.

    Attributes:
        content: The summary.
        status: How the summary was written.
        translated: Whether it is a translation.
    """

    content: str | None = None
    status: SummaryStatus | None = None
    translated: bool | None = None


@final
@attrs.frozen(kw_only=True)
class SummaryMetadata(Schema):
    """The first event of a generated summary.

    Attributes:
        status: How the summary is written.
        translated: Whether it is a translation.
    """

    status: SummaryStatus | None = None
    translated: bool | None = None


@final
@attrs.frozen(kw_only=True)
class SummaryChunk(Schema):
    """A part of the text of a generated summary.

    Attributes:
        content: The text to append.
    """

    content: str | None = None


@final
@attrs.frozen(kw_only=True)
class SummaryError(Schema):
    """A failure that ends the generation of a summary.

    Attributes:
        error: What went wrong.
    """

    error: str | None = None
