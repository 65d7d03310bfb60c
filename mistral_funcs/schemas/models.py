"""Schemas of the model operations.

Only IDs are required, because older and self-hosted servers omit other fields.
"""

from datetime import datetime
from typing import Any, ClassVar, Literal, TypeAlias, final

import attrs

from mistral_core import Schema, UnixTime, Unknown
from mistral_funcs.schemas.audio.capabilities import (
    AudioSpeechCapabilities,
    AudioTranscriptionCapabilities,
)


@final
@attrs.frozen(kw_only=True)
class ModelCapabilities(Schema):
    """The capabilities of a model.

    Attributes:
        completion_chat: Chat completion.
        function_calling: Function calling.
        reasoning: Reasoning.
        completion_fim: Fill-in-the-middle completion.
        fine_tuning: Fine-tuning.
        vision: Image input.
        ocr: OCR.
        classification: Classification.
        moderation: Moderation.
        audio: Audio input.
        audio_transcription: Audio transcription.
        audio_transcription_realtime: Realtime audio transcription.
        audio_speech: Speech generation.
        unified_resources: Unified resources.
    """

    completion_chat: bool = False
    function_calling: bool = False
    reasoning: bool = False
    completion_fim: bool = False
    fine_tuning: bool = False
    vision: bool = False
    ocr: bool = False
    classification: bool = False
    moderation: bool = False
    audio: bool = False
    audio_transcription: bool = False
    audio_transcription_realtime: bool = False
    audio_speech: bool = False
    unified_resources: bool = False


@final
@attrs.frozen(kw_only=True)
class BaseModelCard(Schema):
    """A base model provided by Mistral.

    Attributes:
        id: ID to pass to the API.
        capabilities: Capabilities of the model.
        object: `"model"`.
        created: Time of creation, in seconds since the Unix epoch.
        owned_by: Owner of the model.
        name: Name of the model.
        description: One-sentence description.
        max_context_length: Maximum number of tokens in the context.
        aliases: Other IDs of the model.
        deprecation: Time at which the model is retired.
        deprecation_replacement_model: ID of the model to use instead.
        default_model_temperature: Temperature that is used if a request sets none.
        internal: Whether the model is internal to Mistral.
        type: `"base"`.
        billing_model_name: Name used for billing.
        audio_transcription_capabilities: Capabilities in audio transcription.
        audio_speech_capabilities: Capabilities in speech generation.
    """

    id: str
    capabilities: ModelCapabilities = attrs.field(factory=ModelCapabilities)
    object: str = "model"
    created: UnixTime | None = None
    owned_by: str = "mistralai"
    name: str | None = None
    description: str | None = None
    max_context_length: int = 32768
    aliases: list[str] = attrs.field(factory=list[str])
    deprecation: datetime | None = None
    deprecation_replacement_model: str | None = None
    default_model_temperature: float | None = None
    internal: bool = False
    type: Literal["base"] = "base"
    billing_model_name: str | None = None
    audio_transcription_capabilities: AudioTranscriptionCapabilities | None = None
    audio_speech_capabilities: AudioSpeechCapabilities | None = None


@final
@attrs.frozen(kw_only=True)
class FTModelCard(Schema):
    """A fine-tuned model.

    Attributes:
        id: ID to pass to the API.
        capabilities: Capabilities of the model.
        object: `"model"`.
        created: Time of creation, in seconds since the Unix epoch.
        owned_by: Owner of the model.
        name: Name of the model.
        description: One-sentence description.
        max_context_length: Maximum number of tokens in the context.
        aliases: Other IDs of the model.
        deprecation: Time at which the model is retired.
        deprecation_replacement_model: ID of the model to use instead.
        default_model_temperature: Temperature that is used if a request sets none.
        internal: Whether the model is internal to Mistral.
        type: `"fine-tuned"`.
        job: ID of the job that created the model.
        root: ID of the model that was fine-tuned.
        archived: Whether the model is archived.
        billing_model_name: Name used for billing.
    """

    id: str
    capabilities: ModelCapabilities = attrs.field(factory=ModelCapabilities)
    object: str = "model"
    created: UnixTime | None = None
    owned_by: str = "mistralai"
    name: str | None = None
    description: str | None = None
    max_context_length: int = 32768
    aliases: list[str] = attrs.field(factory=list[str])
    deprecation: datetime | None = None
    deprecation_replacement_model: str | None = None
    default_model_temperature: float | None = None
    internal: bool = False
    type: Literal["fine-tuned"] = "fine-tuned"
    job: str | None = None
    root: str | None = None
    archived: bool = False
    billing_model_name: str | None = None


ModelCard: TypeAlias = BaseModelCard | FTModelCard | Unknown
"""A model, discriminated by `type`."""


@final
@attrs.frozen(kw_only=True)
class ModelList(Schema):
    """A list of models.

    Attributes:
        data: The models.
        object: `"list"`.
    """

    _may_be_empty: ClassVar[bool] = True

    data: list[ModelCard] = attrs.field(factory=list[ModelCard])
    object: str = "list"

    @staticmethod
    def _normalize(value: Any) -> Any:
        """Accept the bare array shown in the API's documentation."""
        return {"data": value} if value.__class__ is list else value


@final
@attrs.frozen(kw_only=True)
class DeleteModelResponse(Schema):
    """Confirmation that a model was deleted.

    Attributes:
        id: ID of the model.
        object: `"model"`.
        deleted: Whether the model is deleted.
    """

    id: str
    object: str = "model"
    deleted: bool = True
