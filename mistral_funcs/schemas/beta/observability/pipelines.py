"""Pipelines, which judge, moderate, search and export telemetry."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Literal, TypeAlias, final

import attrs

from mistral_core import UNSET, Schema, Unknown, Unset


@final
@attrs.frozen(kw_only=True)
class ProbabilisticSampling(Schema):
    """A random sample.

    Attributes:
        type: `"probabilistic"`.
        percentage: Size of the sample in percent.
    """

    type: Literal["probabilistic"] = "probabilistic"
    percentage: float


@final
@attrs.frozen(kw_only=True)
class AttributeHashSampling(Schema):
    """A sample by attribute. Telemetry with the same value is kept or dropped together.

    Attributes:
        type: `"attribute_hash"`.
        attribute: Name of the attribute.
        percentage: Size of the sample in percent.
    """

    type: Literal["attribute_hash"] = "attribute_hash"
    attribute: str
    percentage: float


Sampling: TypeAlias = ProbabilisticSampling | AttributeHashSampling | Unknown
"""Choice of what a pipeline processes, discriminated by `type`."""


@final
@attrs.frozen(kw_only=True)
class PipelineConfigSelector(Schema):
    """The telemetry that a pipeline processes.

    Attributes:
        source_kind: Kind of telemetry.
        filter: Search expression. `None` matches everything.
    """

    source_kind: Literal["span", "log", "metric"] | str
    filter: str | None = None


@final
@attrs.frozen(kw_only=True)
class LlmJudgeReference(Schema):
    """A reference to a judge for a pipeline.

    Attributes:
        slug: Slug of the judge.
        mapping: Attribute names, keyed by the prompt variables that they fill.
        sampling: Sample to process. Defaults to everything.
    """

    slug: str
    mapping: Mapping[str, str] | None = None
    sampling: Sampling | Mapping[str, Any] | None | Unset = UNSET


@final
@attrs.frozen(kw_only=True)
class EvaluationBooleanResultSpec(Schema):
    """A result that is true or false.

    Attributes:
        type: `"boolean"`.
    """

    type: Literal["boolean"] = "boolean"


@final
@attrs.frozen(kw_only=True)
class EvaluationCategoricalResultSpec(Schema):
    """A result that is one of several labels.

    Attributes:
        type: `"categorical"`.
        labels: The labels.
    """

    type: Literal["categorical"] = "categorical"
    labels: list[str] = attrs.field(factory=list[str])


@final
@attrs.frozen(kw_only=True)
class EvaluationNumericResultSpec(Schema):
    """A result that is a number.

    Attributes:
        type: `"numeric"`.
        min: Lowest number.
        max: Highest number.
    """

    type: Literal["numeric"] = "numeric"
    min: float | None = None
    max: float | None = None


EvaluationResultSpec: TypeAlias = (
    EvaluationBooleanResultSpec
    | EvaluationCategoricalResultSpec
    | EvaluationNumericResultSpec
    | Unknown
)
"""Result of a judge in a pipeline, discriminated by `type`."""


@final
@attrs.frozen(kw_only=True)
class JudgeDefinitionV1(Schema):
    """A part of a pipeline that judges.

    Attributes:
        model: ID of the model.
        prompt: Prompt of the judge.
        result_spec: Result of the judge.
        temperature: Sampling temperature. Defaults to the model's own.
        top_p: Probability mass of the tokens to sample from, up to 1.
        max_tokens: Maximum number of tokens to generate.
        random_seed: Seed for sampling.
        mapping: Attribute names, keyed by the prompt variables that they fill.
        use_cache: Whether responses are cached.
    """

    model: str | None = None
    prompt: str
    result_spec: EvaluationResultSpec | None = None
    temperature: float | None = None
    top_p: float | None = None
    max_tokens: int | None = None
    random_seed: int | None = None
    mapping: dict[str, str] | None = None
    use_cache: bool = True


@final
@attrs.frozen(kw_only=True)
class ModerationDefinitionV1(Schema):
    """A part of a pipeline that moderates.

    Attributes:
        model: ID of the model.
        target_attributes: Names of the attributes to read.
    """

    model: str = "mistral-moderation-latest"
    target_attributes: list[str] | None = None


@final
@attrs.frozen(kw_only=True)
class DetectionPattern(Schema):
    """A pattern to search for.

    Attributes:
        name: Name of the pattern.
        regex: The pattern as a regular expression.
        category: Category of matches.
        confidence: Confidence of matches.
    """

    name: str | None = None
    regex: str | None = None
    category: str | None = None
    confidence: str | None = None


@final
@attrs.frozen(kw_only=True)
class DetectionDefinitionV1(Schema):
    """A part of a pipeline that searches for patterns.

    Attributes:
        target_attributes: Names of the attributes to read.
        patterns: The patterns.
    """

    target_attributes: list[str] = attrs.field(factory=list[str])
    patterns: list[DetectionPattern] = attrs.field(factory=list[DetectionPattern])


@final
@attrs.frozen(kw_only=True)
class PipelineConfigHeader(Schema):
    """A header.

    Attributes:
        value: Value of the header.
    """

    value: str | None = None


@final
@attrs.frozen(kw_only=True)
class OTLPDestination(Schema):
    """An endpoint that receives OpenTelemetry data.

    Attributes:
        protocol: Protocol of the endpoint.
        endpoint: URL of the endpoint.
        insecure: Whether the connection is not encrypted.
        headers: Headers by name.
    """

    protocol: str | None = None
    endpoint: str | None = None
    insecure: bool = False
    headers: dict[str, PipelineConfigHeader] | None = None


@final
@attrs.frozen(kw_only=True)
class ExportDefinitionV1(Schema):
    """A part of a pipeline that exports.

    Attributes:
        destination: Receiver of the telemetry.
    """

    destination: OTLPDestination = attrs.field(factory=OTLPDestination)


PipelineDefinition: TypeAlias = (
    ModerationDefinitionV1
    | JudgeDefinitionV1
    | DetectionDefinitionV1
    | ExportDefinitionV1
    | Unknown
)
"""Definition of a part of a pipeline. The class with the most matching fields is chosen."""


@final
@attrs.frozen(kw_only=True)
class PipelineConfig(Schema):
    """A part of a pipeline.

    Attributes:
        id: ID of the part.
        created_at: When it was created.
        updated_at: When it was last updated.
        deleted_at: When it was deleted. `None` if it was not.
        scope: Who can use it.
        workspace_id: ID of the workspace.
        name: Name of the part.
        slug: URL-friendly name.
        pipeline_kind: Kind of pipeline part.
        selectors: Telemetry to process.
        enabled: Whether it is enabled.
        definition: What the part does.
        sampling: Sample to process. Defaults to everything.
        scorer_slug: Slug of the judge.
        scorer_version: Version of the judge.
    """

    id: str
    created_at: datetime | None = None
    updated_at: datetime | None = None
    deleted_at: datetime | None = None
    scope: Literal["workspace", "shared"] | str | None = None
    workspace_id: str | None = None
    name: str | None = None
    slug: str | None = None
    pipeline_kind: (
        Literal["detection-v1", "moderation-v1", "judge-v1", "export-v1"] | str | None
    ) = None
    selectors: list[PipelineConfigSelector | Unknown] = attrs.field(
        factory=list[PipelineConfigSelector | Unknown]
    )
    enabled: bool | None = None
    definition: PipelineDefinition | None = None
    sampling: Sampling | None = None
    scorer_slug: str | None = None
    scorer_version: int | None = None


@final
@attrs.frozen(kw_only=True)
class Pipeline(Schema):
    """A pipeline.

    Attributes:
        id: ID of the pipeline.
        created_at: When it was created.
        updated_at: When it was last updated.
        workspace_id: ID of the workspace.
        name: Name of the pipeline.
        slug: URL-friendly name.
        description: Description of the pipeline.
        selectors: Telemetry to process.
        enabled: Whether it is enabled.
        creator_id: ID of the user who created it.
        pipeline_configs: Parts of the pipeline.
    """

    id: str
    created_at: datetime | None = None
    updated_at: datetime | None = None
    workspace_id: str | None = None
    name: str | None = None
    slug: str | None = None
    description: str | None = None
    selectors: list[PipelineConfigSelector | Unknown] = attrs.field(
        factory=list[PipelineConfigSelector | Unknown]
    )
    enabled: bool | None = None
    creator_id: str | None = None
    pipeline_configs: list[PipelineConfig | Unknown] = attrs.field(
        factory=list[PipelineConfig | Unknown]
    )


@final
@attrs.frozen(kw_only=True)
class PaginatedResultPipeline(Schema):
    """A page of pipelines, nested in the response.

    Attributes:
        count: Number of items on all pages.
        results: Items on this page.
        next: Link to the next page. `None` on the last page.
        previous: Link to the previous page. `None` on the first page.
    """

    count: int | None = None
    results: list[Pipeline | Unknown] | None = None
    next: str | None = None
    previous: str | None = None


@final
@attrs.frozen(kw_only=True)
class PipelinesResponse(Schema):
    """A page of pipelines.

    Attributes:
        pipelines: The page.
    """

    pipelines: PaginatedResultPipeline = attrs.field(factory=PaginatedResultPipeline)

    @property
    def data(self) -> list[Pipeline | Unknown]:
        """The pipelines of this page."""
        return self.pipelines.results or []

    @property
    def total(self) -> int | None:
        """The number of pipelines on all pages."""
        return self.pipelines.count
