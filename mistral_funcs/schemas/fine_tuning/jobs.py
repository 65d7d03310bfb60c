"""Schemas of the fine-tuning job operations.

Responses require only IDs, because older and self-hosted servers omit other fields.
"""

from typing import Any, Literal, TypeAlias, final

import attrs

from mistral_core import UNSET, Schema, UnixTime, Unknown, Unset
from mistral_funcs.schemas.fine_tuning.models import FTClassifierLossFunction

FineTuneableModelType: TypeAlias = Literal["completion", "classifier"] | str
"""Type of a fine-tuning job. Other values are accepted."""

JobStatus: TypeAlias = (
    Literal[
        "QUEUED",
        "STARTED",
        "VALIDATING",
        "VALIDATED",
        "RUNNING",
        "FAILED_VALIDATION",
        "FAILED",
        "SUCCESS",
        "CANCELLED",
        "CANCELLATION_REQUESTED",
    ]
    | str
)
"""Status of a fine-tuning job. Other values are accepted."""


# ----------------------------------------------------------------------------------------- requests


@final
@attrs.frozen(kw_only=True)
class TrainingFile(Schema):
    """A file to train on.

    Attributes:
        file_id: ID of the file.
        weight: Weight relative to the other sources.
    """

    file_id: str
    weight: float | None = None


@final
@attrs.frozen(kw_only=True)
class WandbIntegration(Schema):
    """Integration of a job with Weights & Biases.

    Attributes:
        type: `"wandb"`.
        project: Project that the run belongs to.
        name: Name of the run. Defaults to the ID of the job.
        api_key: API key for Weights & Biases. Not part of the repr.
        run_name: Alternative name of the run.
    """

    type: Literal["wandb"] = "wandb"
    project: str
    name: str | None | Unset = UNSET
    api_key: str = attrs.field(repr=False)
    run_name: str | None | Unset = UNSET


@final
@attrs.frozen(kw_only=True)
class GithubRepositoryIn(Schema):
    """A GitHub repository to train on.

    Attributes:
        type: `"github"`.
        name: Name of the repository.
        owner: Owner of the repository.
        ref: A branch, tag or commit.
        weight: Weight relative to the other sources.
        token: Token with read access to the repository. Not part of the repr.
    """

    type: Literal["github"] = "github"
    name: str
    owner: str
    ref: str | None | Unset = UNSET
    weight: float | None = None
    token: str = attrs.field(repr=False)


@final
@attrs.frozen(kw_only=True)
class ClassifierTargetIn(Schema):
    """A target of a classifier.

    Attributes:
        name: Name of the target.
        labels: Labels to choose from.
        weight: Weight of the target in training.
        loss_function: Loss function of the target.
    """

    name: str
    labels: list[str]
    weight: float | None = None
    loss_function: FTClassifierLossFunction | None | Unset = UNSET


@final
@attrs.frozen(kw_only=True)
class CompletionTrainingParametersIn(Schema):
    """Hyperparameters for training a completion model.

    Attributes:
        training_steps: Number of training steps. Each step updates the weights once.
        learning_rate: Size of the weight updates.
        weight_decay: Strength of weight decay, which keeps the weights small.
        warmup_fraction: Share of the steps in which the learning rate rises.
        epochs: Number of passes over the training data.
        seq_len: Maximum number of tokens per sample.
        fim_ratio: Share of fill-in-the-middle samples.
    """

    training_steps: int | None | Unset = UNSET
    learning_rate: float | None = None
    weight_decay: float | None | Unset = UNSET
    warmup_fraction: float | None | Unset = UNSET
    epochs: float | None | Unset = UNSET
    seq_len: int | None | Unset = UNSET
    fim_ratio: float | None | Unset = UNSET


@final
@attrs.frozen(kw_only=True)
class ClassifierTrainingParametersIn(Schema):
    """Hyperparameters for training a classifier.

    Attributes:
        training_steps: Number of training steps. Each step updates the weights once.
        learning_rate: Size of the weight updates.
        weight_decay: Strength of weight decay, which keeps the weights small.
        warmup_fraction: Share of the steps in which the learning rate rises.
        epochs: Number of passes over the training data.
        seq_len: Maximum number of tokens per sample.
    """

    training_steps: int | None | Unset = UNSET
    learning_rate: float | None = None
    weight_decay: float | None | Unset = UNSET
    warmup_fraction: float | None | Unset = UNSET
    epochs: float | None | Unset = UNSET
    seq_len: int | None | Unset = UNSET


# ---------------------------------------------------------------------------------------- responses


