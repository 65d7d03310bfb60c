"""Imports of records into datasets."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Literal, TypeAlias, final

import attrs

from mistral_core import Schema, Unknown

DatasetTaskStatus: TypeAlias = (
    Literal[
        "RUNNING",
        "COMPLETED",
        "FAILED",
        "CANCELED",
        "TERMINATED",
        "CONTINUED_AS_NEW",
        "TIMED_OUT",
        "UNKNOWN",
    ]
    | str
)
"""Status of an import. Other values are accepted."""


@final
@attrs.frozen(kw_only=True)
class DatasetImportResult(Schema):
    """The record counts of an import.

    Attributes:
        requested_record_count: Number of requested records.
        imported_record_count: Number of imported records.
        skipped_record_count: Number of skipped records.
    """

    requested_record_count: int | None = None
    imported_record_count: int | None = None
    skipped_record_count: int | None = None


@final
@attrs.frozen(kw_only=True)
class DatasetImportTask(Schema):
    """An import of records.

    Attributes:
        id: ID of the import.
        created_at: When it was created.
        updated_at: When it was last updated.
        deleted_at: When it was deleted. `None` if it was not.
        creator_id: ID of the user who created it.
        dataset_id: ID of the dataset.
        workspace_id: ID of the workspace.
        status: Status of the import.
        progress: Progress of the import.
        message: Details of the status.
        result: Record counts, once the import is complete.
    """

    id: str
    created_at: datetime | None = None
    updated_at: datetime | None = None
    deleted_at: datetime | None = None
    creator_id: str | None = None
    dataset_id: str | None = None
    workspace_id: str | None = None
    status: DatasetTaskStatus | None = None
    progress: int | None = None
    message: str | None = None
    result: DatasetImportResult | None = None


@final
@attrs.frozen(kw_only=True)
class PaginatedResultDatasetImportTask(Schema):
    """A page of imports, nested in the response.

    Attributes:
        count: Number of items on all pages.
        results: Items on this page.
        next: Link to the next page. `None` on the last page.
        previous: Link to the previous page. `None` on the first page.
    """

    count: int | None = None
    results: list[DatasetImportTask | Unknown] | None = None
    next: str | None = None
    previous: str | None = None


@final
@attrs.frozen(kw_only=True)
class ListDatasetImportTasksResponse(Schema):
    """A page of imports.

    Attributes:
        tasks: The page.
    """

    tasks: PaginatedResultDatasetImportTask = attrs.field(factory=PaginatedResultDatasetImportTask)

    @property
    def data(self) -> list[DatasetImportTask | Unknown]:
        """The imports of this page."""
        return self.tasks.results or []

    @property
    def total(self) -> int | None:
        """The number of imports on all pages."""
        return self.tasks.count


@final
@attrs.frozen(kw_only=True)
class TelemetrySpanReference(Schema):
    """A reference to a span.

    Attributes:
        trace_id: ID of the trace.
        span_id: ID of the span.
    """

    trace_id: str
    span_id: str


@final
@attrs.frozen(kw_only=True)
class SpanDatasetSourceReference(Schema):
    """A reference to an attribute of a span.

    Attributes:
        namespace: Group of attributes that contains it.
        key: Name of the attribute. Dots are part of it.
    """

    namespace: Literal["span_attributes", "resource_attributes"] | str
    key: str


@final
@attrs.frozen(kw_only=True)
class SpanDatasetMapping(Schema):
    """A mapping of an attribute of a span to a field of a record.

    Attributes:
        target_field: Name of the field in the payload.
        source_field: The attribute.
    """

    target_field: str
    source_field: SpanDatasetSourceReference | Mapping[str, Any]


@final
@attrs.frozen(kw_only=True)
class SpanDatasetMappingContract(Schema):
    """The mapping of spans to records. A field whose attribute is missing is left out.

    Attributes:
        mappings: The mappings.
        version: Version of the contract, `1`.
    """

    mappings: Sequence[SpanDatasetMapping | Mapping[str, Any]]
    version: Literal[1] = 1
