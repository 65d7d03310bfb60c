r"""Workflows: execute one, wait for its typed result, follow its events, bind connectors.

## Wait for a result

`workflows_execute_and_wait` starts an execution, waits until it has ended, and returns its result
as an instance of your class:

```python
import asyncio

import attrs

from mistral_core import Err, MistralCore, Ok, RequestTimeoutError, SDKError
from mistral_funcs import workflows_execute_and_wait


@attrs.frozen
class Invoice:
    number: str
    total: int


async def main() -> None:
    async with MistralCore() as client:
        invoice = await workflows_execute_and_wait(
            client, "echo", Invoice, input={"number": "A-17", "total": 120}, deadline=600
        )
        match invoice:
            case Ok(Invoice(number=number, total=total)):
                print(number, total)
            case Err(SDKError(type="FAILED", message=reason)):
                print("failed:", reason)
            case Err(RequestTimeoutError(phase="deadline") as late):
                print("still running:", late)
            case Err(error):
                print(error)


asyncio.run(main())
```

The class can be an attrs class, a dataclass, a `TypedDict`, a `NamedTuple`, a pydantic model, or a
type such as `dict[str, int]`. A result that does not match it is a `ResponseValidationError` with
the path of each invalid value.

An execution that ends without a result is an `SDKError` whose `type` is its status: `FAILED`, with
the reason in the message, `CANCELED`, `TERMINATED`, `TIMED_OUT`, `CONTINUED_AS_NEW`, or a status
that is newer than this package. The deadline ends the wait, not the execution.

To start an execution in one process and wait for it in another, use `workflows_executions_start`,
which returns the execution with its `execution_id`, and `workflows_executions_wait`, which returns
its last state. `workflows_executions_watch` yields each state. `execution_result(execution,
Invoice)` returns the result of an execution that has ended.

## Follow the events

`workflows_executions_follow` yields the events of an execution up to the last one, even if
connections break:

```python
import asyncio

from mistral_core import Err, MistralCore, Ok
from mistral_funcs import (
    ConnectorAuthorization,
    ConnectorBinding,
    ExecutionEvent,
    workflows_executions_follow,
    workflows_executions_start,
)
from mistral_funcs.schemas import StreamEventSsePayload


async def main() -> None:
    async with MistralCore() as client:
        started = await workflows_executions_start(
            client,
            "echo",
            input={"city": "Paris"},
            connectors=["github", ConnectorBinding("slack", credentials_name="team")],
        )
        execution_id = started.unwrap().execution_id
        async for event in workflows_executions_follow(client, execution_id, deadline=3600):
            match event:
                case Ok(received):
                    show(received)
                case Err(error):
                    print(error)


def show(event: ExecutionEvent) -> None:
    match event:
        case ConnectorAuthorization(connector_name=name, auth_url=url):
            print(f"Allow the workflow to use {name}: {url}")
        case StreamEventSsePayload():
            print(event.broker_sequence, type(event.data).__name__)


asyncio.run(main())
```

- Events of child executions are included. Only the last event of the execution itself ends the
  iteration.
- A stream that breaks, times out, or ends with an error frame (`read_error`, `stream_error`,
  `internal_error`) is replaced by a new one that continues after the last event. The pause before
  a new stream doubles, up to 30 seconds, until an event arrives.
- After `max_failures` failures in a row the last item is an `Err` with the reason and the
  `start_seq` to resume with. An event resets the count. So does a status that reports that the
  execution is running. It is requested after `check_after` seconds without an event, because a
  workflow may wait for a person for days.
- An execution that ends without an event, such as one that is terminated, ends the iteration with
  an `SDKError` whose `type` is the status. `deadline` ends it with a `RequestTimeoutError`.
- To resume, even in another process, pass the `broker_sequence` of the last event plus 1 as
  `start_seq`.

## Connectors

Name the connectors that an execution may use in `connectors`, or bind one with specific
credentials: `ConnectorBinding("slack", credentials_name="team")`. `connector_extensions` returns
the `extensions` for the operation `workflows_execute_workflow`.

If the user has to authorize a connector, a `ConnectorAuthorization` is among the events. Show its
`auth_url`; the execution resumes by itself once the user has visited it. To receive it while you
wait for a result, pass a function:

```python
import asyncio

from mistral_core import MistralCore
from mistral_funcs import ConnectorAuthorization, workflows_execute_and_wait


async def ask(authorization: ConnectorAuthorization) -> None:
    print(authorization.message, authorization.auth_url)


async def main() -> None:
    async with MistralCore() as client:
        result = await workflows_execute_and_wait(
            client, "echo", str, input="done", connectors=["github"], on_authorization=ask
        )
        print(result)


asyncio.run(main())
```

## Traces

`workflows_execute_and_wait` and `workflows_executions_start` send a `traceparent`, as a header and
in the body, so that the execution belongs to your trace: the argument `traceparent` if you pass
it, else the header of this name in `options`, else the current span of OpenTelemetry if it is
sampled, else a new trace that is sampled.

## In the sandbox

The sandbox has one workflow, `echo`, whose result is its input. An execution is `RUNNING` at
first, and completes as jobs do: after a response that reports it, or with `sandbox.advance()`. A
stream of its events lasts until its end, or with `progress="manual"` until its last event so far.

- Each bound connector asks for authorization once, before the end.
- With the input `{"fail": "No stock"}` it fails for this reason. In a test you can set
  `sandbox.state.executions[execution_id].failure` too.
- An execution that has ended cannot be canceled or terminated, and receives no signals or updates:
  the status is 409. A reset begins a new run. A query returns the input of the last signal or
  update of its name.

```python
import asyncio

from mistral_core import MistralCore
from mistral_funcs import workflows_executions_start, workflows_executions_wait
from mistral_funcs.sandbox import Sandbox


async def main() -> None:
    sandbox = Sandbox(progress="manual")
    client = MistralCore(transport=sandbox)
    started = await workflows_executions_start(client, "echo", input={"fail": "No stock"})
    sandbox.advance()
    ended = await workflows_executions_wait(client, started.unwrap().execution_id)
    print(ended.unwrap().status)


asyncio.run(main())
```
"""
