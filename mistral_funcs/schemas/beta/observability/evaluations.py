"""Projects and evaluations."""

from datetime import datetime
from typing import Any, final

import attrs

from mistral_core import Schema, Unknown


@final
@attrs.frozen(kw_only=True)
class ProjectEvaluationSummary(Schema):
    """An evaluation of a project.

    Attributes:
        id: ID of the evaluation.
        name: Name of the evaluation.
        slug: URL-friendly name.
    """

    id: str
    name: str | None = None
    slug: str | None = None


@final
@attrs.frozen(kw_only=True)
class Project(Schema):
    """A project of evaluations.

    Attributes:
        id: ID of the project.
        created_at: When it was created.
        updated_at: When it was last updated.
        deleted_at: When it was deleted. `None` if it was not.
        workspace_id: ID of the workspace.
        creator_id: ID of the user who created it.
        name: Name of the project.
        slug: URL-friendly name.
        description: Description of the project.
        is_favorite: Whether the caller marked it as a favorite.
        evaluations: Evaluations of the project.
    """

    id: str
    created_at: datetime | None = None
    updated_at: datetime | None = None
    deleted_at: datetime | None = None
    workspace_id: str | None = None
    creator_id: str | None = None
    name: str | None = None
    slug: str | None = None
    description: str | None = None
    is_favorite: bool = False
    evaluations: list[ProjectEvaluationSummary | Unknown] | None = None


@final
@attrs.frozen(kw_only=True)
class PaginatedResultProject(Schema):
    """A page of projects, nested in the response.

    Attributes:
        count: Number of items on all pages.
        results: Items on this page.
        next: Link to the next page. `None` on the last page.
        previous: Link to the previous page. `None` on the first page.
    """

    count: int | None = None
    results: list[Project | Unknown] | None = None
    next: str | None = None
    previous: str | None = None


@final
@attrs.frozen(kw_only=True)
class Projects(Schema):
    """A page of projects.

    Attributes:
        projects: The page.
    """

    projects: PaginatedResultProject = attrs.field(factory=PaginatedResultProject)

    @property
    def data(self) -> list[Project | Unknown]:
        """The projects of this page."""
        return self.projects.results or []

    @property
    def total(self) -> int | None:
        """The number of projects on all pages."""
        return self.projects.count


@final
@attrs.frozen(kw_only=True)
class EvaluationV2(Schema):
    """An evaluation.

    Attributes:
        id: ID of the evaluation.
        created_at: When it was created.
        updated_at: When it was last updated.
        deleted_at: When it was deleted. `None` if it was not.
        workspace_id: ID of the workspace.
        creator_id: ID of the user who created it.
        project_id: ID of the project.
        name: Name of the evaluation.
        slug: URL-friendly name.
        description: Description of the evaluation.
        tags: Tags.
        metadata: Metadata.
        is_favorite: Whether the caller marked it as a favorite.
    """

    id: str
    created_at: datetime | None = None
    updated_at: datetime | None = None
    deleted_at: datetime | None = None
    workspace_id: str | None = None
    creator_id: str | None = None
    project_id: str | None = None
    name: str | None = None
    slug: str | None = None
    description: str | None = None
    tags: list[str] = attrs.field(factory=list[str])
    metadata: dict[str, Any] = attrs.field(
        factory=dict[str, Any], metadata={"json_key": "metadata_"}
    )
    is_favorite: bool = False


@final
@attrs.frozen(kw_only=True)
class PaginatedResultEvaluationV2(Schema):
    """A page of evaluations, nested in the response.

    Attributes:
        count: Number of items on all pages.
        results: Items on this page.
        next: Link to the next page. `None` on the last page.
        previous: Link to the previous page. `None` on the first page.
    """

    count: int | None = None
    results: list[EvaluationV2 | Unknown] | None = None
    next: str | None = None
    previous: str | None = None


@final
@attrs.frozen(kw_only=True)
class EvaluationsV2(Schema):
    """A page of evaluations.

    Attributes:
        evaluations: The page.
    """

    evaluations: PaginatedResultEvaluationV2 = attrs.field(factory=PaginatedResultEvaluationV2)

    @property
    def data(self) -> list[EvaluationV2 | Unknown]:
        """The evaluations of this page."""
        return self.evaluations.results or []

    @property
    def total(self) -> int | None:
        """The number of evaluations on all pages."""
        return self.evaluations.count
