"""Datasets."""

from datetime import datetime
from typing import final

import attrs

from mistral_core import Schema, Unknown


@attrs.frozen(kw_only=True)
class _Dataset(Schema):
    """Base class for datasets.

    Attributes:
        id: ID of the dataset.
        created_at: When it was created.
        updated_at: When it was last updated.
        deleted_at: When it was deleted. `None` if it was not.
        name: Name of the dataset.
        description: Description of the dataset.
        slug: URL-friendly name.
        owner_id: ID of the owner.
        workspace_id: ID of the workspace.
    """

    id: str
    created_at: datetime | None = None
    updated_at: datetime | None = None
    deleted_at: datetime | None = None
    name: str | None = None
    description: str | None = None
    slug: str | None = None
    owner_id: str | None = None
    workspace_id: str | None = None


@final
@attrs.frozen(kw_only=True)
class Dataset(_Dataset):
    """A new dataset."""


@final
@attrs.frozen(kw_only=True)
class DatasetPreview(_Dataset):
    """A dataset."""


@final
@attrs.frozen(kw_only=True)
class PaginatedResultDatasetPreview(Schema):
    """A page of datasets, nested in the response.

    Attributes:
        count: Number of items on all pages.
        results: Items on this page.
        next: Link to the next page. `None` on the last page.
        previous: Link to the previous page. `None` on the first page.
    """

    count: int | None = None
    results: list[DatasetPreview | Unknown] | None = None
    next: str | None = None
    previous: str | None = None


@final
@attrs.frozen(kw_only=True)
class ListDatasetsResponse(Schema):
    """A page of datasets.

    Attributes:
        datasets: The page.
    """

    datasets: PaginatedResultDatasetPreview = attrs.field(factory=PaginatedResultDatasetPreview)

    @property
    def data(self) -> list[DatasetPreview | Unknown]:
        """The datasets of this page."""
        return self.datasets.results or []

    @property
    def total(self) -> int | None:
        """The number of datasets on all pages."""
        return self.datasets.count


@final
@attrs.frozen(kw_only=True)
class ExportDatasetResponse(Schema):
    """The export of a dataset.

    Attributes:
        file_url: URL to download the file with the records, in JSON Lines format.
    """

    file_url: str
