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
        client: The client to use.
        model: ID of the model to fine-tune.
        hyperparameters: Hyperparameters of the training.
        training_files: Files to train on.
        validation_files: IDs of the validation files.
        suffix: Suffix for the ID of the fine-tuned model.
        integrations: Integrations that the job reports to.
        auto_start: Whether to start the job as soon as it is validated.
        invalid_sample_skip_percentage: Share of invalid samples to tolerate, from 0 to 0.5.
            Defaults to 0.
        job_type: Type of the job.
        repositories: Repositories to train on.
        classifier_targets: Targets of a classifier.
        dry_run: Whether to return an estimate instead of creating a job.
        options: Per-call overrides: headers, timeout, retries, server URL.

    Returns:
        The job, or an estimate if `dry_run` is true.
    """
    ...
