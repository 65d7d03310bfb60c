"""Why executions failed, from their last events."""

import asyncio

from mistral_core import Err, MistralCore, Ok, RequestOptions
from mistral_funcs.schemas.workflows.events import WorkflowExecutionFailedResponse
from mistral_funcs.schemas.workflows.executions import WorkflowExecutionResponse
from mistral_funcs.workflows.events.get_stream_events import workflows_events_get_stream_events

PATIENCE = 5.0
"""Maximum seconds to wait for the reason."""


async def failure_reason(
    client: MistralCore, execution: WorkflowExecutionResponse, options: RequestOptions | None
) -> str:
    """Return why an execution failed. Empty if the server does not report it."""
    try:
        async with asyncio.timeout(PATIENCE):
            return await _reported(client, execution, options)
    except TimeoutError:
        return ""


async def _reported(
    client: MistralCore, execution: WorkflowExecutionResponse, options: RequestOptions | None
) -> str:
    opened = await workflows_events_get_stream_events(
        client,
        workflow_exec_id=execution.execution_id,
        workflow_event_types=["WORKFLOW_EXECUTION_FAILED"],
        options=options,
    )
    if isinstance(opened, Err):
        return ""
    async with opened.value as events:
        async for item in events:
            event = item.value.data if isinstance(item, Ok) else None
            if isinstance(event, WorkflowExecutionFailedResponse):
                runs = {event.workflow_run_id, execution.run_id} - {None}
                if len(runs) < 2:
                    return event.attributes.failure.message or ""
    return ""
