"""The progress of a job: drawn on a terminal, or as a line of text."""

from collections.abc import Iterator
from typing import Any

from rich.console import Group, RenderableType
from rich.progress_bar import ProgressBar
from rich.table import Table
from rich.text import Text

from mistral_core.http.text import in_one_line
from mistral_funcs.cli.render.cells import cell
from mistral_funcs.cli.render.loss_curve import LossCurve, Point
from mistral_funcs.cli.render.untyped import as_array, as_number, as_object, unstructured

COLORS = {
    "SUCCESS": "green",
    "RUNNING": "cyan",
    "FAILED": "red",
    "FAILED_VALIDATION": "red",
    "done": "green",
    "in_progress": "cyan",
    "error": "red",
    "missing_content": "red",
}
"""The colors of job and document statuses."""

LOSSES = {"train_loss": "train loss", "valid_loss": "validation loss"}
BAR = 40


def draw(job: Any) -> RenderableType:
    """Draw a job: its status, its progress, and its losses as curves."""
    fields = unstructured(job)
    grid = Table.grid(padding=(0, 2))
    grid.add_column(overflow="fold")
    grid.add_column(overflow="fold")
    status = in_one_line(status_of(fields))
    grid.add_row("status", Text(status, style=f"bold {COLORS.get(status, 'yellow')}"))
    for field in ("id", "model", "fine_tuned_model", "endpoint"):
        if fields.get(field):
            grid.add_row(field.replace("_", " "), Text(in_one_line(str(fields[field]))))
    unit, done, total = progress(fields)
    if total:
        row = Table.grid(padding=(0, 2))
        row.add_column(max_width=BAR)
        row.add_column(overflow="fold")
        row.add_row(ProgressBar(total, min(done, total)), f"{done:g}/{total:g} {unit}s")
        grid.add_row("progress", row)
    curves = [losses(fields, measure) for measure in LOSSES]
    for title, points in zip(LOSSES.values(), curves, strict=True):
        if points:
            grid.add_row(title, cell(title, points[-1][1]))
    drawn = [curve for curve in curves if len(curve) > 1]
    return Group(grid, "", LossCurve(drawn)) if drawn else grid


def in_a_line(job: Any) -> str:
    """Return a job as a line of text."""
    return "  ".join(in_one_line(fact) for fact in _facts(unstructured(job))) + "\n"


def _facts(fields: dict[str, Any]) -> Iterator[str]:
    yield status_of(fields)
    unit, done, total = progress(fields)
    if done:
        yield f"{unit} {done:g}/{total:g}" if total else f"{unit} {done:g}"
    for measure, title in LOSSES.items():
        if points := losses(fields, measure):
            yield f"{title} {cell(measure, points[-1][1])}"
    if fields.get("fine_tuned_model"):
        yield f"model {fields['fine_tuned_model']}"


def status_of(fields: dict[str, Any]) -> str:
    """Return the status of a job or a document."""
    return str(fields.get("status", fields.get("process_status")))


def progress(fields: dict[str, Any]) -> tuple[str, float, float]:
    """Return the unit of a job's progress, the completed count and the total, 0 if unknown."""
    if "total_requests" in fields:
        done, total = (as_number(fields.get(f"{each}_requests")) for each in ("completed", "total"))
        return "request", done or 0, total or 0
    steps = [step for step, _ in _measured(fields)]
    total = as_number(as_object(fields.get("hyperparameters")).get("training_steps"))
    return "step", max(steps, default=0), total or 0


def losses(fields: dict[str, Any], measure: str) -> list[Point]:
    """Return the steps of a job's checkpoints in ascending order, each with its loss."""
    measured = ((step, as_number(metrics.get(measure))) for step, metrics in _measured(fields))
    return sorted((step, loss) for step, loss in measured if loss is not None)


def _measured(fields: dict[str, Any]) -> Iterator[tuple[float, dict[str, Any]]]:
    for each in as_array(fields.get("checkpoints")):
        checkpoint = as_object(each)
        step = as_number(checkpoint.get("step_number"))
        yield step or 0, as_object(checkpoint.get("metrics"))
