"""The state of a sandbox."""

from collections.abc import Callable
from datetime import UTC, datetime
from functools import cached_property
from typing import TYPE_CHECKING, Any, Literal, TypeAlias, TypeVar, final

import attrs

from mistral_funcs.sandbox.members import Members
from mistral_funcs.sandbox.stored import (
    CREATED,
    BatchWork,
    StoredAgent,
    StoredConversation,
    StoredFile,
    StoredVoice,
    TuningJob,
)
from mistral_funcs.sandbox.stored_documents import StoredIndex, StoredLibrary
from mistral_funcs.sandbox.stored_executions import StoredExecution
from mistral_funcs.sandbox.stored_sessions import StoredVoiceSession
from mistral_funcs.sandbox.stored_versions import StoredVersions

if TYPE_CHECKING:
    from mistral_funcs.schemas.audio.agents import AudioAgentResponse
    from mistral_funcs.schemas.beta.connectors.authentication import AuthenticationConfiguration
    from mistral_funcs.schemas.beta.rag import (
        GetDeploymentSummariesResponseDeployment,
        IngestionPipelineConfiguration,
    )
    from mistral_funcs.schemas.models import BaseModelCard, FTModelCard

K = TypeVar("K")
T = TypeVar("T")

Progress: TypeAlias = Literal["looks", "manual"]
"""Trigger of job progress: each response that reports a job, or only `Sandbox.advance`."""

MOST_KEPT = 1000
"""Maximum number of files, jobs of each kind, voices, agents, libraries and so on."""


@final
@attrs.define
class State:
    """The state of a sandbox, for tests to set and read.

    At most 1,000 objects of a kind are kept. Then the oldest is removed.

    Attributes:
        files: The files, by their ids, the oldest first.
        jobs: The fine-tuning jobs, by their ids, the oldest first.
        batch_jobs: The batch jobs, by their ids, the oldest first.
        batch_pace: Number of requests of a batch job to process per step. `None` means all.
        libraries: The libraries with their documents, by their ids, the oldest first.
        indexes: The search indexes with their documents, by their names, the oldest first.
        deployments: The registered deployments of search indexes, by their ids, the oldest first.
        pipelines: The registered ingestion pipelines, by their ids, the oldest first.
        voice_agents: The versions of the voice agents, by the agents' ids, the oldest first.
        voice_sessions: The sessions with voice agents, by their ids, the oldest first.
        prompts: The prompts with their versions, by their ids, the oldest first.
        skills: The skills with their versions, by their ids, the oldest first.
        agents: The models of the initial agents, by the agents' ids.
        created_agents: The agents that were created or updated, by their ids, the oldest first.
        conversations: The conversations, by their ids, the oldest first.
        credentials: The credentials of connectors without their secrets, by the connector's id,
            the scope and the name.
        executions: The executions of workflows, by their ids, the oldest first.
        sequence: The number of the next event of an execution.
        progress: What makes jobs progress: `"looks"` or `"manual"`, as in `Sandbox`.
        fine_tuning_retired: Whether the fine-tuning jobs API responds with 410.
        now: The time in seconds since the Unix epoch. Only events in the sandbox advance it.
        ids: Number of assigned ids.
        members: The members of the collections that have no behavior.
    """

    files: dict[str, StoredFile] = attrs.field(factory=dict[str, StoredFile])
    jobs: dict[str, TuningJob] = attrs.field(factory=dict[str, TuningJob])
    batch_jobs: dict[str, BatchWork] = attrs.field(factory=dict[str, BatchWork])
    batch_pace: int | None = None
    libraries: dict[str, StoredLibrary] = attrs.field(factory=dict[str, StoredLibrary])
    indexes: dict[str, StoredIndex] = attrs.field(factory=dict[str, StoredIndex])
    deployments: "dict[str, GetDeploymentSummariesResponseDeployment]" = attrs.field(
        factory=dict[str, Any]
    )
    pipelines: "dict[str, IngestionPipelineConfiguration]" = attrs.field(factory=dict[str, Any])
    voice_agents: "dict[str, list[AudioAgentResponse]]" = attrs.field(factory=dict[str, Any])
    voice_sessions: dict[str, StoredVoiceSession] = attrs.field(
        factory=dict[str, StoredVoiceSession]
    )
    prompts: dict[str, StoredVersions] = attrs.field(factory=dict[str, StoredVersions])
    skills: dict[str, StoredVersions] = attrs.field(factory=dict[str, StoredVersions])
    agents: dict[str, str] = attrs.field(factory=lambda: {"ag:sandbox": "mistral-large-latest"})
    created_agents: dict[str, StoredAgent] = attrs.field(factory=dict[str, StoredAgent])
    conversations: dict[str, StoredConversation] = attrs.field(
        factory=dict[str, StoredConversation]
    )
    credentials: "dict[tuple[str, str, str], AuthenticationConfiguration]" = attrs.field(
        factory=dict[Any, Any]
    )
    executions: dict[str, StoredExecution] = attrs.field(factory=dict[str, StoredExecution])
    sequence: int = 1
    progress: Progress = "looks"
    fine_tuning_retired: bool = False
    now: int = CREATED
    ids: int = 0
    members: Members = attrs.field(factory=Members)

    @cached_property
    def models(self) -> "dict[str, BaseModelCard | FTModelCard]":
        """The models by id, including the initial ones."""
        from mistral_funcs.sandbox.behaviors.first_models import first_models  # noqa: PLC0415

        return first_models()

    @cached_property
    def voices(self) -> dict[str, StoredVoice]:
        """The voices by id, including the initial ones."""
        from mistral_funcs.sandbox.behaviors.first_voices import first_voices  # noqa: PLC0415

        return first_voices()

    def tick(self) -> int:
        """Advance the time by a second, and return it."""
        self.now += 1
        return self.now

    def moment(self) -> datetime:
        """Advance the time by a second, and return it as a datetime."""
        return datetime.fromtimestamp(self.tick(), UTC)

    def new_id(self) -> str:
        """Return a new id: a number in the shape of a UUID."""
        self.ids += 1
        return f"{self.ids:08x}-0000-4000-8000-{self.ids:012x}"


def keep(
    collection: dict[K, T],
    key: K,
    value: T,
    *,
    is_permanent: Callable[[T], bool] = lambda _: False,
) -> None:
    """Add to a collection, and remove its oldest member if there are too many."""
    collection[key] = value
    removable = [each for each, member in collection.items() if not is_permanent(member)]
    if len(removable) > MOST_KEPT:
        del collection[removable[0]]
