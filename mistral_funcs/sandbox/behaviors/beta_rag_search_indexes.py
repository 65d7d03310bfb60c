"""Deployments of search indexes, registered by name, with their metrics."""

from typing import Any

import attrs

from mistral_funcs.beta.rag.search_indexes.get_deployment_summaries import (
    beta_rag_search_indexes_get_deployment_summaries,
)
from mistral_funcs.beta.rag.search_indexes.register_deployment import (
    beta_rag_search_indexes_register_deployment,
)
from mistral_funcs.beta.rag.search_indexes.unregister_deployment import (
    beta_rag_search_indexes_unregister_deployment,
)
from mistral_funcs.beta.rag.search_indexes.update_index_metrics import (
    beta_rag_search_indexes_update_index_metrics,
)
from mistral_funcs.sandbox.behaviors.beta_libraries import OWNER
from mistral_funcs.sandbox.error_responses import refuse
from mistral_funcs.sandbox.registry import responds_to
from mistral_funcs.sandbox.state import State, keep
from mistral_funcs.schemas.beta.rag import (
    GetDeploymentSummariesResponse,
    GetDeploymentSummariesResponseDeployment,
    GetDeploymentSummariesResponseVespaDeployment,
    GetDeploymentSummariesResponseVespaIndex,
    RegisterDeploymentRequestVespaDeployment,
    RegisterSearchIndexResponseIndex,
    UpdateMetricsRequestDeploymentMetricsOnline,
)


@responds_to(beta_rag_search_indexes_get_deployment_summaries)
def list_deployments(state: State) -> GetDeploymentSummariesResponse:
    """List the deployments, newest first."""
    return GetDeploymentSummariesResponse(deployments=[*reversed(state.deployments.values())])


@responds_to(beta_rag_search_indexes_register_deployment)
def register_deployment(
    state: State,
    name: str,
    deployment: RegisterDeploymentRequestVespaDeployment,
    status: str = "offline",
) -> RegisterSearchIndexResponseIndex:
    """Register a deployment, or replace the one with the same name."""
    now = state.moment()
    names: list[Any] = [getattr(each, "name", None) for each in deployment.indexes]
    indexes = [
        GetDeploymentSummariesResponseVespaIndex(id=state.new_id(), name=each, document_count=0)
        for each in names
    ]
    new = GetDeploymentSummariesResponseDeployment(
        id=state.new_id(), name=name, creator_id=OWNER, created_at=now, document_count=0
    )
    former = next((each for each in state.deployments.values() if each.name == name), new)
    registered = attrs.evolve(
        former,
        status=status,
        deployment=GetDeploymentSummariesResponseVespaDeployment(indexes=[*indexes]),
        modified_at=now,
    )
    keep(state.deployments, registered.id, registered)
    return RegisterSearchIndexResponseIndex(id=registered.id)


@responds_to(beta_rag_search_indexes_unregister_deployment)
def unregister_deployment(state: State, deployment_id: str) -> dict[str, Any]:
    """Unregister a deployment."""
    _find(state, deployment_id)
    del state.deployments[deployment_id]
    return {}


@responds_to(beta_rag_search_indexes_update_index_metrics)
def report_metrics(state: State, deployment_id: str, metrics: Any) -> dict[str, Any]:
    """Set the status and the document counts of a deployment."""
    former = _find(state, deployment_id)
    changes: dict[str, Any] = {"status": metrics.status}
    counts: dict[str, int] = {}
    if isinstance(metrics, UpdateMetricsRequestDeploymentMetricsOnline):
        changes["document_count"] = metrics.document_count
        counts = {
            getattr(each, "name", ""): getattr(each, "document_count", 0)
            for each in metrics.index_metrics
        }
    indexes = getattr(former.deployment, "indexes", [])
    changed = [
        attrs.evolve(each, document_count=counts.get(each.name, each.document_count))
        for each in indexes
    ]
    deployment = GetDeploymentSummariesResponseVespaDeployment(indexes=changed)
    state.deployments[deployment_id] = attrs.evolve(
        former, **changes, deployment=deployment, modified_at=state.moment()
    )
    return {}


def _find(state: State, deployment_id: str) -> GetDeploymentSummariesResponseDeployment:
    if deployment_id not in state.deployments:
        refuse(404, f"No deployment matches {deployment_id!r}.", "not_found")
    return state.deployments[deployment_id]
