"""Starting an execution, and waiting for its result."""

import time
from collections.abc import Awaitable, Callable, Iterable, Mapping
from contextlib import aclosing
from typing import TYPE_CHECKING, Any, TypeVar, cast

import attrs

from mistral_core import UNSET, Err, Failure, MistralCore, RequestOptions, Result
from mistral_funcs.schemas.workflows.executions import (
    WorkflowExecutionResponse,
    WorkflowExecutionSyncResponse,
)
from mistral_funcs.toolkit.workflows.connector_authorization import (
    ConnectorAuthorization,
    ExecutionEvent,
)
from mistral_funcs.toolkit.workflows.connector_bindings import (
    ConnectorBinding,
    connector_extensions,
)
from mistral_funcs.toolkit.workflows.execution_waiting import (
    FAILED,
    execution_result,
    without_result,
    workflows_executions_wait,
)
from mistral_funcs.toolkit.workflows.failure_reasons import failure_reason
from mistral_funcs.toolkit.workflows.following import workflows_executions_follow
from mistral_funcs.toolkit.workflows.trace_context import TRACEPARENT, traceparent_for
from mistral_funcs.workflows.execute_workflow import workflows_execute_workflow
from mistral_funcs.workflows.execute_workflow_registration import (
    workflows_execute_workflow_registration,
)

__all__ = ["workflows_execute_and_wait", "workflows_executions_start"]

if TYPE_CHECKING:
    from typing_extensions import TypeForm

    from mistral_core.runtime.iterators import Resumable

T = TypeVar("T")


async def workflows_executions_start(
    client: MistralCore,
    workflow_identifier: str,
    *,
    input: Any | None = None,
    is_registration: bool = False,
    execution_id: str | None = None,
    connectors: Iterable[str | ConnectorBinding] = (),
    extensions: Mapping[str, Any] | None = None,
    custom_tracing_attributes: Mapping[str, str] | None = None,
    traceparent: str | None = None,
    deployment_name: str | None = None,
    options: RequestOptions | None = None,
) -> Result[WorkflowExecutionSyncResponse | WorkflowExecutionResponse, Failure]:
    """Start an execution that continues the current trace, with connectors.

    Args:
        client: The client to use.
        workflow_identifier: ID or name of the workflow, or ID of a registration.
        input: Input of the workflow, matching its schema.
        is_registration: Whether `workflow_identifier` is the ID of a registration.
        execution_id: ID of the new execution. Defaults to a random one.
        connectors: The connectors that it may use, by name or with the name of their credentials.
        extensions: Other data for plugins.
        custom_tracing_attributes: Attributes to add to the trace.
        traceparent: W3C trace context to continue. Defaults to the header of this name in
            `options`, else to the current span of OpenTelemetry if it is sampled, else to a new
            sampled trace.
        deployment_name: Name of the deployment that runs it.
        options: Per-call overrides: headers, timeout, retries, server URL.

    Returns:
        The execution, with its `execution_id` to wait for it or to follow its events.
    """
    options = options or RequestOptions()
    context = traceparent or traceparent_for(options.headers)
    headers = {name: each for name, each in options.headers.items() if name.lower() != TRACEPARENT}
    execute = (
        workflows_execute_workflow_registration if is_registration else workflows_execute_workflow
    )
    return await execute(
        client,
        workflow_identifier,
        input=_or_unset(input),
        execution_id=_or_unset(execution_id),
        extensions=connector_extensions(connectors, extensions) or UNSET,
        custom_tracing_attributes=_or_unset(custom_tracing_attributes),
        traceparent=context,
        deployment_name=_or_unset(deployment_name),
        options=attrs.evolve(options, headers={**headers, TRACEPARENT: context}),
    )


async def workflows_execute_and_wait(
    client: MistralCore,
    workflow_identifier: str,
    schema: "TypeForm[T]",
    *,
    input: Any | None = None,
    is_registration: bool = False,
    execution_id: str | None = None,
    connectors: Iterable[str | ConnectorBinding] = (),
    extensions: Mapping[str, Any] | None = None,
    custom_tracing_attributes: Mapping[str, str] | None = None,
    traceparent: str | None = None,
    deployment_name: str | None = None,
    on_authorization: Callable[[ConnectorAuthorization], Awaitable[None]] | None = None,
    interval: float = 1.0,
    deadline: float | None = None,
    options: RequestOptions | None = None,
) -> Result[T, Failure]:
    """Execute a workflow, and return its result as an instance of a class.

    Args:
        client: The client to use.
        workflow_identifier: ID or name of the workflow, or ID of a registration.
        schema: An attrs class, dataclass, `TypedDict`, `NamedTuple` or pydantic model, or another
            type that JSON can represent.
        input: Input of the workflow, matching its schema.
        is_registration: Whether `workflow_identifier` is the ID of a registration.
        execution_id: ID of the new execution. Defaults to a random one.
        connectors: The connectors that it may use, by name or with the name of their credentials.
        extensions: Other data for plugins.
        custom_tracing_attributes: Attributes to add to the trace.
        traceparent: W3C trace context to continue, as in `workflows_executions_start`.
        deployment_name: Name of the deployment that runs it.
        on_authorization: Called when a connector asks for the user's authorization. The execution
            resumes once the user has visited its `auth_url`.
        interval: Seconds between two requests for the execution.
        deadline: Maximum seconds to wait for the result. Defaults to no limit.
        options: Overrides for each request: headers, timeout, retries, server URL.

    Returns:
        The result. An `SDKError` whose `type` is the status, such as `FAILED`, and whose message
        has the reason if the execution did not complete. A `ResponseValidationError` if its result
        does not match the class. A `RequestTimeoutError` with the ID of the execution if the
        deadline passes first; the execution continues.
    """
    started = await workflows_executions_start(
        client,
        workflow_identifier,
        input=input,
        is_registration=is_registration,
        execution_id=execution_id,
        connectors=connectors,
        extensions=extensions,
        custom_tracing_attributes=custom_tracing_attributes,
        traceparent=traceparent,
        deployment_name=deployment_name,
        options=options,
    )
    if isinstance(started, Err):
        return started
    execution_id = started.value.execution_id
    ends_at = None if deadline is None else time.monotonic() + deadline
    if on_authorization is not None:
        stopped = await _authorize(client, execution_id, on_authorization, deadline, options)
        if stopped is not None:
            return stopped
    left = None if ends_at is None else max(0.0, ends_at - time.monotonic())
    ended = await workflows_executions_wait(
        client, execution_id, interval=interval, deadline=left, options=options
    )
    if isinstance(ended, Err):
        return ended
    if ended.value.status == FAILED:
        reason = await failure_reason(client, ended.value, options)
        return Err(without_result(execution_id, FAILED, reason), call=ended.call)
    return attrs.evolve(execution_result(ended.value, schema), call=ended.call)


async def _authorize(
    client: MistralCore,
    execution_id: str,
    on_authorization: Callable[[ConnectorAuthorization], Awaitable[None]],
    deadline: float | None,
    options: RequestOptions | None,
) -> Err[Failure] | None:
    """Follow an execution to its end, and report each request for authorization."""
    events = workflows_executions_follow(client, execution_id, deadline=deadline, options=options)
    async with aclosing(cast("Resumable[Result[ExecutionEvent, Failure]]", events)) as items:
        async for item in items:
            if isinstance(item, Err):
                return item
            if isinstance(item.value, ConnectorAuthorization):
                await on_authorization(item.value)
    return None


def _or_unset(value: Any) -> Any:
    return UNSET if value is None else value
