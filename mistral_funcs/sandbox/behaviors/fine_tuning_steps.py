"""The steps of fine-tuning jobs."""

from collections.abc import Callable
from datetime import UTC, datetime
from hashlib import sha256
from io import BytesIO
from typing import Any

import attrs

from mistral_funcs.sandbox.state import State, keep
from mistral_funcs.sandbox.stored import StoredFile, TuningJob
from mistral_funcs.sandbox.strict_json import parse_json
from mistral_funcs.schemas.fine_tuning.jobs import (
    CheckpointOut,
    ClassifierDetailedJobOut,
    EventOut,
    JobStatus,
    MetricOut,
)
from mistral_funcs.schemas.models import BaseModelCard, FTModelCard, ModelCapabilities

CHECKPOINTS = 3
WORKSPACE = "587a6b29"
"""The part of a model id that the suffix replaces."""


def step(state: State, job: TuningJob) -> None:
    """Advance a job by one step, unless it has ended or waits for a start."""
    take = _STEPS.get(job.details.status or "")
    if take is not None:
        take(state, job)


def set_status(
    state: State, job: TuningJob, status: JobStatus, error: str | None = None, **changes: Any
) -> None:
    """Set the status of a job, and record it as its newest event."""
    now = state.tick()
    data = {"status": status} if error is None else {"status": status, "error": error}
    event = EventOut(name="status-updated", data=data, created_at=now)
    events = [event, *job.details.events]
    job.details = attrs.evolve(
        job.details, status=status, modified_at=now, events=events, **changes
    )


def _begin_validation(state: State, job: TuningJob) -> None:
    set_status(state, job, "VALIDATING")


def _validate(state: State, job: TuningJob) -> None:
    file_ids = (*job.details.training_files, *(job.details.validation_files or ()))
    for file_id in file_ids:
        stored = state.files.get(file_id)
        if stored is None:
            fault = f"File {file_id} has been deleted."
        else:
            fault = _fault(stored, job.invalid_sample_skip_percentage)
        if fault:
            set_status(state, job, "FAILED_VALIDATION", fault)
            return
    set_status(state, job, "VALIDATED")


def _start_by_itself(state: State, job: TuningJob) -> None:
    if job.details.auto_start:
        _run(state, job)


def _run(state: State, job: TuningJob) -> None:
    set_status(state, job, "RUNNING")


def _train(state: State, job: TuningJob) -> None:
    done = len(job.details.checkpoints)
    if job.doomed:
        set_status(state, job, "FAILED", "The training failed, as planned in the sandbox.")
    elif done < CHECKPOINTS:
        checkpoints = [_checkpoint(state, job, done + 1), *job.details.checkpoints]
        job.details = attrs.evolve(job.details, modified_at=state.now, checkpoints=checkpoints)
    else:
        _succeed(state, job)


def _succeed(state: State, job: TuningJob) -> None:
    metadata = job.details.metadata
    set_status(state, job, "SUCCESS", trained_tokens=metadata and metadata.train_tokens)
    card = _tuned_model(state, job)
    keep(state.models, card.id, card, is_permanent=lambda each: isinstance(each, BaseModelCard))
    job.details = attrs.evolve(job.details, fine_tuned_model=card.id)


def _cancel(state: State, job: TuningJob) -> None:
    set_status(state, job, "CANCELLED")


_STEPS: dict[str, Callable[[State, TuningJob], None]] = {
    "QUEUED": _begin_validation,
    "VALIDATING": _validate,
    "VALIDATED": _start_by_itself,
    "STARTED": _run,
    "RUNNING": _train,
    "CANCELLATION_REQUESTED": _cancel,
}
"""The step from each status. A job in any other status has ended."""


def _fault(stored: StoredFile, skip: float) -> str:
    """Return a description of the invalid samples in a file, or an empty string."""
    lines, wrong = 0, list[int]()
    for number, line in enumerate(BytesIO(stored.content), start=1):
        if line.strip():
            lines += 1
            if not _is_object(line):
                wrong.append(number)
    if not lines:
        return f"{stored.about.filename} has no samples."
    if len(wrong) / lines <= skip:
        return ""
    more = f", and {len(wrong) - 1} more are not" if len(wrong) > 1 else ""
    return f"{stored.about.filename}, line {wrong[0]}: it is not a JSON object{more}."


def _is_object(line: bytes) -> bool:
    try:
        return isinstance(parse_json(line), dict)
    except ValueError:
        return False


def _checkpoint(state: State, job: TuningJob, number: int) -> CheckpointOut:
    """Return a checkpoint with better metrics than the previous one."""
    steps = job.details.hyperparameters.training_steps or CHECKPOINTS
    metrics = MetricOut(train_loss=round(2 / (number + 1), 4))
    if job.details.validation_files:
        metrics = attrs.evolve(
            metrics,
            valid_loss=round(2.2 / (number + 1), 4),
            valid_mean_token_accuracy=round(1 - 0.5 / number, 4),
        )
    return CheckpointOut(
        metrics=metrics,
        step_number=max(1, steps * number // CHECKPOINTS),
        created_at=state.tick(),
    )


def _tuned_model(state: State, job: TuningJob) -> FTModelCard:
    classifies = isinstance(job.details, ClassifierDetailedJobOut)
    capabilities = attrs.evolve(job.base.capabilities, fine_tuning=False)
    named = job.details.suffix or WORKSPACE
    day = datetime.fromtimestamp(state.now, UTC).strftime("%Y%m%d")
    digits = sha256(job.details.id.encode()).hexdigest()[:8]
    kind = "ft:classifier" if classifies else "ft"
    return FTModelCard(
        id=f"{kind}:{job.base.id}:{named}:{day}:{digits}",
        created=state.now,
        owned_by="sandbox",
        name=job.details.suffix,
        capabilities=ModelCapabilities(classification=True) if classifies else capabilities,
        max_context_length=job.base.max_context_length,
        job=job.details.id,
        root=job.base.id,
    )
