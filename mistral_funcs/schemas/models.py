"""The schemas of the models API.

Only ids are required: what older and self-hosted servers leave out fails no call.
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
    """Tell what a model can do.

    Attributes:
        completion_chat: It answers chats.
        function_calling: It calls tools.
        reasoning: It thinks before it answers.
        completion_fim: It fills in the middle.
        fine_tuning: It can be fine-tuned.
        vision: It reads images.
        ocr: It reads documents.
        classification: It classifies.
        moderation: It moderates.
        audio: It hears audio.
        audio_transcription: It transcribes audio.
        audio_transcription_realtime: It transcribes audio as it comes.
        audio_speech: It speaks.
        unified_resources: It is served from unified resources.
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
    """Describe a model that Mistral provides.

    Attributes:
        id: The id, by which calls name it.
        capabilities: What it can do.
        object: `"model"`.
        created: When it was made, in seconds since 1970.
        owned_by: Who owns it.
        name: Its name.
        description: What it is, in a sentence.
        max_context_length: The most tokens that it takes in.
        aliases: Other ids that lead to it.
        deprecation: When it goes out of service.
        deprecation_replacement_model: The id of the model to use in its place.
        default_model_temperature: The temperature where a call sets none.
        internal: Whether it is Mistral's own.
        type: `"base"`.
        billing_model_name: The name under which its use is billed.
        audio_transcription_capabilities: What it can do when it transcribes audio.
        audio_speech_capabilities: What it can do when it speaks.
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
    """Describe a model that was fine-tuned.

    Attributes:
        id: The id, by which calls name it.
        capabilities: What it can do.
        object: `"model"`.
        created: When it was made, in seconds since 1970.
        owned_by: Who owns it.
        name: Its name.
        description: What it is, in a sentence.
        max_context_length: The most tokens that it takes in.
        aliases: Other ids that lead to it.
        deprecation: When it goes out of service.
        deprecation_replacement_model: The id of the model to use in its place.
        default_model_temperature: The temperature where a call sets none.
        internal: Whether it is Mistral's own.
        type: `"fine-tuned"`.
        job: The id of the job that made it.
        root: The id of the model that it was made from.
        archived: Whether it is out of service.
        billing_model_name: The name under which its use is billed.
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
"""A model, told apart by `type`."""


@final
@attrs.frozen(kw_only=True)
class ModelList(Schema):
    """List models.

    Attributes:
        data: The models.
        object: `"list"`.
    """

    _may_be_empty: ClassVar[bool] = True

    data: list[ModelCard] = attrs.field(factory=list[ModelCard])
    object: str = "list"

    @staticmethod
    def _normalize(value: Any) -> Any:
        """Take the bare array that the API's own documents show."""
        return {"data": value} if value.__class__ is list else value


@final
@attrs.frozen(kw_only=True)
class DeleteModelResponse(Schema):
    """Confirm that a model was deleted.

    Attributes:
        id: The id of the model.
        object: `"model"`.
        deleted: Whether it is deleted.
    """

    id: str
    object: str = "model"
    deleted: bool = True


@final
@attrs.frozen(kw_only=True)
class ArchiveModelResponse(Schema):
    """Confirm that a model was archived.

    Attributes:
        id: The id of the model.
        object: `"model"`.
        archived: Whether it is archived.
    """

    id: str
    object: str = "model"
    archived: bool = True


@final
@attrs.frozen(kw_only=True)
class UnarchiveModelResponse(Schema):
    """Confirm that a model is no longer archived.

    Attributes:
        id: The id of the model.
        object: `"model"`.
        archived: Whether it is archived.
    """

    id: str
    object: str = "model"
    archived: bool = False


@final
@attrs.frozen(kw_only=True)
class FineTunedModelCapabilities(Schema):
    """Tell what a fine-tuned model can do.

    Attributes:
        completion_chat: It answers chats.
        completion_fim: It fills in the middle.
        function_calling: It calls tools.
        fine_tuning: It can be fine-tuned again.
        classification: It classifies.
    """

    completion_chat: bool = True
    completion_fim: bool = False
    function_calling: bool = False
    fine_tuning: bool = False
    classification: bool = False


@final
@attrs.frozen(kw_only=True)
class CompletionFineTunedModel(Schema):
    """Describe a fine-tuned model that completes text.

    Attributes:
        id: The id, by which calls name it.
        created: When it was made, in seconds since 1970.
        owned_by: Who owns it.
        workspace_id: The workspace it belongs to.
        root: The id of the model that it was made from.
        root_version: The version of that model.
        archived: Whether it is out of service.
        capabilities: What it can do.
        object: `"model"`.
        name: Its name.
        description: What it is, in a sentence.
        max_context_length: The most tokens that it takes in.
        aliases: Other ids that lead to it.
        job: The id of the job that made it.
        model_type: `"completion"`.
    """

    id: str
    created: UnixTime | None = None
    owned_by: str | None = None
    workspace_id: str | None = None
    root: str | None = None
    root_version: str | None = None
    archived: bool = False
    capabilities: FineTunedModelCapabilities = attrs.field(factory=FineTunedModelCapabilities)
    object: str = "model"
    name: str | None = None
    description: str | None = None
    max_context_length: int = 32768
    aliases: list[str] = attrs.field(factory=list[str])
    job: str | None = None
    model_type: Literal["completion"] = "completion"


FTClassifierLossFunction: TypeAlias = Literal["single_class", "multi_class"] | str
"""How a classifier's error is measured. An open set."""


@final
@attrs.frozen(kw_only=True)
class ClassifierTargetResult(Schema):
    """Name one thing that a classifier tells.

    Attributes:
        name: What it tells.
        labels: The answers that it may give.
        weight: How much it counts in training.
        loss_function: How its error is measured.
    """

    name: str
    labels: list[str] = attrs.field(factory=list[str])
    weight: float | None = None
    loss_function: FTClassifierLossFunction | None = None


@final
@attrs.frozen(kw_only=True)
class ClassifierFineTunedModel(Schema):
    """Describe a fine-tuned model that classifies.

    Attributes:
        id: The id, by which calls name it.
        created: When it was made, in seconds since 1970.
        owned_by: Who owns it.
        workspace_id: The workspace it belongs to.
        root: The id of the model that it was made from.
        root_version: The version of that model.
        archived: Whether it is out of service.
        capabilities: What it can do.
        classifier_targets: What it tells of a text.
        object: `"model"`.
        name: Its name.
        description: What it is, in a sentence.
        max_context_length: The most tokens that it takes in.
        aliases: Other ids that lead to it.
        job: The id of the job that made it.
        model_type: `"classifier"`.
    """

    id: str
    created: UnixTime | None = None
    owned_by: str | None = None
    workspace_id: str | None = None
    root: str | None = None
    root_version: str | None = None
    archived: bool = False
    capabilities: FineTunedModelCapabilities = attrs.field(factory=FineTunedModelCapabilities)
    classifier_targets: list[ClassifierTargetResult] = attrs.field(
        factory=list[ClassifierTargetResult]
    )
    object: str = "model"
    name: str | None = None
    description: str | None = None
    max_context_length: int = 32768
    aliases: list[str] = attrs.field(factory=list[str])
    job: str | None = None
    model_type: Literal["classifier"] = "classifier"


FineTunedModel: TypeAlias = CompletionFineTunedModel | ClassifierFineTunedModel | Unknown
"""A fine-tuned model, told apart by `model_type`."""