@final
@attrs.frozen(kw_only=True)
class WandbIntegrationOut(Schema):
    """Integration of a job with Weights & Biases.

    Attributes:
        type: `"wandb"`.
        project: Project that the run belongs to.
        name: Name of the run. Defaults to the ID of the job.
        run_name: Alternative name of the run.
        url: URL of the run.
    """

    type: Literal["wandb"] = "wandb"
    project: str | None = None
    name: str | None = None
    run_name: str | None = None
    url: str | None = None


@final
@attrs.frozen(kw_only=True)
class GithubRepositoryOut(Schema):
    """A GitHub repository that a job trains on.

    Attributes:
        type: `"github"`.
        name: Name of the repository.
        owner: Owner of the repository.
        ref: A branch, tag or commit.
        weight: Weight relative to the other sources.
        commit_id: Commit that the job trains on.
    """

    type: Literal["github"] = "github"
    name: str | None = None
    owner: str | None = None
    ref: str | None = None
    weight: float = 1.0
    commit_id: str | None = None


@final
@attrs.frozen(kw_only=True)
class ClassifierTargetOut(Schema):
    """A target of a classifier.

    Attributes:
        name: Name of the target.
        labels: Labels to choose from.
        weight: Weight of the target in training.
        loss_function: Loss function of the target.
    """

    name: str | None = None
    labels: list[str] = attrs.field(factory=list[str])
    weight: float | None = None
    loss_function: FTClassifierLossFunction | None = None


@final
@attrs.frozen(kw_only=True)
class CompletionTrainingParameters(Schema):
    """Hyperparameters for training a completion model.

    Attributes:
        training_steps: Number of training steps. Each step updates the weights once.
        learning_rate: Size of the weight updates.
        weight_decay: Strength of weight decay, which keeps the weights small.
        warmup_fraction: Share of the steps in which the learning rate rises.
        epochs: Number of passes over the training data.
        seq_len: Maximum number of tokens per sample.
        fim_ratio: Share of fill-in-the-middle samples.
    """

    training_steps: int | None = None
    learning_rate: float = 0.0001
    weight_decay: float | None = 0.1
    warmup_fraction: float | None = 0.05
    epochs: float | None = None
    seq_len: int | None = None
    fim_ratio: float | None = 0.9


@final
@attrs.frozen(kw_only=True)
class ClassifierTrainingParameters(Schema):
    """Hyperparameters for training a classifier.

    Attributes:
        training_steps: Number of training steps. Each step updates the weights once.
        learning_rate: Size of the weight updates.
        weight_decay: Strength of weight decay, which keeps the weights small.
        warmup_fraction: Share of the steps in which the learning rate rises.
        epochs: Number of passes over the training data.
        seq_len: Maximum number of tokens per sample.
    """

    training_steps: int | None = None
    learning_rate: float = 0.0001
    weight_decay: float | None = 0.1
    warmup_fraction: float | None = 0.05
    epochs: float | None = None
    seq_len: int | None = None


@final
@attrs.frozen(kw_only=True)
class JobMetadataOut(Schema):
    """Estimated duration and cost of a job.

    Attributes:
        expected_duration_seconds: Expected duration, in seconds.
        cost: Expected cost.
        cost_currency: Currency of the cost.
        train_tokens_per_step: Number of tokens per training step.
        train_tokens: Number of tokens in all training steps.
        data_tokens: Number of tokens in the training data.
        estimated_start_time: Estimated start time, in seconds since the Unix epoch.
    """

    expected_duration_seconds: int | None = None
    cost: float | None = None
    cost_currency: str | None = None
    train_tokens_per_step: int | None = None
    train_tokens: int | None = None
    data_tokens: int | None = None
    estimated_start_time: UnixTime | None = None


@final
@attrs.frozen(kw_only=True)
class LegacyJobMetadataOut(Schema):
    """Estimated duration and cost of a job: the response to a dry run.

    Attributes:
        expected_duration_seconds: Expected duration, in seconds.
        cost: Expected cost.
        cost_currency: Currency of the cost.
        train_tokens_per_step: Number of tokens per training step.
        train_tokens: Number of tokens in all training steps.
        data_tokens: Number of tokens in the training data.
        estimated_start_time: Estimated start time, in seconds since the Unix epoch.
        deprecated: Whether this response format is deprecated.
        details: Explanatory message.
        epochs: Number of passes over the training data.
        training_steps: Number of training steps.
        object: `"job.metadata"`.
    """

    expected_duration_seconds: int | None = None
    cost: float | None = None
    cost_currency: str | None = None
    train_tokens_per_step: int | None = None
    train_tokens: int | None = None
    data_tokens: int | None = None
    estimated_start_time: UnixTime | None = None
    deprecated: bool = True
    details: str | None = None
    epochs: float | None = None
    training_steps: int | None = None
    object: str = "job.metadata"


