"""The schemas of the fine-tuning jobs API.

Of a response only ids are required: what older and self-hosted servers leave out fails no call.
"""

from typing import Any, Literal, TypeAlias, final

import attrs

from mistral_core import UNSET, Schema, UnixTime, Unknown, Unset
from mistral_funcs.schemas.models import FTClassifierLossFunction

FineTuneableModelType: TypeAlias = Literal["completion", "classifier"] | str
"""What a job makes. An open set."""

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
"""How far a job is. An open set."""


# ---------------------------------------------------------------------------------- what is sent


@final
@attrs.frozen(kw_only=True)
class TrainingFile(Schema):
    """Name a file to train on.

    Attributes:
        file_id: The id of the file.
        weight: How much it counts, against the others.
    """

    file_id: str
    weight: float | None = None


@final
@attrs.frozen(kw_only=True)
class WandbIntegration(Schema):
    """Report a job to Weights & Biases.

    Attributes:
        type: `"wandb"`.
        project: The project that gets the run.
        name: The name of the run; by default the id of the job.
        api_key: The key for Weights & Biases. It is sent, and not shown.
        run_name: Another name of the run.
    """

    type: Literal["wandb"] = "wandb"
    project: str
    name: str | None | Unset = UNSET
    api_key: str = attrs.field(repr=False)
    run_name: str | None | Unset = UNSET


@final
@attrs.frozen(kw_only=True)
class GithubRepositoryIn(Schema):
    """Name a repository to train on.

    Attributes:
        type: `"github"`.
        name: The name of the repository.
        owner: Who owns it.
        ref: A branch, tag or commit.
        weight: How much it counts, against the others.
        token: The token by which it can be read. It is sent, and not shown.
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
    """Name one thing that a classifier is to tell.

    Attributes:
        name: What it tells.
        labels: The answers that it may give.
        weight: How much it counts in training.
        loss_function: How its error is measured.
    """

    name: str
    labels: list[str]
    weight: float | None = None
    loss_function: FTClassifierLossFunction | None | Unset = UNSET


@final
@attrs.frozen(kw_only=True)
class CompletionTrainingParametersIn(Schema):
    """Say how a model that completes text is trained.

    Attributes:
        training_steps: How often its weights are updated.
        learning_rate: How much an update changes them.
        weight_decay: How much large weights are held back.
        warmup_fraction: The share of the steps in which the learning rate rises.
        epochs: How often the training data is gone through.
        seq_len: The most tokens of a sample.
        fim_ratio: The share of the samples that are to be filled in the middle.
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
    """Say how a classifier is trained.

    Attributes:
        training_steps: How often its weights are updated.
        learning_rate: How much an update changes them.
        weight_decay: How much large weights are held back.
        warmup_fraction: The share of the steps in which the learning rate rises.
        epochs: How often the training data is gone through.
        seq_len: The most tokens of a sample.
    """

    training_steps: int | None | Unset = UNSET
    learning_rate: float | None = None
    weight_decay: float | None | Unset = UNSET
    warmup_fraction: float | None | Unset = UNSET
    epochs: float | None | Unset = UNSET
    seq_len: int | None | Unset = UNSET


# ------------------------------------------------------------------------------ what is received


@final
@attrs.frozen(kw_only=True)
class WandbIntegrationOut(Schema):
    """Tell where a job is reported.

    Attributes:
        type: `"wandb"`.
        project: The project that gets the run.
        name: The name of the run; by default the id of the job.
        run_name: Another name of the run.
        url: Where the run can be looked at.
    """

    type: Literal["wandb"] = "wandb"
    project: str | None = None
    name: str | None = None
    run_name: str | None = None
    url: str | None = None


