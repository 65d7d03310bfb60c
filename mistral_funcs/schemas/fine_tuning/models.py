"""Schemas of the operations on fine-tuned models.

Only IDs are required, because older and self-hosted servers omit other fields.
"""

from typing import Literal, TypeAlias, final

import attrs

from mistral_core import Schema, UnixTime, Unknown


@final
@attrs.frozen(kw_only=True)
class ArchiveModelResponse(Schema):
    """Confirmation that a model was archived.

    Attributes:
        id: ID of the model.
        object: `"model"`.
        archived: Whether the model is archived.
    """

    id: str
    object: str = "model"
    archived: bool = True


@final
@attrs.frozen(kw_only=True)
class UnarchiveModelResponse(Schema):
    """Confirmation that a model was unarchived.

    Attributes:
        id: ID of the model.
        object: `"model"`.
        archived: Whether the model is archived.
    """

    id: str
    object: str = "model"
    archived: bool = False


@final
@attrs.frozen(kw_only=True)
class FineTunedModelCapabilities(Schema):
    """The capabilities of a fine-tuned model.

    Attributes:
        completion_chat: Chat completion.
        completion_fim: Fill-in-the-middle completion.
        function_calling: Function calling.
        fine_tuning: Further fine-tuning.
        classification: Classification.
    """

    completion_chat: bool = True
    completion_fim: bool = False
    function_calling: bool = False
    fine_tuning: bool = False
    classification: bool = False


@final
@attrs.frozen(kw_only=True)
class CompletionFineTunedModel(Schema):
    """A fine-tuned completion model.

    Attributes:
        id: ID to pass to the API.
        created: Time of creation, in seconds since the Unix epoch.
        owned_by: Owner of the model.
        workspace_id: Workspace of the model.
        root: ID of the model that was fine-tuned.
        root_version: Version of the model that was fine-tuned.
        archived: Whether the model is archived.
        capabilities: Capabilities of the model.
        object: `"model"`.
        name: Name of the model.
        description: One-sentence description.
        max_context_length: Maximum number of tokens in the context.
        aliases: Other IDs of the model.
        job: ID of the job that created the model.
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
"""Loss function of a classifier target. Other values are accepted."""


@final
@attrs.frozen(kw_only=True)
class ClassifierTargetResult(Schema):
    """A target of a classifier.

    Attributes:
        name: Name of the target.
        labels: Labels to choose from.
        weight: Weight of the target in training.
        loss_function: Loss function of the target.
    """

    name: str
    labels: list[str] = attrs.field(factory=list[str])
    weight: float | None = None
    loss_function: FTClassifierLossFunction | None = None


@final
@attrs.frozen(kw_only=True)
class ClassifierFineTunedModel(Schema):
    """A fine-tuned classifier.

    Attributes:
        id: ID to pass to the API.
        created: Time of creation, in seconds since the Unix epoch.
        owned_by: Owner of the model.
        workspace_id: Workspace of the model.
        root: ID of the model that was fine-tuned.
        root_version: Version of the model that was fine-tuned.
        archived: Whether the model is archived.
        capabilities: Capabilities of the model.
        classifier_targets: Targets of the classifier.
        object: `"model"`.
        name: Name of the model.
        description: One-sentence description.
        max_context_length: Maximum number of tokens in the context.
        aliases: Other IDs of the model.
        job: ID of the job that created the model.
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
"""A fine-tuned model, discriminated by `model_type`."""
