"""The models of the sandbox, and how it answers for them."""

import attrs

from mistral_funcs.models.archive import models_archive
from mistral_funcs.models.delete import models_delete
from mistral_funcs.models.list import models_list
from mistral_funcs.models.retrieve import models_retrieve
from mistral_funcs.models.unarchive import models_unarchive
from mistral_funcs.models.update import models_update
from mistral_funcs.sandbox.error_responses import refuse, refuse_body
from mistral_funcs.sandbox.registry import responds_to
from mistral_funcs.sandbox.request_arguments import read_object
from mistral_funcs.sandbox.routing import Incoming
from mistral_funcs.sandbox.state import Card, State
from mistral_funcs.schemas.fine_tuning.jobs import ClassifierDetailedJobOut
from mistral_funcs.schemas.models import (
    ArchiveModelResponse,
    BaseModelCard,
    ClassifierFineTunedModel,
    ClassifierTargetResult,
    CompletionFineTunedModel,
    DeleteModelResponse,
    FineTunedModel,
    FineTunedModelCapabilities,
    FTModelCard,
    ModelCard,
    ModelList,
    UnarchiveModelResponse,
)


@responds_to(models_list)
def list_models(state: State, request: Incoming) -> ModelList:
    """Answer for `models_list`, with its two filters."""
    provider, model = request.query.get("provider"), request.query.get("model")
    return ModelList(
        data=[
            card
            for card in state.models.values()
            if provider in (None, card.owned_by) and model in (None, card.id, *card.aliases)
        ]
    )


@responds_to(models_retrieve)
def retrieve_model(state: State, request: Incoming) -> ModelCard:
    """Answer for `models_retrieve`, by an id or an alias."""
    return _find(state, request)


@responds_to(models_delete)
def delete_model(state: State, request: Incoming) -> DeleteModelResponse:
    """Answer for `models_delete`: only what was fine-tuned goes."""
    card = _find_fine_tuned(state, request)
    del state.models[card.id]
    return DeleteModelResponse(id=card.id)


@responds_to(models_update)
def update_model(state: State, request: Incoming) -> FineTunedModel:
    """Answer for `models_update`: what the body leaves out stays as it is."""
    changes = read_object(request)
    for field in ("name", "description"):
        value = changes.get(field)
        if value is not None and not isinstance(value, str):
            refuse_body("string_type", ["body", field], "Input should be a valid string", value)
    card = _find_fine_tuned(state, request)
    card = attrs.evolve(
        card,
        name=changes.get("name", card.name),
        description=changes.get("description", card.description),
    )
    state.models[card.id] = card
    return _fine_tuned_model(state, card)


@responds_to(models_archive)
def archive_model(state: State, request: Incoming) -> ArchiveModelResponse:
    """Answer for `models_archive`."""
    card = _find_fine_tuned(state, request)
    state.models[card.id] = attrs.evolve(card, archived=True)
    return ArchiveModelResponse(id=card.id)


@responds_to(models_unarchive)
def unarchive_model(state: State, request: Incoming) -> UnarchiveModelResponse:
    """Answer for `models_unarchive`."""
    card = _find_fine_tuned(state, request)
    state.models[card.id] = attrs.evolve(card, archived=False)
    return UnarchiveModelResponse(id=card.id)


def _find(state: State, request: Incoming) -> Card:
    model_id = request.path["model_id"]
    cards = state.models.values()
    card = next((card for card in cards if model_id in (card.id, *card.aliases)), None)
    if card is None:
        refuse(404, f"No model matches {model_id!r}.", "not_found")
    return card


def _find_fine_tuned(state: State, request: Incoming) -> FTModelCard:
    card = _find(state, request)
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
    """Return what a classifier tells: as the job has it, or else how urgent a text is."""
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
