"""Ingestion pipelines, and deployments of search indexes with their metrics."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Literal, TypeAlias, final

import attrs

from mistral_core import UNSET, Schema, Unknown, Unset

DeploymentStatus: TypeAlias = Literal["online", "offline"] | str
"""Whether a deployment serves searches. Other values are accepted."""


@final
@attrs.frozen(kw_only=True)
class GetDeploymentSummariesResponseVespaIndex(Schema):
    """An index of a Vespa deployment.

    Attributes:
        id: ID of the index.
        name: Name of the index.
        document_count: Number of documents.
    """

    id: str
    name: str | None = None
    document_count: int | None = None


@final
@attrs.frozen(kw_only=True)
class GetDeploymentSummariesResponseVespaDeployment(Schema):
    """The indexes of a Vespa deployment.

    Attributes:
        type: `"vespa"`.
        indexes: The indexes.
    """

    type: Literal["vespa"] = "vespa"
    indexes: list[GetDeploymentSummariesResponseVespaIndex | Unknown] = attrs.field(
        factory=list[GetDeploymentSummariesResponseVespaIndex | Unknown]
    )


@final
@attrs.frozen(kw_only=True)
class GetDeploymentSummariesResponseDeployment(Schema):
    """A registered deployment.

    Attributes:
        id: ID of the deployment.
        name: Name of the deployment.
        creator_id: ID of the creator.
        document_count: Number of documents.
        status: Whether it serves searches.
        created_at: When it was created.
        modified_at: When it was last modified.
        deployment: Its indexes.
    """

    id: str
    name: str | None = None
    creator_id: str | None = None
    document_count: int | None = None
    status: DeploymentStatus | None = None
    created_at: datetime | None = None
    modified_at: datetime | None = None
    deployment: GetDeploymentSummariesResponseVespaDeployment = attrs.field(
        factory=GetDeploymentSummariesResponseVespaDeployment
    )


@final
@attrs.frozen(kw_only=True)
class GetDeploymentSummariesResponse(Schema):
    """All registered deployments.

    Attributes:
        deployments: The deployments.
    """

    deployments: list[GetDeploymentSummariesResponseDeployment | Unknown] = attrs.field(
        factory=list[GetDeploymentSummariesResponseDeployment | Unknown]
    )


@final
@attrs.frozen(kw_only=True)
class IngestionPipelineConfiguration(Schema):
    """A registered ingestion pipeline.

    Attributes:
        id: ID of the pipeline.
        author_id: ID of the author.
        name: Name of the pipeline.
        created_at: When it was created.
        modified_at: When it was last modified.
        last_run_time: Time of the last run. `None` before the first.
        last_run_chunks_count: Number of chunks of the last run.
        total_chunks_count: Number of chunks of all runs.
        pipeline_composition: Components of the pipeline, by their role.
    """

    id: str
    author_id: str | None = None
    name: str | None = None
    created_at: datetime | None = None
    modified_at: datetime | None = None
    last_run_time: datetime | None = None
    last_run_chunks_count: int | None = None
    total_chunks_count: int | None = None
    pipeline_composition: dict[str, str] | None = attrs.field(factory=dict[str, str])


@final
@attrs.frozen(kw_only=True)
class IngestionPipelineTargetIndexRef(Schema):
    """An index that a pipeline writes to.

    Attributes:
        type: `"vespa"`.
        name: Name of the index.
    """

    type: Literal["vespa"] = "vespa"
    name: str


@final
@attrs.frozen(kw_only=True)
class RegisterDeploymentRequestVespaField(Schema):
    """A field of a Vespa index.

    Attributes:
        type: Type of the values.
        name: Name of the field.
        storage: Where the field is stored.
        ranking: What the field contributes to the ranking.
        index_type: How the field is indexed. `None` if it is not.
        multidimensional: Whether the field has several values.
    """

    type: Literal["int", "bool", "string", "embedding", "long", "float"] | str
    name: str
    storage: Literal["in_memory", "on_disk"] | str
    ranking: (
        Literal["count", "embedding", "timestamp", "text", "string", "bool", "int", "language"]
        | str
    )
    index_type: Literal["ann", "bm25", "attribute"] | str | None
    multidimensional: bool


@final
@attrs.frozen(kw_only=True)
class RegisterDeploymentRequestVespaIndex(Schema):
    """An index of a Vespa deployment.

    Attributes:
        name: Name of the index.
        fields: Fields of the index.
        sd: Name of the Vespa schema.
        embedding_dimensions: Number of dimensions of the vectors.
    """

    name: str
    fields: Sequence[RegisterDeploymentRequestVespaField | Mapping[str, Any]]
    sd: str
    embedding_dimensions: int | None | Unset = UNSET


@final
@attrs.frozen(kw_only=True)
class RegisterDeploymentRequestVespaDeployment(Schema):
    """A Vespa deployment to register.

    Attributes:
        type: `"vespa"`.
        vespa_version: Version of Vespa.
        indexes: The indexes.
        query_url: URL for queries.
    """

    type: Literal["vespa"] = "vespa"
    vespa_version: str
    indexes: Sequence[RegisterDeploymentRequestVespaIndex | Mapping[str, Any]]
    query_url: str


@final
@attrs.frozen(kw_only=True)
class RegisterSearchIndexResponseIndex(Schema):
    """The registered deployment.

    Attributes:
        id: ID of the deployment.
    """

    id: str


@final
@attrs.frozen(kw_only=True)
class UpdateMetricsRequestDeploymentMetricsOffline(Schema):
    """The metrics of a deployment that is offline.

    Attributes:
        status: `"offline"`.
        clear_metrics: Whether to clear the metrics. Defaults to false.
    """

    status: Literal["offline"] = "offline"
    clear_metrics: bool | None = None


@final
@attrs.frozen(kw_only=True)
class UpdateMetricsRequestIndexMetrics(Schema):
    """The metrics of an index.

    Attributes:
        name: Name of the index.
        document_count: Number of documents in the index.
    """

    name: str
    document_count: int


@final
@attrs.frozen(kw_only=True)
class UpdateMetricsRequestDeploymentMetricsOnline(Schema):
    """The metrics of a deployment that is online.

    Attributes:
        document_count: Number of documents in all indexes.
        index_metrics: Metrics of each index.
        status: `"online"`.
    """

    document_count: int
    index_metrics: Sequence[UpdateMetricsRequestIndexMetrics | Mapping[str, Any]]
    status: Literal["online"] = "online"
