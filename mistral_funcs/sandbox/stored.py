"""The objects that a sandbox stores."""

from typing import TYPE_CHECKING, Any, TypeAlias, final

import attrs

if TYPE_CHECKING:
    from mistral_funcs.schemas.audio.voices import VoiceResponse
    from mistral_funcs.schemas.batch.jobs import BatchJob, BatchJobStatus
    from mistral_funcs.schemas.beta.agents import Agent, AgentAliasResponse
    from mistral_funcs.schemas.beta.conversations.conversation import (
        AgentConversation,
        ModelConversation,
    )
    from mistral_funcs.schemas.beta.conversations.entries import Entry
    from mistral_funcs.schemas.files import FileSchema
    from mistral_funcs.schemas.fine_tuning.jobs import (
        ClassifierDetailedJobOut,
        CompletionDetailedJobOut,
    )
    from mistral_funcs.schemas.models import BaseModelCard, FTModelCard

Card: TypeAlias = "BaseModelCard | FTModelCard"

CREATED = 1_756_746_619
"""The time when a sandbox is created, in seconds since the Unix epoch."""


@final
@attrs.frozen
class StoredFile:
    """A file.

    Attributes:
        about: The file as the API reports it.
        content: The content.
    """

    about: "FileSchema"
    content: bytes = attrs.field(repr=False)


@final
@attrs.define
class TuningJob:
    """A fine-tuning job.

    Attributes:
        details: The job as the API reports it.
        base: The model to fine-tune.
        invalid_sample_skip_percentage: The share of samples that may be invalid.
        created_by_me: Whether the API key created it. Tests may set it.
        doomed: Whether it fails in training. Tests may set it.
    """

    details: "CompletionDetailedJobOut | ClassifierDetailedJobOut"
    base: "Card"
    invalid_sample_skip_percentage: float = 0.0
    created_by_me: bool = True
    doomed: bool = False


@final
@attrs.define
class BatchWork:
    """A batch job.

    Attributes:
        details: The job as the API reports it.
        waiting: The remaining requests as lines of JSON, the next one last.
        succeeded: The results of successful requests as lines of JSON.
        refused: The results of failed requests.
        created_by_me: Whether the API key created it. Tests may set it.
        doomed: The status in which its next step ends it, `"FAILED"` or `"TIMEOUT_EXCEEDED"`.
            Tests may set it.
    """

    details: "BatchJob"
    waiting: list[bytes] = attrs.field(factory=list[bytes], repr=False)
    succeeded: list[bytes] = attrs.field(factory=list[bytes], repr=False)
    refused: list[bytes] = attrs.field(factory=list[bytes], repr=False)
    created_by_me: bool = True
    doomed: "BatchJobStatus | None" = None


@final
@attrs.frozen
class StoredVoice:
    """A voice.

    Attributes:
        about: The voice as the API reports it.
        sample: The recording.
    """

    about: "VoiceResponse"
    sample: bytes = attrs.field(repr=False)

    @property
    def is_preset(self) -> bool:
        """Whether it is a preset, which cannot be changed."""
        return self.about.user_id is None


@final
@attrs.define
class StoredAgent:
    """An agent.

    Attributes:
        versions: Its versions by their numbers, the oldest first.
        current: The number of the version in use.
        aliases: The aliases of its versions.
    """

    versions: "dict[int, Agent]"
    current: int = 0
    aliases: "dict[str, AgentAliasResponse]" = attrs.field(factory=dict[str, Any])


@final
@attrs.define
class StoredConversation:
    """A conversation.

    Attributes:
        about: The conversation as the API reports it.
        entries: The entries, the oldest first.
    """

    about: "AgentConversation | ModelConversation"
    entries: "list[Entry]" = attrs.field(factory=list[Any], repr=False)