@final
@attrs.frozen(kw_only=True)
class GithubRepositoryOut(Schema):
    """Tell which repository a job trains on.

    Attributes:
        type: `"github"`.
        name: The name of the repository.
        owner: Who owns it.
        ref: A branch, tag or commit.
        weight: How much it counts, against the others.
        commit_id: The commit that is read.
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
    """Name one thing that a classifier is to tell.

    Attributes:
        name: What it tells.
        labels: The answers that it may give.
        weight: How much it counts in training.
        loss_function: How its error is measured.
    """

    name: str | None = None
    labels: list[str] = attrs.field(factory=list[str])
    weight: float | None = None
    loss_function: FTClassifierLossFunction | None = None


@final
@attrs.frozen(kw_only=True)
class CompletionTrainingParameters(Schema):
    """Tell how a model that completes text is trained.

    Attributes:
        training_steps: How often its weights are updated.
        learning_rate: How much an update changes them.
        weight_decay: How much large weights are held back.
        warmup_fraction: The share of the steps in which the learning rate rises.
        epochs: How often the training data is gone through.
        seq_len: The most tokens of a sample.
        fim_ratio: The share of the samples that are to be filled in the middle.
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
    """Tell how a classifier is trained.

    Attributes:
        training_steps: How often its weights are updated.
        learning_rate: How much an update changes them.
        weight_decay: How much large weights are held back.
        warmup_fraction: The share of the steps in which the learning rate rises.
        epochs: How often the training data is gone through.
        seq_len: The most tokens of a sample.
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
    """Estimate what a job takes.

    Attributes:
        expected_duration_seconds: How long it takes.
        cost: What it costs.
        cost_currency: The currency of the cost.
        train_tokens_per_step: The tokens that one step trains on.
        train_tokens: The tokens that all steps train on.
        data_tokens: The tokens of the training data.
        estimated_start_time: When it starts, in seconds since 1970.
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
    """Estimate what a job would take: the answer to a dry run, which makes no job.

    Attributes:
        expected_duration_seconds: How long it would take.
        cost: What it would cost.
        cost_currency: The currency of the cost.
        train_tokens_per_step: The tokens that one step would train on.
        train_tokens: The tokens that all steps would train on.
        data_tokens: The tokens of the training data.
        estimated_start_time: When it would start, in seconds since 1970.
        deprecated: Whether this kind of answer is to go.
        details: What there is to say of it.
        epochs: How often the training data would be gone through.
        training_steps: How often the weights would be updated.
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
    """Record a change of a job's status.

    Attributes:
        name: The name of the event.
        data: What the event tells, such as the new status.
        created_at: When it was, in seconds since 1970.
    """

    name: str | None = None
    data: dict[str, Any] | None = None
    created_at: UnixTime | None = None


@final
@attrs.frozen(kw_only=True)
class MetricOut(Schema):
    """Measure how well a model does in training.

    Attributes:
        train_loss: Its error on the training data, which is to fall.
        valid_loss: Its error on the validation data, which is to fall.
        valid_mean_token_accuracy: How right its tokens are on the validation data.
    """

    train_loss: float | None = None
    valid_loss: float | None = None
    valid_mean_token_accuracy: float | None = None


@final
@attrs.frozen(kw_only=True)
class CheckpointOut(Schema):
    """Tell how far the training is.

    Attributes:
        metrics: How well the model does.
        step_number: The step after which that was measured.
        created_at: When it was, in seconds since 1970.
    """

    metrics: MetricOut = attrs.field(factory=MetricOut)
    step_number: int | None = None
    created_at: UnixTime | None = None


@final
@attrs.frozen(kw_only=True)
class CompletionJobOut(Schema):
    """Describe a job that makes a model which completes text.

    Attributes:
        id: The id, by which calls name it.
        auto_start: Whether it runs as soon as it is validated.
        model: The id of the model to fine-tune.
        status: How far it is.
        created_at: When it was made, in seconds since 1970.
        modified_at: When it last changed, in seconds since 1970.
        training_files: The ids of the files that it trains on.
        validation_files: The ids of the files that it is measured on.
        object: `"job"`.
        fine_tuned_model: The id of the model that it made.
        suffix: What the id of the model bears.
        integrations: Where it is reported.
        trained_tokens: How many tokens it trained on.
        metadata: What it takes.
        job_type: `"completion"`; older servers say `"FT"`.
        hyperparameters: How the model is trained.
        repositories: The repositories that it trains on.
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
    """Describe a job that makes a classifier.

    Attributes:
        id: The id, by which calls name it.
        auto_start: Whether it runs as soon as it is validated.
        model: The id of the model to fine-tune.
        status: How far it is.
        created_at: When it was made, in seconds since 1970.
        modified_at: When it last changed, in seconds since 1970.
        training_files: The ids of the files that it trains on.
        validation_files: The ids of the files that it is measured on.
        object: `"job"`.
        fine_tuned_model: The id of the model that it made.
        suffix: What the id of the model bears.
        integrations: Where it is reported.
        trained_tokens: How many tokens it trained on.
        metadata: What it takes.
        job_type: `"classifier"`.
        hyperparameters: How the classifier is trained.
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
"""A job, told apart by `job_type`."""

CreatedJobOut: TypeAlias = CompletionJobOut | ClassifierJobOut | LegacyJobMetadataOut | Unknown
"""A job, or what it would take where it was a dry run."""


@final
@attrs.frozen(kw_only=True)
class JobsOut(Schema):
    """List jobs, one page of them.

    Attributes:
        data: The jobs.
        object: `"list"`.
        total: How many there are on all pages.
    """

    data: list[JobOut] = attrs.field(factory=list[JobOut])
    object: str = "list"
    total: int | None = None


@final
@attrs.frozen(kw_only=True)
class CompletionDetailedJobOut(Schema):
    """Describe a job that makes a model which completes text, with its events and checkpoints.

    Attributes:
        id: The id, by which calls name it.
        auto_start: Whether it runs as soon as it is validated.
        model: The id of the model to fine-tune.
        status: How far it is.
        created_at: When it was made, in seconds since 1970.
        modified_at: When it last changed, in seconds since 1970.
        training_files: The ids of the files that it trains on.
        validation_files: The ids of the files that it is measured on.
        object: `"job"`.
        fine_tuned_model: The id of the model that it made.
        suffix: What the id of the model bears.
        integrations: Where it is reported.
        trained_tokens: How many tokens it trained on.
        metadata: What it takes.
        job_type: `"completion"`; older servers say `"FT"`.
        hyperparameters: How the model is trained.
        repositories: The repositories that it trains on.
        events: The changes of its status, the newest first.
        checkpoints: How the training went, the newest first.
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
    """Describe a job that makes a classifier, with its events and checkpoints.

    Attributes:
        id: The id, by which calls name it.
        auto_start: Whether it runs as soon as it is validated.
        model: The id of the model to fine-tune.
        status: How far it is.
        created_at: When it was made, in seconds since 1970.
        modified_at: When it last changed, in seconds since 1970.
        training_files: The ids of the files that it trains on.
        validation_files: The ids of the files that it is measured on.
        object: `"job"`.
        fine_tuned_model: The id of the model that it made.
        suffix: What the id of the model bears.
        integrations: Where it is reported.
        trained_tokens: How many tokens it trained on.
        metadata: What it takes.
        job_type: `"classifier"`.
        hyperparameters: How the classifier is trained.
        events: The changes of its status, the newest first.
        checkpoints: How the training went, the newest first.
        classifier_targets: What the classifier is to tell.
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
"""A job with its events and checkpoints, told apart by `job_type`."""
