"""What the sandbox knows, and the errors that it answers with."""

from collections.abc import Callable
from functools import cached_property
from typing import TYPE_CHECKING, Literal, TypeAlias, TypeVar, final

import attrs

from mistral_funcs.sandbox.members import Members

if TYPE_CHECKING:
    from mistral_funcs.schemas.audio.voices import VoiceResponse
    from mistral_funcs.schemas.batch.jobs import BatchJob, BatchJobStatus
    from mistral_funcs.schemas.files import FileSchema
    from mistral_funcs.schemas.fine_tuning.jobs import (
        ClassifierDetailedJobOut,
        CompletionDetailedJobOut,
    )
    from mistral_funcs.schemas.models import BaseModelCard, FTModelCard

T = TypeVar("T")

Card: TypeAlias = "BaseModelCard | FTModelCard"

Progress: TypeAlias = Literal["looks", "manual"]
"""What makes jobs progress: each look at them, or nothing but `Sandbox.advance`."""

MOST_KEPT = 1000
"""How many files, jobs of each kind, voices and fine-tuned models are kept."""

CREATED = 1_756_746_619
"""When the sandbox begins, in seconds since 1970."""


@final
@attrs.frozen
class StoredFile:
    """Hold a file.

    Attributes:
        about: The file as the API tells of it.
        content: What is in it.
    """

    about: "FileSchema"
    content: bytes = attrs.field(repr=False)


@final
@attrs.define
class TuningJob:
    """Hold a fine-tuning job.

    Attributes:
        details: The job as the API tells of it.
        base: The model that it tunes.
        invalid_sample_skip_percentage: The share of the samples that may be invalid.
        created_by_me: Whether the API key made it; a test may say that another did.
        doomed: Whether it fails in training; a test may say so.
    """

    details: "CompletionDetailedJobOut | ClassifierDetailedJobOut"
    base: "Card"
    invalid_sample_skip_percentage: float = 0.0
    created_by_me: bool = True
    doomed: bool = False


@final
@attrs.define
class BatchWork:
    """Hold a batch job.

    Attributes:
        details: The job as the API tells of it.
        waiting: The requests that are to be answered, a line of JSON each, the next one last.
        answered: The results of those that were, a line of JSON each.
        refused: The results of those that failed.
        created_by_me: Whether the API key made it; a test may say that another did.
        doomed: How it ends in its next step; a test may say so, with `"FAILED"` or
            `"TIMEOUT_EXCEEDED"`.
    """

    details: "BatchJob"
    waiting: list[bytes] = attrs.field(factory=list[bytes], repr=False)
    answered: list[bytes] = attrs.field(factory=list[bytes], repr=False)
    refused: list[bytes] = attrs.field(factory=list[bytes], repr=False)
    created_by_me: bool = True
    doomed: "BatchJobStatus | None" = None


@final
@attrs.frozen
class StoredVoice:
    """Hold a voice.

    Attributes:
        about: The voice as the API tells of it.
        sample: Its recording.
    """

    about: "VoiceResponse"
    sample: bytes = attrs.field(repr=False)

    @property
    def is_preset(self) -> bool:
        """Whether nobody made it, and nobody can change it."""
        return self.about.user_id is None


@final
@attrs.define
class State:
    """Hold what the sandbox knows; a test may set and read it.

    What requests create is kept until there are more than 1,000 of a kind: then the oldest goes.

    Attributes:
        files: The files, by their ids, the oldest first.
        jobs: The fine-tuning jobs, by their ids, the oldest first.
        batch_jobs: The batch jobs, by their ids, the oldest first.
        batch_pace: How many requests of a batch job are answered in a step; `None` is all.
        agents: The models of the agents, by the agents' ids.
        progress: What makes jobs progress: `"looks"` or `"manual"`, as in `Sandbox`.
        fine_tuning_retired: Whether the fine-tuning jobs API answers 410 to all.
        now: The moment it is, in seconds since 1970. Only what happens here moves it.
        made: The number of ids that were assigned.
        members: The members of the collections that no behavior keeps.
    """

    files: dict[str, StoredFile] = attrs.field(factory=dict[str, StoredFile])
    jobs: dict[str, TuningJob] = attrs.field(factory=dict[str, TuningJob])
    batch_jobs: dict[str, BatchWork] = attrs.field(factory=dict[str, BatchWork])
    batch_pace: int | None = None
    agents: dict[str, str] = attrs.field(factory=lambda: {"ag:sandbox": "mistral-large-latest"})
    progress: Progress = "looks"
    fine_tuning_retired: bool = False
    now: int = CREATED
    made: int = 0
    members: Members = attrs.field(factory=Members)

    @cached_property
    def models(self) -> "dict[str, Card]":
        """The models by their ids, among them some from the beginning."""
        from mistral_funcs.sandbox.behaviors.first_models import first_models  # noqa: PLC0415

        return first_models()

    @cached_property
    def voices(self) -> dict[str, StoredVoice]:
        """The voices by their ids, among them some from the beginning."""
        from mistral_funcs.sandbox.behaviors.audio_voices import first_voices  # noqa: PLC0415

        return first_voices()

    def tick(self) -> int:
        """Let a second pass, and return the moment it is then."""
        self.now += 1
        return self.now

    def new_id(self) -> str:
        """Return an id that nothing has: a UUID in its shape, and a number in truth."""
        self.made += 1
        return f"{self.made:08x}-0000-4000-8000-{self.made:012x}"


def keep(
    collection: dict[str, T],
    key: str,
    value: T,
    *,
    is_permanent: Callable[[T], bool] = lambda _: False,
) -> None:
    """Add to a collection of the state, and drop its oldest member where it has too many."""
    collection[key] = value
    made = [each for each, member in collection.items() if not is_permanent(member)]
    if len(made) > MOST_KEPT:
        del collection[made[0]]