@final
@attrs.frozen(kw_only=True)
class EventOut(Schema):
    """A status change of a job.

    Attributes:
        name: Name of the event.
        data: Data of the event, such as the new status.
        created_at: Time of the event, in seconds since the Unix epoch.
    """

    name: str | None = None
    data: dict[str, Any] | None = None
    created_at: UnixTime | None = None


@final
@attrs.frozen(kw_only=True)
class MetricOut(Schema):
    """Training metrics of a model.

    Attributes:
        train_loss: Loss on the training data.
        valid_loss: Loss on the validation data.
        valid_mean_token_accuracy: Mean token accuracy on the validation data.
    """

    train_loss: float | None = None
    valid_loss: float | None = None
    valid_mean_token_accuracy: float | None = None


@final
@attrs.frozen(kw_only=True)
class CheckpointOut(Schema):
    """A checkpoint of the training.

    Attributes:
        metrics: Metrics at this step.
        step_number: Number of completed training steps.
        created_at: Time of the checkpoint, in seconds since the Unix epoch.
    """

    metrics: MetricOut = attrs.field(factory=MetricOut)
    step_number: int | None = None
    created_at: UnixTime | None = None


@final
@attrs.frozen(kw_only=True)
class CompletionJobOut(Schema):
    """A job that fine-tunes a completion model.

    Attributes:
        id: ID to pass to the API.
        auto_start: Whether the job starts as soon as it is validated.
        model: ID of the model to fine-tune.
        status: Status of the job.
        created_at: Time of creation, in seconds since the Unix epoch.
        modified_at: Time of the last change, in seconds since the Unix epoch.
        training_files: IDs of the training files.
        validation_files: IDs of the validation files.
        object: `"job"`.
        fine_tuned_model: ID of the fine-tuned model, once it exists.
        suffix: Suffix of the ID of the fine-tuned model.
        integrations: Integrations that the job reports to.
        trained_tokens: Number of tokens trained on.
        metadata: Estimated duration and cost of the job.
        job_type: `"completion"`. Older servers send `"FT"`.
        hyperparameters: Hyperparameters of the training.
        repositories: Repositories to train on.
    """

    id: str
    auto_start: bool | None = None
    model: str | None = None
    status: JobStatus | None = None
    created_at: UnixTime | None = None
    modified_at: UnixTime | None = None
    training_files: list[str] = attrs.field(factory=list[str])
    validation_files: list[str] | None = attrs.field(factory=list[str])
    object: str = "job"
    fine_tuned_model: str | None = None
    suffix: str | None = None
    integrations: list[WandbIntegrationOut | Unknown] | None = None
    trained_tokens: int | None = None
    metadata: JobMetadataOut | None = None
    job_type: Literal["completion", "FT"] = "completion"
    hyperparameters: CompletionTrainingParameters = attrs.field(
        factory=CompletionTrainingParameters
    )
    repositories: list[GithubRepositoryOut | Unknown] = attrs.field(
        factory=list[GithubRepositoryOut | Unknown]
    )


@final
@attrs.frozen(kw_only=True)
class ClassifierJobOut(Schema):
    """A job that fine-tunes a classifier.

    Attributes:
        id: ID to pass to the API.
        auto_start: Whether the job starts as soon as it is validated.
        model: ID of the model to fine-tune.
        status: Status of the job.
        created_at: Time of creation, in seconds since the Unix epoch.
        modified_at: Time of the last change, in seconds since the Unix epoch.
        training_files: IDs of the training files.
        validation_files: IDs of the validation files.
        object: `"job"`.
        fine_tuned_model: ID of the fine-tuned model, once it exists.
        suffix: Suffix of the ID of the fine-tuned model.
        integrations: Integrations that the job reports to.
        trained_tokens: Number of tokens trained on.
        metadata: Estimated duration and cost of the job.
        job_type: `"classifier"`.
        hyperparameters: Hyperparameters of the training.
    """

    id: str
    auto_start: bool | None = None
    model: str | None = None
    status: JobStatus | None = None
    created_at: UnixTime | None = None
    modified_at: UnixTime | None = None
    training_files: list[str] = attrs.field(factory=list[str])
    validation_files: list[str] | None = attrs.field(factory=list[str])
    object: str = "job"
    fine_tuned_model: str | None = None
    suffix: str | None = None
    integrations: list[WandbIntegrationOut | Unknown] | None = None
    trained_tokens: int | None = None
    metadata: JobMetadataOut | None = None
    job_type: Literal["classifier"] = "classifier"
    hyperparameters: ClassifierTrainingParameters = attrs.field(
        factory=ClassifierTrainingParameters
    )


JobOut: TypeAlias = CompletionJobOut | ClassifierJobOut | Unknown
"""A fine-tuning job, discriminated by `job_type`."""

CreatedJobOut: TypeAlias = CompletionJobOut | ClassifierJobOut | LegacyJobMetadataOut | Unknown
"""A fine-tuning job, or the estimate of a dry run."""


