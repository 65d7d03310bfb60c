"""Waiting for executions by polling, and their results as instances of a class."""

from collections.abc import AsyncIterator
from typing import TYPE_CHECKING, TypeVar, final

from mistral_core import (
    Err,
    Failure,
    MistralCore,
    Ok,
    RequestOptions,
    ResponseValidationError,
    Result,
    SDKError,
)
from mistral_funcs.schemas.workflows.executions import WorkflowExecutionResponse
from mistral_funcs.toolkit.typed.structure import faults, structure_value
from mistral_funcs.toolkit.waiting import Watch, last_state
from mistral_funcs.workflows.executions.get_workflow_execution import (
    workflows_executions_get_workflow_execution,
)

__all__ = ["execution_result", "workflows_executions_wait", "workflows_executions_watch"]

if TYPE_CHECKING:
    from typing_extensions import TypeForm

T = TypeVar("T")


@final
class _Ended(frozenset[str]):
    """All statuses except its own elements."""

    __slots__ = ()

    def __contains__(self, status: object) -> bool:
        return not super().__contains__(status)


COMPLETED, FAILED = "COMPLETED", "FAILED"

ENDED = _Ended({"RUNNING", "RETRYING_AFTER_ERROR"})
"""Final statuses of an execution: all others, including those that are added later."""


async def workflows_executions_wait(
    client: MistralCore,
    execution_id: str,
    *,
    interval: float = 5.0,
    deadline: float | None = None,
    options: RequestOptions | None = None,
) -> Result[WorkflowExecutionResponse, Failure]:
    """Wait until an execution has ended.

    The ID is all that is needed, so another process can resume the wait. Transient errors, such as
    an overloaded or unreachable server, do not end it. Cancelling the wait does not affect the
    execution.

    Args:
        client: The client to use.
        execution_id: ID of the execution.
        interval: Seconds between two requests for the execution.
        deadline: Maximum seconds to wait. Defaults to no limit.
        options: Overrides for each request: headers, timeout, retries, server URL.

    Returns:
        The final state of the execution, which may be `FAILED`: check its `status`, or pass it to
        `execution_result`. A `RequestTimeoutError` if the deadline passes first; the execution
        continues.
    """
    watch = workflows_executions_watch(
        client, execution_id, interval=interval, deadline=deadline, options=options
    )
    return await last_state(watch)


def workflows_executions_watch(
    client: MistralCore,
    execution_id: str,
    *,
    interval: float = 5.0,
    deadline: float | None = None,
    options: RequestOptions | None = None,
) -> AsyncIterator[Result[WorkflowExecutionResponse, Failure]]:
    """Watch an execution until it has ended.

    Args:
        client: The client to use.
        execution_id: ID of the execution.
        interval: Seconds between two requests for the execution.
        deadline: Maximum seconds to watch. Defaults to no limit.
        options: Overrides for each request: headers, timeout, retries, server URL.

    Returns:
        An iterator over the states of the execution. The last item is the final state, or an `Err`.
        Cancelling `anext`, as `asyncio.wait_for` does, is safe: the next call resumes the wait.
    """
    return Watch(
        lambda: workflows_executions_get_workflow_execution(client, execution_id, options=options),
        f"Execution {execution_id}",
        interval,
        deadline,
        ENDED,
    )


def execution_result(
    execution: WorkflowExecutionResponse, schema: "TypeForm[T]"
) -> Result[T, Failure]:
    """Return the result of an execution as an instance of a class.

    Args:
        execution: The execution, which has ended.
        schema: An attrs class, dataclass, `TypedDict`, `NamedTuple` or pydantic model, or another
            type that JSON can represent.

    Returns:
        The result. An `SDKError` whose `type` is the status, such as `FAILED`, if the execution did
        not complete. A `ResponseValidationError` if its result does not match the class.
    """
    identifier = execution.execution_id
    if execution.status != COMPLETED:
        return Err(without_result(identifier, execution.status))
    try:
        structured: T = structure_value(execution.result, schema)
    except Exception as error:  # noqa: BLE001
        errors = faults(error)
        reasons = tuple(map(str, errors))
        message = f"The result of execution {identifier} does not match: {'; '.join(reasons)}"
        return Err(ResponseValidationError(message, errors[0].path, reasons))
    return Ok(structured)


def without_result(execution_id: str, status: str | None, reason: str = "") -> SDKError:
    """Return the error for an execution that ended, and did not complete."""
    message = f"Execution {execution_id} has status {status} and no result"
    return SDKError(f"{message}: {reason}" if reason else message, status=200, type=status)
