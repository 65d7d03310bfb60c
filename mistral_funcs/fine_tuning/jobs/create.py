"""POST /v1/fine_tuning/jobs."""

from collections.abc import Mapping, Sequence
from typing import Any

from mistral_core import (
    JSON,
    UNSET,
    Failure,
    MistralCore,
    RequestOptions,
    Result,
    Unset,
    operation,
)
from mistral_funcs.schemas.fine_tuning.jobs import (
    ClassifierTargetIn,
    ClassifierTrainingParametersIn,
    CompletionTrainingParametersIn,
    CreatedJobOut,
    FineTuneableModelType,
    GithubRepositoryIn,
    TrainingFile,
    WandbIntegration,
)


@operation("POST", "/v1/fine_tuning/jobs", returns=JSON(CreatedJobOut), query=("dry_run",))
async def fine_tuning_jobs_create(
    client: MistralCore,
    *,
    model: str,
    hyperparameters: CompletionTrainingParametersIn
    | ClassifierTrainingParametersIn
    | Mapping[str, Any],
    training_files: Sequence[TrainingFile | Mapping[str, Any]] | None = None,
    validation_files: Sequence[str] | None | Unset = UNSET,
    suffix: str | None | Unset = UNSET,
    integrations: Sequence[WandbIntegration | Mapping[str, Any]] | None | Unset = UNSET,
    auto_start: bool | None = None,
    invalid_sample_skip_percentage: float | None = None,
    job_type: FineTuneableModelType | None | Unset = UNSET,
    repositories: Sequence[GithubRepositoryIn | Mapping[str, Any]] | None | Unset = UNSET,
    classifier_targets: Sequence[ClassifierTargetIn | Mapping[str, Any]] | None | Unset = UNSET,
    dry_run: bool | None = None,
    options: RequestOptions | None = None,
) -> Result[CreatedJobOut, Failure]:
    """Create a fine-tuning job.

    Args:
        client: The client to call through.
        model: The id of the model to fine-tune.
        hyperparameters: How the model is trained.
        training_files: The files to train on.
        validation_files: The ids of the files to measure the model on.
        suffix: What the id of the new model is to bear.
        integrations: Where the job is reported.
        auto_start: Whether the job runs as soon as it is validated.
        invalid_sample_skip_percentage: The share of the samples that may be invalid, up to 0.5.
        job_type: What the job makes.
        repositories: The repositories to train on.
        classifier_targets: What a classifier is to tell.
        dry_run: Whether no job is made, and only an estimate of what it would take.
        options: What this one call does differently.

    Returns:
        The job; or, of a dry run, the estimate.
    """
    ...
