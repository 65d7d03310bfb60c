"""Requests for fine-tuning jobs: validate, estimate and convert them to jobs."""

from hashlib import sha256
from math import ceil
from typing import Any, Literal, NoReturn, TypeVar, final

import attrs

from mistral_core import Schema, Unknown
from mistral_funcs.sandbox.behaviors.files import find_file
from mistral_funcs.sandbox.error_responses import RefusalError, error_body, refuse_body
from mistral_funcs.sandbox.request_arguments import structure_body
from mistral_funcs.sandbox.routing import Incoming
from mistral_funcs.sandbox.state import State
from mistral_funcs.sandbox.stored import Card, TuningJob
from mistral_funcs.schemas.fine_tuning.jobs import (
    ClassifierDetailedJobOut,
    ClassifierTargetIn,
    ClassifierTargetOut,
    ClassifierTrainingParameters,
    CompletionDetailedJobOut,
    CompletionTrainingParameters,
    GithubRepositoryIn,
    GithubRepositoryOut,
    JobMetadataOut,
    LegacyJobMetadataOut,
    TrainingFile,
    WandbIntegration,
    WandbIntegrationOut,
)

S = TypeVar("S", bound=Schema)

TOKENS_OF_A_STEP = 131_072
TOKENS_OF_A_REPOSITORY = 50_000
BYTES_OF_A_TOKEN = 4
SECONDS_OF_A_STEP = 20
EUR_OF_A_MILLION_TOKENS = 2.0


MOST_STEPS = 1_000_000
MOST_EPOCHS = 10_000


def _can_be_trained(_: object, __: object, given: CompletionTrainingParameters) -> None:
    if given.training_steps is not None and not 1 <= given.training_steps <= MOST_STEPS:
        raise ValueError(f"`training_steps` must be from 1 to {MOST_STEPS}")
    if given.epochs is not None and not 0 < given.epochs <= MOST_EPOCHS:
        raise ValueError(f"`epochs` must be above 0, and at most {MOST_EPOCHS}")


@final
@attrs.frozen(kw_only=True)
class JobIn(Schema):
    """The body of a request for a job, with the defaults of the API."""

    model: str
    hyperparameters: CompletionTrainingParameters = attrs.field(validator=_can_be_trained)
    training_files: list[TrainingFile] = attrs.field(factory=list[TrainingFile])
    validation_files: list[str] | None = None
    suffix: str | None = None
    integrations: list[WandbIntegration] | None = None
    auto_start: bool = True
    invalid_sample_skip_percentage: float = attrs.field(
        default=0.0, validator=[attrs.validators.ge(0), attrs.validators.le(0.5)]
    )
    job_type: Literal["completion", "classifier"] | None = None
    repositories: list[GithubRepositoryIn] | None = None
    classifier_targets: list[ClassifierTargetIn] | None = None

    @property
    def makes_classifier(self) -> bool:
        """Whether the job trains a classifier, by its type or else by the presence of targets."""
        return (self.job_type or ("classifier" if self.classifier_targets else "")) == "classifier"


def read_order(state: State, request: Incoming) -> tuple[JobIn, Card]:
    """Return the requested job and the model to tune, or refuse the request as the API does."""
    order = structure_body(request, JobIn)
    if not (order.training_files or order.repositories):
        _refuse_order("At least one training file or repository is required.")
    if order.makes_classifier and not order.classifier_targets:
        _refuse_order("Classifier targets are required for a classifier job.")
    cards = state.models.values()
    card = next((card for card in cards if order.model in (card.id, *card.aliases)), None)
    if card is None:
        body = error_body(f"Invalid model: {order.model}", "invalid_model", "1500")
        raise RefusalError(400, body)
    if not card.capabilities.fine_tuning:
        kind = "classifier" if order.makes_classifier else "completion"
        message = f"Model not available for this type of fine-tuning ({kind})."
        raise RefusalError(422, {"detail": message})
    for file_id in (*(each.file_id for each in order.training_files), *_validation_files(order)):
        find_file(state, file_id)
    return order, card


