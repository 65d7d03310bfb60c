"""Following the events of an execution to its end."""

from collections.abc import AsyncIterator

from mistral_core import Failure, MistralCore, RequestOptions, Result
from mistral_core.runtime.iterators import Resumable
from mistral_funcs.toolkit.workflows.connector_authorization import ExecutionEvent
from mistral_funcs.toolkit.workflows.event_follower import Follower

__all__ = ["workflows_executions_follow"]


def workflows_executions_follow(
    client: MistralCore,
    execution_id: str,
    *,
    start_seq: int = 0,
    deadline: float | None = None,
    pause: float = 1.0,
    max_failures: int = 5,
    check_after: float = 30.0,
    options: RequestOptions | None = None,
) -> AsyncIterator[Result[ExecutionEvent, Failure]]:
    """Follow the events of a root execution, and of those below it, until it has ended.

    Where a connection breaks, times out or ends early, a new stream continues after the last event.
    A silent execution is followed as long as the server reports that it is running.

    Args:
        client: The client to use.
        execution_id: ID of the execution. It must be a root: not started by another execution.
        start_seq: Number of the first event. To resume, `broker_sequence` of the last event plus 1.
        deadline: Maximum seconds to follow it. Defaults to no limit.
        pause: Seconds before a new stream is opened. Doubled, up to 30 seconds, for each stream
            without an event.
        max_failures: Maximum number of failures in a row, without an event or status between them.
        check_after: Seconds without an event after which the status of the execution is requested.
        options: Overrides for each request: headers, timeout, retries, server URL.

    Returns:
        An iterator over the events. The last item is the event that ends the execution, or an
        `Err`: the last of too many failures, a `RequestTimeoutError` if the deadline passes, or an
        `SDKError` whose `type` is the server's reason, or the status of an execution that ended
        without an event, such as `TERMINATED`. After the end of a completed execution there is no
        item. Cancelling `anext` is safe: the next call resumes.
    """
    follower = Follower(client, execution_id, start_seq, pause, max_failures, check_after, options)
    return Resumable(follower.until(deadline))
