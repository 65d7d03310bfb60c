"""Base models and fine-tuned models."""

from collections.abc import Mapping
from typing import Any

import attrs

from mistral_funcs.models.archive import models_archive
from mistral_funcs.models.delete import models_delete
from mistral_funcs.models.list import models_list
from mistral_funcs.models.retrieve import models_retrieve
from mistral_funcs.models.unarchive import models_unarchive
from mistral_funcs.models.update import models_update
from mistral_funcs.sandbox.error_responses import refuse
from mistral_funcs.sandbox.registry import responds_to
from mistral_funcs.sandbox.state import State
from mistral_funcs.sandbox.stored import Card
from mistral_funcs.schemas.fine_tuning.jobs import ClassifierDetailedJobOut
from mistral_funcs.schemas.fine_tuning.models import (
    ArchiveModelResponse,
    ClassifierFineTunedModel,
    ClassifierTargetResult,
    CompletionFineTunedModel,
    FineTunedModel,
    FineTunedModelCapabilities,
    UnarchiveModelResponse,
)
from mistral_funcs.schemas.models import (
    BaseModelCard,
    DeleteModelResponse,
    FTModelCard,
    ModelCard,
    ModelList,
)


@responds_to(models_list)
def list_models(state: State, provider: str | None = None, model: str | None = None) -> ModelList:
    """List the models that match the filters."""
    return ModelList(
        data=[
            card
            for card in state.models.values()
            if provider in (None, card.owned_by) and model in (None, card.id, *card.aliases)
        ]
    )


@responds_to(models_retrieve)
def retrieve_model(state: State, model_id: str) -> ModelCard:
    """Return a model by its id or an alias."""
    return _find(state, model_id)


@responds_to(models_delete)
def delete_model(state: State, model_id: str) -> DeleteModelResponse:
    """Delete a fine-tuned model."""
    card = _find_fine_tuned(state, model_id)
    del state.models[card.id]
    return DeleteModelResponse(id=card.id)


@responds_to(models_update)
def update_model(state: State, model_id: str, arguments: Mapping[str, Any]) -> FineTunedModel:
    """Update a fine-tuned model. Omitted fields keep their values."""
    changes = {name: arguments[name] for name in ("name", "description") if name in arguments}
    return _fine_tuned_model(state, _change(state, model_id, **changes))


@responds_to(models_archive)
def archive_model(state: State, model_id: str) -> ArchiveModelResponse:
    """Archive a fine-tuned model."""
    return ArchiveModelResponse(id=_change(state, model_id, archived=True).id)


@responds_to(models_unarchive)
def unarchive_model(state: State, model_id: str) -> UnarchiveModelResponse:
    """Make an archived model available again."""
    return UnarchiveModelResponse(id=_change(state, model_id, archived=False).id)


def _change(state: State, model_id: str, **changes: Any) -> FTModelCard:
    card = attrs.evolve(_find_fine_tuned(state, model_id), **changes)
    state.models[card.id] = card
    return card


def _find(state: State, model_id: str) -> Card:
    cards = state.models.values()
    card = next((card for card in cards if model_id in (card.id, *card.aliases)), None)
    if card is None:
        refuse(404, f"No model matches {model_id!r}.", "not_found")
    return card


def _find_fine_tuned(state: State, model_id: str) -> FTModelCard:
    card = _find(state, model_id)
    if isinstance(card, BaseModelCard):
        refuse(400, f"Model {card.id!r} is not a fine-tuned model.")
    return card


def _fine_tuned_model(state: State, card: FTModelCard) -> FineTunedModel:
    model = CompletionFineTunedModel(
        id=card.id,
        created=card.created,
        owned_by=card.owned_by,
        workspace_id="sandbox",
        root=card.root,
        root_version="1.0",
        archived=card.archived,
        name=card.name,
        description=card.description,
        job=card.job,
        capabilities=FineTunedModelCapabilities(
            completion_chat=card.capabilities.completion_chat,
            completion_fim=card.capabilities.completion_fim,
            function_calling=card.capabilities.function_calling,
            fine_tuning=card.capabilities.fine_tuning,
            classification=card.capabilities.classification,
        ),
        max_context_length=card.max_context_length,
        aliases=card.aliases,
    )
    if not card.capabilities.classification:
        return model
    shared = attrs.asdict(model, recurse=False, filter=lambda field, _: field.name != "model_type")
    return ClassifierFineTunedModel(**shared, classifier_targets=classifier_targets(state, card))


def classifier_targets(state: State, card: FTModelCard) -> list[ClassifierTargetResult]:
    """Return the targets of a classifier: those of its job, or an example target."""
    job = state.jobs.get(card.job or "")
    if job is None or not isinstance(job.details, ClassifierDetailedJobOut):
        labels = ["low", "high"]
        return [
            ClassifierTargetResult(
                name="urgency", labels=labels, weight=1.0, loss_function="single_class"
            )
        ]
    return [
        ClassifierTargetResult(
            name=each.name or "",
            labels=each.labels,
            weight=each.weight,
            loss_function=each.loss_function,
        )
        for each in job.details.classifier_targets
    ]