def estimate(state: State, order: JobIn) -> LegacyJobMetadataOut:
    """Estimate a job by the size of its data and the number of its steps."""
    size = sum(len(state.files[each.file_id].content) for each in order.training_files)
    repositories = len(order.repositories or ())
    data_tokens = max(1, size // BYTES_OF_A_TOKEN + repositories * TOKENS_OF_A_REPOSITORY)
    steps = order.hyperparameters.training_steps
    if steps is None:
        epochs = order.hyperparameters.epochs or 1
        steps = max(1, ceil(epochs * data_tokens / TOKENS_OF_A_STEP))
    train_tokens = steps * TOKENS_OF_A_STEP
    return LegacyJobMetadataOut(
        expected_duration_seconds=steps * SECONDS_OF_A_STEP,
        cost=round(train_tokens / 1_000_000 * EUR_OF_A_MILLION_TOKENS, 2),
        cost_currency="EUR",
        train_tokens_per_step=TOKENS_OF_A_STEP,
        train_tokens=train_tokens,
        data_tokens=data_tokens,
        estimated_start_time=state.now,
        details="An estimate of the sandbox. No job was created.",
        epochs=round(train_tokens / data_tokens, 4),
        training_steps=steps,
    )


def make_job(state: State, order: JobIn, base: Card) -> TuningJob:
    """Return a job that has not started."""
    estimated = estimate(state, order)
    hyperparameters = attrs.evolve(order.hyperparameters, training_steps=estimated.training_steps)
    job_id = state.new_id()
    now = state.tick()
    shared: dict[str, Any] = {
        "id": job_id,
        "auto_start": order.auto_start,
        "model": base.id,
        "created_at": now,
        "modified_at": now,
        "training_files": [each.file_id for each in order.training_files],
        "validation_files": _validation_files(order),
        "suffix": order.suffix,
        "integrations": [_reported(each, job_id) for each in order.integrations or ()],
        "metadata": copied(estimated, JobMetadataOut),
    }
    details: CompletionDetailedJobOut | ClassifierDetailedJobOut
    if order.makes_classifier:
        details = ClassifierDetailedJobOut(
            **shared,
            hyperparameters=copied(hyperparameters, ClassifierTrainingParameters),
            classifier_targets=[*map(_target, order.classifier_targets or ())],
        )
    else:
        details = CompletionDetailedJobOut(
            **shared,
            hyperparameters=hyperparameters,
            repositories=[*map(_pinned, order.repositories or ())],
        )
    return TuningJob(details, base, order.invalid_sample_skip_percentage)


def copied(source: Schema, schema: type[S]) -> S:
    """Return an instance of a schema with the fields that it shares with an object."""
    return schema(**{field.name: getattr(source, field.name) for field in attrs.fields(schema)})


def _refuse_order(message: str) -> NoReturn:
    refuse_body("value_error", ["body", "job_in"], f"Value error, {message}", {})


def _validation_files(order: JobIn) -> list[str]:
    return order.validation_files or []


def _reported(given: WandbIntegration, job_id: str) -> WandbIntegrationOut | Unknown:
    return WandbIntegrationOut(
        project=given.project,
        name=given.name or None,
        run_name=given.run_name or None,
        url=f"https://wandb.ai/sandbox/{given.project}/runs/{job_id}",
    )


def _pinned(given: GithubRepositoryIn) -> GithubRepositoryOut | Unknown:
    source = f"{given.owner}/{given.name}@{given.ref or 'HEAD'}"
    return GithubRepositoryOut(
        name=given.name,
        owner=given.owner,
        ref=given.ref or None,
        weight=1.0 if given.weight is None else given.weight,
        commit_id=sha256(source.encode()).hexdigest()[:40],
    )


def _target(given: ClassifierTargetIn) -> ClassifierTargetOut:
    return ClassifierTargetOut(
        name=given.name,
        labels=given.labels,
        weight=1.0 if given.weight is None else given.weight,
        loss_function=given.loss_function or "single_class",
    )
