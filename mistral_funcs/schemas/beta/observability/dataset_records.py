"""Records of datasets."""

from datetime import datetime
from typing import Any, Literal, TypeAlias, final

import attrs

from mistral_core import Schema, Unknown

DatasetRecordSource: TypeAlias = (
    Literal["EXPLORER", "UPLOADED_FILE", "DIRECT_INPUT", "PLAYGROUND", "TELEMETRY_SPAN"] | str
)
"""Origin of a record. Other values are accepted."""


@final
@attrs.frozen(kw_only=True)
class DatasetRecord(Schema):
    """A record of a dataset.

    Attributes:
        id: ID of the record.
        created_at: When it was created.
        updated_at: When it was last updated.
        deleted_at: When it was deleted. `None` if it was not.
        dataset_id: ID of the dataset.
        payload: Content of the record: any JSON object.
        properties: Properties of the record.
        source: Origin of the record.
    """

    id: str
    created_at: datetime | None = None
    updated_at: datetime | None = None
    deleted_at: datetime | None = None
    dataset_id: str | None = None
    payload: dict[str, Any] = attrs.field(factory=dict[str, Any])
    properties: dict[str, Any] = attrs.field(factory=dict[str, Any])
    source: DatasetRecordSource | None = None


@final
@attrs.frozen(kw_only=True)
class PaginatedResultDatasetRecord(Schema):
    """A page of records, nested in the response.

    Attributes:
        count: Number of items on all pages.
        results: Items on this page.
        next: Link to the next page. `None` on the last page.
        previous: Link to the previous page. `None` on the first page.
    """

    count: int | None = None
    results: list[DatasetRecord | Unknown] | None = None
    next: str | None = None
    previous: str | None = None


@final
@attrs.frozen(kw_only=True)
class ListDatasetRecordsResponse(Schema):
    """A page of records.

    Attributes:
        records: The page.
    """

    records: PaginatedResultDatasetRecord = attrs.field(factory=PaginatedResultDatasetRecord)

    @property
    def data(self) -> list[DatasetRecord | Unknown]:
        """The records of this page."""
        return self.records.results or []

    @property
    def total(self) -> int | None:
        """The number of records on all pages."""
        return self.records.count
