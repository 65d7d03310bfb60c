"""Deployments: workers, their state, source and settings."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Literal, TypeAlias, final

import attrs

from mistral_core import UNSET, Schema, Unknown, Unset

DeploymentLocationType: TypeAlias = Literal["k8s", "managed", "local"] | str
"""Kind of location where workers run. Other values are accepted."""


@final
@attrs.frozen(kw_only=True)
class DeploymentLocation(Schema):
    """The location where workers run.

    Attributes:
        location_type: Kind of location.
        k8s_cluster: Name of the Kubernetes cluster.
        k8s_namespace: Namespace in the Kubernetes cluster.
    """

    location_type: DeploymentLocationType | None = None
    k8s_cluster: str | None = None
    k8s_namespace: str | None = None


@final
@attrs.frozen(kw_only=True)
class DeploymentSecretBinding(Schema):
    """A secret that a worker reads from an environment variable.

    Attributes:
        env_var_name: Name of the environment variable.
        reference: The secret, as `secret:workspace:NAME`. Its value is read when the worker starts,
            and not stored.
    """

    env_var_name: str
    reference: str


@final
@attrs.frozen(kw_only=True)
class DeploymentMistralCloudBackendSpec(Schema):
    """Settings of workers on Mistral Cloud.

    Attributes:
        type: Kind of backend.
        build_directory: Build folder, as a path in the repository. Defaults to its root.
        dockerfile_path: Path of the Dockerfile in `build_directory`. Defaults to `Dockerfile`.
        secrets: Secrets of the worker, available when it is built, as build arguments, and when it
            runs, as environment variables. An update replaces them all.
    """

    type: Literal["mistral_cloud", "koyeb"] | str | None = None
    build_directory: str | None = None
    dockerfile_path: str | None = None
    secrets: list[DeploymentSecretBinding | Unknown] | None = None


@final
@attrs.frozen(kw_only=True)
class DeploymentK8sBackendSpec(Schema):
    """Settings of workers on Kubernetes.

    Attributes:
        type: `"kubernetes"`.
        entrypoint: Entry point: `module:function`, or the path of a Python file in `working_dir`.
        working_dir: Path of the project in the repository. Empty for its root.
    """

    type: Literal["kubernetes"] = "kubernetes"
    entrypoint: str | None = None
    working_dir: str | None = None


@final
@attrs.frozen(kw_only=True)
class DeploymentWorkerSpecInput(Schema):
    """The source and settings of the workers of a new deployment.

    Attributes:
        github_url: GitHub repository to build from. Pass either it or `archive_id`.
        revision: Branch, tag or commit to build. Defaults to `"main"`.
        archive_id: ID of an archive to build from, in place of a repository.
        backend_spec: Settings of the backend.
        requested_roles: Names of additional workspace roles of the deployment's service account.
            The deploying user must have them.
    """

    github_url: str | None | Unset = UNSET
    revision: str | None | Unset = UNSET
    archive_id: str | None | Unset = UNSET
    backend_spec: DeploymentMistralCloudBackendSpec | Mapping[str, Any] | None | Unset = UNSET
    requested_roles: Sequence[str] | None | Unset = UNSET


@final
@attrs.frozen(kw_only=True)
class WorkflowsWorkerSpecUpdate(Schema):
    """Changes to the source and settings of the workers of a deployment.

    Attributes:
        github_url: GitHub repository to build from. Pass either it or `archive_id`.
        revision: Branch, tag or commit to build.
        archive_id: ID of an archive to build from, in place of a repository.
        backend_spec: Settings of the backend.
        requested_roles: Names of all additional workspace roles of the deployment's service
            account. The deploying user must have them.
    """

    github_url: str | None | Unset = UNSET
    revision: str | None | Unset = UNSET
    archive_id: str | None | Unset = UNSET
    backend_spec: DeploymentMistralCloudBackendSpec | Mapping[str, Any] | None | Unset = UNSET
    requested_roles: Sequence[str] | None | Unset = UNSET


@final
@attrs.frozen(kw_only=True)
class DeploymentResourceConfig(Schema):
    """Resources of a deployment.

    Attributes:
        replicas: Number of workers.
    """

    replicas: int | None = None


@final
@attrs.frozen(kw_only=True)
class DeploymentResourceConfigUpdate(Schema):
    """Changes to the resources of a deployment.

    Attributes:
        replicas: Number of workers.
    """

    replicas: int | None | Unset = UNSET


@final
@attrs.frozen(kw_only=True)
class GitCommitAuthor(Schema):
    """The author of a commit.

    Attributes:
        name: Name of the author.
        username: User name of the author.
        html_url: URL of its web page.
    """

    name: str | None = None
    username: str | None = None
    html_url: str | None = None


@final
@attrs.frozen(kw_only=True)
class GitCommitMetadata(Schema):
    """A commit.

    Attributes:
        sha: Hash of the commit.
        message: Message of the commit.
        author: Author of the commit.
        html_url: URL of its web page.
    """

    sha: str | None = None
    message: str | None = None
    author: GitCommitAuthor | None = None
    html_url: str | None = None


@final
@attrs.frozen(kw_only=True)
class DeploymentWorkerSpecResponse(Schema):
    """The source and settings of the workers of a deployment.

    Attributes:
        github_url: GitHub repository that it is built from. Empty if it is built from an archive.
        backend_spec: Settings of the backend.
        type: Kind of specification.
        revision: Branch, tag or commit to build.
        archive_id: ID of the archive that it is built from.
        restarted_at: When it was last restarted.
        commit: The commit that it is built from.
        requested_roles: Names of additional workspace roles of the deployment's service account.
        commit_sha: Hash of the commit.
        entrypoint: Entry point: `module:function`, or the path of a Python file.
        working_dir: Path of the project in the repository.
    """

    github_url: str | None = None
    backend_spec: DeploymentMistralCloudBackendSpec | DeploymentK8sBackendSpec | Unknown | None = (
        None
    )
    type: str = "workflows_worker"
    revision: str | None = None
    archive_id: str | None = None
    restarted_at: str | None = None
    commit: GitCommitMetadata | None = None
    requested_roles: list[str] | None = None
    commit_sha: str | None = None
    entrypoint: str | None = None
    working_dir: str | None = None


@final
@attrs.frozen(kw_only=True)
class DeploymentBuildState(Schema):
    """State of the build of a deployment.

    Attributes:
        phase: Phase of the build.
        commit_sha: Hash of the commit.
        image: Image that was built.
        message: Details of the phase.
        started_at: When it started.
        finished_at: When it finished.
    """

    phase: str | None = None
    commit_sha: str | None = None
    image: str | None = None
    message: str | None = None
    started_at: datetime | None = None
    finished_at: datetime | None = None


@final
@attrs.frozen(kw_only=True)
class DeploymentObservedState(Schema):
    """State of a deployment.

    Attributes:
        phase: Phase of the deployment.
        available_replicas: Number of available workers.
        ready_replicas: Number of workers that are ready.
        endpoint: Endpoint of the deployment.
        message: Details of the phase.
        last_seen: When the state was last observed.
        deployed_revision: Revision that is deployed.
        generation: Generation of the deployment.
        build_state: State of the build.
    """

    phase: str | None = None
    available_replicas: int = 0
    ready_replicas: int = 0
    endpoint: str | None = None
    message: str | None = None
    last_seen: datetime | None = None
    deployed_revision: str | None = None
    generation: int | None = None
    build_state: DeploymentBuildState | None = None


@final
@attrs.frozen(kw_only=True)
class ManagedDeploymentResponse(Schema):
    """A deployment that Mistral Cloud runs.

    Attributes:
        service_id: ID of the service.
        name: Name of the deployment.
        spec: Source and settings of the workers.
        resources: Resources of the deployment.
        status: State of the deployment.
        created_at: When it was created.
        updated_at: When it was last updated.
        stopped: Whether it is stopped.
        rollout_status: Status of the rollout.
        created_by: ID of the user who created it.
        updated_by: ID of the user who last updated it.
        deployed_by: ID of the user who last deployed it.
        deployed_at: When it was last deployed.
        is_hardened: Whether only authorized principals can register workers.
        runtime_credential_id: ID of the credential that the workers use.
        runtime_principal_type: Kind of principal that the workers act as.
    """

    service_id: str | None = None
    name: str
    spec: DeploymentWorkerSpecResponse = attrs.field(factory=DeploymentWorkerSpecResponse)
    resources: DeploymentResourceConfig = attrs.field(factory=DeploymentResourceConfig)
    status: DeploymentObservedState = attrs.field(factory=DeploymentObservedState)
    created_at: datetime | None = None
    updated_at: datetime | None = None
    stopped: bool = False
    rollout_status: str | None = None
    created_by: str | None = None
    updated_by: str | None = None
    deployed_by: str | None = None
    deployed_at: datetime | None = None
    is_hardened: bool = False
    runtime_credential_id: str | None = None
    runtime_principal_type: Literal["api_key", "service_account", "user"] | str | None = None


@attrs.frozen(kw_only=True)
class _Deployment(Schema):
    """Base class for deployments.

    Attributes:
        id: ID of the deployment.
        name: Name of the deployment.
        is_active: Whether at least one worker is running.
        created_at: When it was first registered.
        last_heartbeat: When a worker last registered.
        updated_at: Deprecated: use `last_heartbeat`.
        is_hardened: Whether only authorized principals can register workers.
        owner: ID of the user who owns it. `None` if administrators manage it.
        location: Location of the workers.
        worker_count: Number of registered workers.
        active_worker_count: Number of workers that are running.
        locations: Kinds of location where its workers run.
        managed: The deployment on Mistral Cloud. `None` for self-hosted ones.
    """

    id: str
    name: str | None = None
    is_active: bool | None = None
    created_at: datetime | None = None
    last_heartbeat: datetime | None = None
    updated_at: datetime | None = None
    is_hardened: bool = False
    owner: str | None = None
    location: DeploymentLocation | None = None
    worker_count: int = 0
    active_worker_count: int = 0
    locations: list[DeploymentLocationType] | None = None
    managed: ManagedDeploymentResponse | None = None


@final
@attrs.frozen(kw_only=True)
class DeploymentWorkerResponse(Schema):
    """A worker.

    Attributes:
        name: Name of the worker.
        created_at: When it first registered.
        last_heartbeat: When it last registered.
        updated_at: Deprecated: use `last_heartbeat`.
        is_active: Whether it is running.
        location: Location of the worker, if it reported one.
    """

    name: str
    created_at: datetime | None = None
    last_heartbeat: datetime | None = None
    updated_at: datetime | None = None
    is_active: bool | None = None
    location: DeploymentLocation | None = None


@final
@attrs.frozen(kw_only=True)
class DeploymentResponse(_Deployment):
    """A deployment."""


@final
@attrs.frozen(kw_only=True)
class DeploymentDetailResponse(_Deployment):
    """A deployment with its workers.

    Attributes:
        workers: The registered workers.
    """

    workers: list[DeploymentWorkerResponse | Unknown] = attrs.field(
        factory=list[DeploymentWorkerResponse | Unknown]
    )


@final
@attrs.frozen(kw_only=True)
class DeploymentListResponse(Schema):
    """A page of deployments.

    Attributes:
        deployments: Deployments on this page.
        next_cursor: Cursor of the next page. `None` on the last page.
        workspace_id: ID of the workspace that they belong to.
    """

    deployments: list[DeploymentResponse | Unknown] = attrs.field(
        factory=list[DeploymentResponse | Unknown]
    )
    next_cursor: str | None = None
    workspace_id: str | None = None

    @property
    def data(self) -> list[DeploymentResponse | Unknown]:
        """The deployments of this page."""
        return self.deployments


@final
@attrs.frozen(kw_only=True)
class DeploymentWorkerListResponse(Schema):
    """A page of workers.

    Attributes:
        workers: Workers on this page.
        next_cursor: Cursor of the next page. `None` on the last page.
    """

    workers: list[DeploymentWorkerResponse | Unknown] = attrs.field(
        factory=list[DeploymentWorkerResponse | Unknown]
    )
    next_cursor: str | None = None

    @property
    def data(self) -> list[DeploymentWorkerResponse | Unknown]:
        """The workers of this page."""
        return self.workers


@final
@attrs.frozen(kw_only=True)
class DeploymentArchiveResponse(Schema):
    """The archive that a deployment is built from.

    Attributes:
        archive_id: ID of the archive.
        download_url: URL to download the archive, valid for up to 24 hours. `None` if the archive
            was deleted.
    """

    archive_id: str
    download_url: str | None = None
