"""The steps of the batch jobs of the sandbox."""

import json
from collections.abc import Callable, Iterable
from typing import Any

import attrs

from mistral_core import Response
from mistral_funcs.sandbox.behaviors.files import lines_of, store_file
from mistral_funcs.sandbox.dispatch import value_of
from mistral_funcs.sandbox.error_responses import RefusalError, refuse
from mistral_funcs.sandbox.routing import Incoming, match
from mistral_funcs.sandbox.state import BatchWork, State
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
"""The endpoints of batch jobs. An agent completes chats: its own endpoint is not among them."""


def step(state: State, work: BatchWork) -> None:
    """Let a job take its next step, unless it has ended."""
    take = _STEPS.get(work.details.status or "")
    if take is not None:
        take(state, work)


def repeated(custom_ids: Iterable[str | None]) -> str | None:
    """Return an id that two requests share, if there is one."""
    seen: set[str] = set()
    for each in custom_ids:
        if each in seen:
            return each
        if each is not None:
            seen.add(each)
    return None


def _begin(state: State, work: BatchWork) -> None:
    """Read the files; what is wrong with one of them ends the job."""
    lines: list[bytes] = []
    for file_id in work.details.input_files:
        if file_id not in state.files:
            _end(state, work, "FAILED", f"File {file_id} is gone.")
            return
        lines += lines_of(state.files[file_id].content)
    fault = _fault(lines)
    if fault:
        _end(state, work, "FAILED", fault)
        return
    work.waiting += reversed(lines)
    work.details = attrs.evolve(work.details, status="RUNNING", started_at=state.tick())


def _fault(lines: list[bytes]) -> str:
    """Return what is wrong with the lines of all files; nothing is an empty text."""
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
                return f"Line {number} is no object with a `body` and a `custom_id`."
    twice = repeated(custom_ids)
    return "" if twice is None else f"The custom id {twice!r} is there twice."


def _run(state: State, work: BatchWork) -> None:
    if work.doomed is not None:
        _end(state, work, work.doomed, "The job broke off, as the sandbox was told.")
        return
    pace = state.batch_pace or len(work.waiting)
    for _ in range(min(pace, len(work.waiting))):
        _answer(state, work, json.loads(work.waiting.pop()))
    work.details = attrs.evolve(
        work.details,
        completed_requests=len(work.answered) + len(work.refused),
        succeeded_requests=len(work.answered),
        failed_requests=len(work.refused),
    )
    if not work.waiting:
        _end(state, work, "SUCCESS")


def _answer(state: State, work: BatchWork, asked: dict[str, Any]) -> None:
    """Answer one request, as if it had come by itself."""
    details = work.details
    path = details.endpoint or ""
    body = asked["body"]
    if details.agent_id is not None:
        path, body = AGENTS, {**body, "agent_id": details.agent_id}
    if details.model is not None:
        body = {**body, "model": details.model}
    try:
        answer = value_of(
            state, match("POST", path)[0], Incoming({}, {}, json.dumps(body).encode())
        )
        if isinstance(answer, Response):
            refuse(400, "A batch does not stream.")
        work.answered.append(_result(state, asked, 200, answer, None))
    except RefusalError as refusal:
        told: Any = refusal.body
        error = {"message": str(told.get("message") or told.get("detail"))}
        work.refused.append(_result(state, asked, refusal.status, told, error))


def _result(state: State, asked: dict[str, Any], status: int, body: Any, error: Any) -> bytes:
    result = {
        "id": f"batch-{state.new_id()}",
        "custom_id": asked.get("custom_id"),
        "response": {"status_code": status, "body": body},
        "error": error,
    }
    return json.dumps(result, ensure_ascii=False).encode()


def _cancel(state: State, work: BatchWork) -> None:
    _end(state, work, "CANCELLED")


def _end(state: State, work: BatchWork, status: BatchJobStatus, error: str = "") -> None:
    """Let a job end; what was answered until then is in its files."""
    output_file = _store(state, work, work.answered, "result")
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
"""What comes after a status; the other statuses are ends."""
