"""Deployments and ingestion pipelines of the sandbox, registered by name."""

from datetime import UTC, datetime
from typing import Any

import pytest

from mistral_core import MistralCore, Unknown
from mistral_funcs import (
    beta_rag_ingestion_pipeline_configurations_list,
    beta_rag_ingestion_pipeline_configurations_register,
    beta_rag_ingestion_pipeline_configurations_update_run_info,
    beta_rag_search_indexes_get_deployment_summaries,
    beta_rag_search_indexes_register_deployment,
    beta_rag_search_indexes_unregister_deployment,
    beta_rag_search_indexes_update_index_metrics,
)
from mistral_funcs.sandbox import Sandbox
from mistral_funcs.schemas import (
    GetDeploymentSummariesResponseDeployment,
    RegisterDeploymentRequestVespaDeployment,
    RegisterDeploymentRequestVespaIndex,
    UpdateMetricsRequestDeploymentMetricsOffline,
    UpdateMetricsRequestDeploymentMetricsOnline,
    UpdateMetricsRequestIndexMetrics,
)

NOON = datetime(2026, 1, 1, 12, tzinfo=UTC)


@pytest.fixture
def client() -> MistralCore:
    """Return a client of a sandbox."""
    return MistralCore(transport=Sandbox())


async def test_a_pipeline_is_registered_once_under_a_name(client: MistralCore) -> None:
    """Another registration updates it. Runs are added up."""
    register = beta_rag_ingestion_pipeline_configurations_register
    first = (await register(client, name="p")).unwrap()
    again = (await register(client, name="p", pipeline_composition={"chunker": "c"})).unwrap()
    other = (await register(client, name="q")).unwrap()
    assert (again.id, again.pipeline_composition) == (first.id, {"chunker": "c"})
    for count in (2, 3):
        report = beta_rag_ingestion_pipeline_configurations_update_run_info
        run = await report(client, first.id, execution_time=NOON, chunks_count=count)
    assert (run.unwrap().last_run_chunks_count, run.unwrap().total_chunks_count) == (3, 5)
    assert run.unwrap().last_run_time == NOON
    pipelines = (await beta_rag_ingestion_pipeline_configurations_list(client)).unwrap()
    assert pipelines == [other, run.unwrap()]
    missing = await report(client, "nope", execution_time=NOON, chunks_count=1)
    assert missing.call.status == 404


async def deployments(client: MistralCore) -> list[GetDeploymentSummariesResponseDeployment]:
    """Return the registered deployments."""
    listed = (await beta_rag_search_indexes_get_deployment_summaries(client)).unwrap().deployments
    return [each for each in listed if not isinstance(each, Unknown)]


def counts(deployment: GetDeploymentSummariesResponseDeployment) -> list[Any]:
    """Return the status of a deployment, and its number of documents by index."""
    assert deployment.deployment is not None
    indexes = [each for each in deployment.deployment.indexes if not isinstance(each, Unknown)]
    numbers = {each.name: each.document_count for each in indexes}
    return [deployment.status, deployment.document_count, numbers]


async def test_the_life_of_a_deployment(client: MistralCore) -> None:
    """It is registered, reports its contents, goes offline, and is unregistered."""
    vespa = RegisterDeploymentRequestVespaDeployment(
        query_url="https://vespa.test",
        vespa_version="8",
        indexes=[
            RegisterDeploymentRequestVespaIndex(name=each, sd="s", fields=[]) for each in "ab"
        ],
    )
    register = beta_rag_search_indexes_register_deployment
    key = (await register(client, name="d", deployment=vespa)).unwrap().id
    assert (await register(client, name="d", deployment=vespa)).unwrap().id == key
    (deployment,) = await deployments(client)
    assert counts(deployment) == ["offline", 0, {"a": 0, "b": 0}]
    report = beta_rag_search_indexes_update_index_metrics
    online = UpdateMetricsRequestDeploymentMetricsOnline(
        document_count=7,
        index_metrics=[UpdateMetricsRequestIndexMetrics(name="b", document_count=7)],
    )
    (await report(client, key, metrics=online)).unwrap()
    (deployment,) = await deployments(client)
    assert counts(deployment) == ["online", 7, {"a": 0, "b": 7}]
    offline = UpdateMetricsRequestDeploymentMetricsOffline()
    (await report(client, key, metrics=offline)).unwrap()
    (deployment,) = await deployments(client)
    assert counts(deployment) == ["offline", 7, {"a": 0, "b": 7}]
    unregister = beta_rag_search_indexes_unregister_deployment
    (await unregister(client, key)).unwrap()
    assert await deployments(client) == []
    assert (await unregister(client, key)).call.status == 404
