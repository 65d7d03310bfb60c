"""Judges and their output."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Literal, TypeAlias, final

import attrs

from mistral_core import Schema, Unknown


@final
@attrs.frozen(kw_only=True)
class JudgeClassificationOutputOption(Schema):
    """A class that a judge can choose.

    Attributes:
        value: Name of the class.
        description: Meaning of the class, for the judge.
    """

    value: str
    description: str


@final
@attrs.frozen(kw_only=True)
class JudgeClassificationOutput(Schema):
    """Output of a judge that chooses a class.

    Attributes:
        type: `"CLASSIFICATION"`.
        options: The classes.
    """

    type: Literal["CLASSIFICATION"] = "CLASSIFICATION"
    options: list[JudgeClassificationOutputOption | Unknown]


@final
@attrs.frozen(kw_only=True)
class JudgeRegressionOutput(Schema):
    """Output of a judge that gives a score.

    Attributes:
        type: `"REGRESSION"`.
        min_description: Meaning of the lowest score, for the judge.
        max_description: Meaning of the highest score, for the judge.
        min: Lowest score. Defaults to 0.
        max: Highest score. Defaults to 1.
    """

    type: Literal["REGRESSION"] = "REGRESSION"
    min_description: str
    max_description: str
    min: float | None = None
    max: float | None = None


JudgeOutputSpec: TypeAlias = JudgeClassificationOutput | JudgeRegressionOutput | Unknown
"""Output of a judge, discriminated by `type`."""


@final
@attrs.frozen(kw_only=True)
class CreateJudgeRequest(Schema):
    """A judge definition that is not stored.

    Attributes:
        name: Name of the judge, at most 50 characters.
        description: Description of the judge, at most 500 characters.
        model_name: ID of the model, at most 500 characters.
        output: Output of the judge.
        instructions: Instructions for the judge, at most 10,000 characters.
        tools: Names of the tools that the judge may use.
    """

    name: str
    description: str
    model_name: str
    output: JudgeOutputSpec | Mapping[str, Any]
    instructions: str
    tools: Sequence[str]


@final
@attrs.frozen(kw_only=True)
class Judge(Schema):
    """A judge.

    Attributes:
        id: ID of the judge.
        created_at: When it was created.
        updated_at: When it was last updated.
        deleted_at: When it was deleted. `None` if it was not.
        owner_id: ID of the owner.
        workspace_id: ID of the workspace.
        name: Name of the judge.
        description: Description of the judge.
        model_name: ID of the model.
        output: Output of the judge.
        instructions: Instructions for the judge.
        tools: Names of the tools that the judge may use.
        up_revision: ID of the next revision.
        down_revision: ID of the previous revision.
        base_revision: ID of the base revision.
    """

    id: str
    created_at: datetime | None = None
    updated_at: datetime | None = None
    deleted_at: datetime | None = None
    owner_id: str | None = None
    workspace_id: str | None = None
    name: str | None = None
    description: str | None = None
    model_name: str | None = None
    output: JudgeOutputSpec | None = None
    instructions: str | None = None
    tools: list[str] = attrs.field(factory=list[str])
    up_revision: str | None = None
    down_revision: str | None = None
    base_revision: str | None = None


@final
@attrs.frozen(kw_only=True)
class JudgeOutput(Schema):
    """A judgment.

    Attributes:
        analysis: Reasoning of the judge.
        answer: The class or the score.
    """

    analysis: str | None = None
    answer: str | float


@final
@attrs.frozen(kw_only=True)
class PaginatedResultJudgePreview(Schema):
    """A page of judges, nested in the response.

    Attributes:
        count: Number of items on all pages.
        results: Items on this page.
        next: Link to the next page. `None` on the last page.
        previous: Link to the previous page. `None` on the first page.
    """

    count: int | None = None
    results: list[Judge | Unknown] | None = None
    next: str | None = None
    previous: str | None = None


@final
@attrs.frozen(kw_only=True)
class ListJudgesResponse(Schema):
    """A page of judges.

    Attributes:
        judges: The page.
    """

    judges: PaginatedResultJudgePreview = attrs.field(factory=PaginatedResultJudgePreview)

    @property
    def data(self) -> list[Judge | Unknown]:
        """The judges of this page."""
        return self.judges.results or []

    @property
    def total(self) -> int | None:
        """The number of judges on all pages."""
        return self.judges.count
