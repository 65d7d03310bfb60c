"""POST /v1/observability/datasets/{dataset_id}/imports/from-spans."""

from collections.abc import Mapping, Sequence
from typing import Any

from mistral_core import JSON, Failure, MistralCore, RequestOptions, Result, operation
from mistral_funcs.schemas.beta.observability.dataset_imports import (
    DatasetImportTask,
    SpanDatasetMappingContract,
    TelemetrySpanReference,
)


@operation(
    "POST",
    "/v1/observability/datasets/{dataset_id}/imports/from-spans",
    returns=JSON(DatasetImportTask),
)
async def beta_observability_datasets_import_from_spans(
    client: MistralCore,
    dataset_id: str,
    *,
    span_references: Sequence[TelemetrySpanReference | Mapping[str, Any]],
    mapping_contract: SpanDatasetMappingContract | Mapping[str, Any],
    options: RequestOptions | None = None,
) -> Result[DatasetImportTask, Failure]:
    """Import spans as records.

    Args:
        client: The client that sends the request.
        dataset_id: ID or slug of the dataset.
        span_references: Spans to import. Those that are not available are skipped.
        mapping_contract: Mapping of spans to records.
        options: Per-call overrides: headers, timeout, retries, server URL.

    Returns:
        The running import.
    """
    ...