@final
@attrs.frozen(kw_only=True)
class JobsOut(Schema):
    """A page of fine-tuning jobs.

    Attributes:
        data: The jobs.
        object: `"list"`.
        total: Total number of jobs on all pages.
    """

    data: list[JobOut] = attrs.field(factory=list[JobOut])
    object: str = "list"
    total: int | None = None


@final
@attrs.frozen(kw_only=True)
class CompletionDetailedJobOut(Schema):
    """A job that fine-tunes a completion model, with its events and checkpoints.

    Attributes:
        id: ID to pass to the API.
        auto_start: Whether the job starts as soon as it is validated.
        model: ID of the model to fine-tune.
        status: Status of the job.
        created_at: Time of creation, in seconds since the Unix epoch.
        modified_at: Time of the last change, in seconds since the Unix epoch.
        training_files: IDs of the training files.
        validation_files: IDs of the validation files.
        object: `"job"`.
        fine_tuned_model: ID of the fine-tuned model, once it exists.
        suffix: Suffix of the ID of the fine-tuned model.
        integrations: Integrations that the job reports to.
        trained_tokens: Number of tokens trained on.
        metadata: Estimated duration and cost of the job.
        job_type: `"completion"`. Older servers send `"FT"`.
        hyperparameters: Hyperparameters of the training.
        repositories: Repositories to train on.
        events: Status changes, newest first.
        checkpoints: Checkpoints, newest first.
    """

    id: str
    auto_start: bool | None = None
    model: str | None = None
    status: JobStatus | None = None
    created_at: UnixTime | None = None
    modified_at: UnixTime | None = None
    training_files: list[str] = attrs.field(factory=list[str])
    validation_files: list[str] | None = attrs.field(factory=list[str])
    object: str = "job"
    fine_tuned_model: str | None = None
    suffix: str | None = None
    integrations: list[WandbIntegrationOut | Unknown] | None = None
    trained_tokens: int | None = None
    metadata: JobMetadataOut | None = None
    job_type: Literal["completion", "FT"] = "completion"
    hyperparameters: CompletionTrainingParameters = attrs.field(
        factory=CompletionTrainingParameters
    )
    repositories: list[GithubRepositoryOut | Unknown] = attrs.field(
        factory=list[GithubRepositoryOut | Unknown]
    )
    events: list[EventOut] = attrs.field(factory=list[EventOut])
    checkpoints: list[CheckpointOut] = attrs.field(factory=list[CheckpointOut])


@final
@attrs.frozen(kw_only=True)
class ClassifierDetailedJobOut(Schema):
    """A job that fine-tunes a classifier, with its events and checkpoints.

    Attributes:
        id: ID to pass to the API.
        auto_start: Whether the job starts as soon as it is validated.
        model: ID of the model to fine-tune.
        status: Status of the job.
        created_at: Time of creation, in seconds since the Unix epoch.
        modified_at: Time of the last change, in seconds since the Unix epoch.
        training_files: IDs of the training files.
        validation_files: IDs of the validation files.
        object: `"job"`.
        fine_tuned_model: ID of the fine-tuned model, once it exists.
        suffix: Suffix of the ID of the fine-tuned model.
        integrations: Integrations that the job reports to.
        trained_tokens: Number of tokens trained on.
        metadata: Estimated duration and cost of the job.
        job_type: `"classifier"`.
        hyperparameters: Hyperparameters of the training.
        events: Status changes, newest first.
        checkpoints: Checkpoints, newest first.
        classifier_targets: Targets of the classifier.
    """

    id: str
    auto_start: bool | None = None
    model: str | None = None
    status: JobStatus | None = None
    created_at: UnixTime | None = None
    modified_at: UnixTime | None = None
    training_files: list[str] = attrs.field(factory=list[str])
    validation_files: list[str] | None = attrs.field(factory=list[str])
    object: str = "job"
    fine_tuned_model: str | None = None
    suffix: str | None = None
    integrations: list[WandbIntegrationOut | Unknown] | None = None
    trained_tokens: int | None = None
    metadata: JobMetadataOut | None = None
    job_type: Literal["classifier"] = "classifier"
    hyperparameters: ClassifierTrainingParameters = attrs.field(
        factory=ClassifierTrainingParameters
    )
    events: list[EventOut] = attrs.field(factory=list[EventOut])
    checkpoints: list[CheckpointOut] = attrs.field(factory=list[CheckpointOut])
    classifier_targets: list[ClassifierTargetOut] = attrs.field(factory=list[ClassifierTargetOut])


DetailedJobOut: TypeAlias = CompletionDetailedJobOut | ClassifierDetailedJobOut | Unknown
"""A fine-tuning job with its events and checkpoints, discriminated by `job_type`."""
