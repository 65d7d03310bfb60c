r'''Tools and runs: functions that the model calls.

`run` completes a chat, calls the functions that the model requests, and continues until the model
has its final response. Calls of one turn run concurrently.

```python
import asyncio

from mistral_core import Err, MistralCore, Ok
from mistral_funcs import Tools, chat_complete, run


async def get_weather(city: str) -> str:
    """Return the weather in a city."""
    return f"It rains in {city}."


async def main() -> None:
    tools = Tools(get_weather, max_turns=5, timeout=30)
    messages = [{"role": "user", "content": "Use get_weather: how is it in Paris?"}]
    async with MistralCore() as client:
        match await run(
            tools, chat_complete, client, model="mistral-large-latest", messages=messages
        ):
            case Ok(finished):
                print(finished.text, finished.usage.total_tokens)
                for call in finished.calls:
                    print(call.name, call.arguments, call.output, call.duration)
            case Err(error):  # a `RunError`, with everything done so far
                print(error, error.reason, error.state.calls)


asyncio.run(main())
```

- `run` also takes `agents_complete`, `beta_conversations_start`, `_append` and `_restart`. The
  definition of an agent is not changed: a function that the agent does not declare is an `Err`.
- A failed call is reported to the model, and the run continues; with `on_error="stop"` it ends the
  run. The message of a `ToolError` reaches the model. That of another exception does not: it is in
  `call.exception`.
- `run.messages` can always be sent again with another user message at the end, however the run
  ended: calls that did not run have results that say so. For conversations, pass
  `state.open_results` before the user's message.
- The limits are `max_turns`, `max_failed_turns` and the time limits of calls. With
  `respond_at_limit=True`, the model generates a last response without tools.
- A function that is not async runs in a thread. The thread cannot be stopped at its time limit;
  its late result is dropped.

## Functions as tools

`tool` turns a function into a tool. The model sees its name, its docstring and the types of its
parameters. The arguments of the model are checked and converted to these types before the function
is called.

```python
import asyncio
import json
from typing import Annotated, Literal

import attrs

from mistral_funcs import ToolError, tool


@attrs.frozen
class Place:
    """A place on the map."""

    city: str
    country: str | None = None


@tool
async def get_weather(
    place: Place,
    unit: Annotated[Literal["C", "F"], "Unit of the temperature"] = "C",
) -> dict[str, str | int]:
    """Return the weather in a place."""
    if place.city == "Atlantis":
        raise ToolError("There is no weather below the sea. Ask for another place.")
    return {"sky": "clear", "temperature": 21, "unit": unit}


async def main() -> None:
    print(get_weather.definition.parameters)
    arguments = json.loads('{"place": {"city": "Paris"}}')
    print(await get_weather.run(arguments))  # as a model calls it
    print(await get_weather(Place("Paris"), unit="F"))  # as you call it


asyncio.run(main())
```

- The options are `@tool(name=..., description=..., confirm=True, timeout=30)`. A function that is
  not async runs in a thread; `thread=False` keeps it on the thread of the event loop.
- Methods, `functools.partial` and callable objects work too. Bind what the model must not see:
  `tool(partial(find_order, db=db))`.
- The message of a `ToolError` is sent to the model, and so are errors about invalid arguments.
  Return text, content chunks (`ToolOutput`), or anything that is JSON: attrs classes, dataclasses,
  pydantic models, dates.
- With the extra `tools` (`pip install '.[tools]'` in a checkout), parameter descriptions are also
  read from docstrings in the styles of Google, NumPy and Sphinx. Without it, only from
`Annotated`.
- A `CallableTool` is a `RunnableTool`, the protocol for tools of your own. A `ToolSource` provides
  tools that may change, such as an MCP server: `mistral_funcs.guides.mcp`.

## Confirmation

A call can require a confirmation. The run pauses, you save its `RunState` as JSON, and any process
can resume it:

```python
import asyncio

from mistral_core import MistralCore
from mistral_funcs import Approve, Reject, RunState, Tools, chat_complete, current_call, run, tool


@tool(confirm=True)
async def send_mail(to: str) -> str:
    """Send a mail."""
    print("sending", current_call().id)  # stable: refuse to send the same mail twice
    return f"Sent to {to}."


async def main() -> None:
    tools = Tools(send_mail)
    messages = [{"role": "user", "content": "Use send_mail: write to bob"}]
    model = "mistral-large-latest"
    async with MistralCore() as client:
        result = await run(tools, chat_complete, client, model=model, messages=messages)
        saved = result.unwrap().state.to_json()

        state = RunState.from_json(saved).unwrap()
        decisions = {
            call.id: Approve() if call.name == "send_mail" else Reject("Not today.")
            for call in state.pending
        }
        resumed = await run(
            tools.resume(state, decisions),
            chat_complete,
            client,
            model=model,
            messages=state.messages,
        )
        print(resumed.unwrap().text)


asyncio.run(main())
```

A connector's call that waits at the server pauses the run of a conversation in the same way
(`call.at_server`). Resume it with `beta_conversations_append`. `Tools(on_state=save)` saves the
state of a run whenever it changes, so that it survives a crash or a cancellation.

## Streams

`run_stream` returns a single stream of text, tool calls and their results:

```python
import asyncio

from mistral_core import Err, MistralCore
from mistral_funcs import (
    RunChunk,
    RunEnd,
    RunToolCall,
    RunToolResult,
    Tools,
    chat_stream,
    run_stream,
)


async def get_weather(city: str) -> str:
    """Return the weather in a city."""
    return f"It rains in {city}."


async def main() -> None:
    messages = [{"role": "user", "content": "Use get_weather: how is it in Paris?"}]
    async with MistralCore() as client:
        stream = await run_stream(
            Tools(get_weather),
            chat_stream,
            client,
            model="mistral-large-latest",
            messages=messages,
        )
        async with stream.unwrap() as events:
            async for event in events:
                if isinstance(event, Err):  # the last item, with everything done so far
                    print(event.error)
                    break
                match event.value:
                    case RunChunk(text=text):
                        print(text, end="")
                    case RunToolCall(call):
                        print(f"[{call.name}...]")
                    case RunToolResult(call):
                        print(f"[{call.output}]")
                    case RunEnd(finished):
                        print(f" ({finished.usage.total_tokens} tokens)")


asyncio.run(main())
```

Leaving the stream early cancels running tools; `stream.state` has everything done so far.

The types, for annotations: a `RunStream` yields `RunEvent`s, a paused or finished run is a `Run`,
its calls are `RunCall`s, and its tokens a `RunUsage`. `current_call()` returns a `CurrentCall`. A
`Decision` is `Approve` or `Reject`. `RunErrorReason` lists the reasons why a run can fail.
'''
