"""The steps of batch jobs."""

import json
from collections.abc import Callable, Iterable
from typing import Any

import attrs

from mistral_core import Response
from mistral_funcs.sandbox.behaviors.files import lines_of, store_file
from mistral_funcs.sandbox.dispatch import value_of
from mistral_funcs.sandbox.error_responses import RefusalError, refuse
from mistral_funcs.sandbox.routing import Incoming, match
from mistral_funcs.sandbox.state import State
from mistral_funcs.sandbox.stored import BatchWork
from mistral_funcs.sandbox.strict_json import parse_json
from mistral_funcs.schemas.batch.jobs import BatchError, BatchJobStatus

AGENTS = "/v1/agents/completions"

ENDPOINTS = (
    "/v1/audio/transcriptions",
    "/v1/chat/classifications",
    "/v1/chat/completions",
    "/v1/chat/moderations",
    "/v1/classifications",
    "/v1/embeddings",
    "/v1/fim/completions",
    "/v1/moderations",
    "/v1/ocr",
)
"""The endpoints of batch jobs. Agents complete chats, so their own endpoint is not included."""


def step(state: State, work: BatchWork) -> None:
    """Advance a job by one step, unless it has ended."""
    take = _STEPS.get(work.details.status or "")
    if take is not None:
        take(state, work)


def repeated(custom_ids: Iterable[str | None]) -> str | None:
    """Return an id that two requests share, if any."""
    seen: set[str] = set()
    for each in custom_ids:
        if each in seen:
            return each
        if each is not None:
            seen.add(each)
    return None


def _begin(state: State, work: BatchWork) -> None:
    """Read the files. An invalid one ends the job."""
    lines: list[bytes] = []
    for file_id in work.details.input_files:
        if file_id not in state.files:
            _end(state, work, "FAILED", f"File {file_id} has been deleted.")
            return
        lines += lines_of(state.files[file_id].content)
    fault = _fault(lines)
    if fault:
        _end(state, work, "FAILED", fault)
        return
    work.waiting += reversed(lines)
    work.details = attrs.evolve(work.details, status="RUNNING", started_at=state.tick())


def _fault(lines: list[bytes]) -> str:
    """Return a description of the first fault in the lines, or an empty string."""
    custom_ids: list[str | None] = []
    for number, line in enumerate(lines, start=1):
        try:
            value = parse_json(line)
        except ValueError:
            return f"Line {number} is not JSON."
        match value:
            case {"body": {}, "custom_id": str() | None as custom_id}:
                custom_ids.append(custom_id)
            case {"body": {}} if "custom_id" not in value:
                custom_ids.append(None)
            case _:
                return f"Line {number} is not an object with a `body` and a `custom_id`."
    twice = repeated(custom_ids)
    return "" if twice is None else f"The custom id {twice!r} is repeated."


def _run(state: State, work: BatchWork) -> None:
    if work.doomed is not None:
        _end(state, work, work.doomed, "The job ended early, as planned in the sandbox.")
        return
    pace = state.batch_pace or len(work.waiting)
    for _ in range(min(pace, len(work.waiting))):
        _process(state, work, json.loads(work.waiting.pop()))
    work.details = attrs.evolve(
        work.details,
        completed_requests=len(work.succeeded) + len(work.refused),
        succeeded_requests=len(work.succeeded),
        failed_requests=len(work.refused),
    )
    if not work.waiting:
        _end(state, work, "SUCCESS")


def _process(state: State, work: BatchWork, request: dict[str, Any]) -> None:
    """Process one request as if it had been sent separately."""
    details = work.details
    path = details.endpoint or ""
    sent = request["body"]
    if details.agent_id is not None:
        path, sent = AGENTS, {**sent, "agent_id": details.agent_id}
    if details.model is not None:
        sent = {**sent, "model": details.model}
    try:
        response = value_of(
            state, match("POST", path)[0], Incoming({}, {}, json.dumps(sent).encode())
        )
        if isinstance(response, Response):
            refuse(400, "A batch does not support streaming.")
        work.succeeded.append(_result(state, request, 200, response, None))
    except RefusalError as refusal:
        body: Any = refusal.body
        error = {"message": str(body.get("message") or body.get("detail"))}
        work.refused.append(_result(state, request, refusal.status, body, error))


def _result(state: State, request: dict[str, Any], status: int, body: Any, error: Any) -> bytes:
    result = {
        "id": f"batch-{state.new_id()}",
        "custom_id": request.get("custom_id"),
        "response": {"status_code": status, "body": body},
        "error": error,
    }
    return json.dumps(result, ensure_ascii=False).encode()


def _cancel(state: State, work: BatchWork) -> None:
    _end(state, work, "CANCELLED")


def _end(state: State, work: BatchWork, status: BatchJobStatus, error: str = "") -> None:
    """End a job, and store its results in files."""
    output_file = _store(state, work, work.succeeded, "result")
    error_file = _store(state, work, work.refused, "error")
    work.waiting.clear()
    work.details = attrs.evolve(
        work.details,
        status=status,
        errors=[BatchError(message=error)] if error else [],
        output_file=output_file,
        error_file=error_file,
        completed_at=state.tick(),
    )


def _store(state: State, work: BatchWork, results: list[bytes], kind: str) -> str | None:
    if not results:
        return None
    stored = store_file(
        state,
        content=b"".join(line + b"\n" for line in results),
        filename=f"{work.details.id}_{kind}s.jsonl",
        purpose="batch",
        sample_type=f"batch_{kind}",
        source="mistral",
    )
    results.clear()
    return stored.id


_STEPS: dict[str, Callable[[State, BatchWork], None]] = {
    "QUEUED": _begin,
    "RUNNING": _run,
    "CANCELLATION_REQUESTED": _cancel,
}
"""The step from each status. A job in any other status has ended."""
