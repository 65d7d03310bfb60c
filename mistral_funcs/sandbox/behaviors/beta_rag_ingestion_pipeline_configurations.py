"""Ingestion pipelines, registered by name, with the chunk counts of their runs."""

from collections.abc import Mapping
from datetime import datetime

import attrs

from mistral_core import Unknown
from mistral_funcs.beta.rag.ingestion_pipeline_configurations.list import (
    beta_rag_ingestion_pipeline_configurations_list,
)
from mistral_funcs.beta.rag.ingestion_pipeline_configurations.register import (
    beta_rag_ingestion_pipeline_configurations_register,
)
from mistral_funcs.beta.rag.ingestion_pipeline_configurations.update_run_info import (
    beta_rag_ingestion_pipeline_configurations_update_run_info,
)
from mistral_funcs.sandbox.behaviors.beta_libraries import OWNER
from mistral_funcs.sandbox.error_responses import refuse
from mistral_funcs.sandbox.registry import responds_to
from mistral_funcs.sandbox.state import State, keep
from mistral_funcs.schemas.beta.rag import IngestionPipelineConfiguration


@responds_to(beta_rag_ingestion_pipeline_configurations_list)
def list_pipelines(state: State) -> list[IngestionPipelineConfiguration | Unknown]:
    """List the pipelines, newest first."""
    return [*reversed(state.pipelines.values())]


@responds_to(beta_rag_ingestion_pipeline_configurations_register)
def register_pipeline(
    state: State, name: str, pipeline_composition: Mapping[str, str] | None = None
) -> IngestionPipelineConfiguration:
    """Register a pipeline, or update the one with the same name."""
    now = state.moment()
    new = IngestionPipelineConfiguration(
        id=state.new_id(),
        name=name,
        author_id=OWNER,
        created_at=now,
        last_run_chunks_count=0,
        total_chunks_count=0,
    )
    former = next((each for each in state.pipelines.values() if each.name == name), new)
    composition = None if pipeline_composition is None else dict(pipeline_composition)
    pipeline = attrs.evolve(former, pipeline_composition=composition, modified_at=now)
    keep(state.pipelines, pipeline.id, pipeline)
    return pipeline


@responds_to(beta_rag_ingestion_pipeline_configurations_update_run_info)
def report_run(
    state: State, id: str, execution_time: datetime, chunks_count: int
) -> IngestionPipelineConfiguration:
    """Add a run to a pipeline."""
    if id not in state.pipelines:
        refuse(404, f"No pipeline matches {id!r}.", "not_found")
    pipeline = state.pipelines[id]
    state.pipelines[id] = attrs.evolve(
        pipeline,
        last_run_time=execution_time,
        last_run_chunks_count=chunks_count,
        total_chunks_count=(pipeline.total_chunks_count or 0) + chunks_count,
        modified_at=state.moment(),
    )
    return state.pipelines[id]
