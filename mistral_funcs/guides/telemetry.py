r"""Traces, metrics, hooks and logs: see what your calls do.

## Spans and metrics

`telemetry()` returns hooks that record each call of a client with OpenTelemetry. It needs only
`opentelemetry-api`, which the extra `otel` installs (`pip install '.[otel]'` in a checkout).
Without arguments it uses the global providers that your application, or
`opentelemetry-instrument`, has set up. Here the spans are printed:

```python
import asyncio

from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import BatchSpanProcessor, ConsoleSpanExporter

from mistral_core import MistralCore
from mistral_funcs import chat_complete, telemetry


async def main() -> None:
    tracers = TracerProvider()
    tracers.add_span_processor(BatchSpanProcessor(ConsoleSpanExporter()))
    async with MistralCore(hooks=telemetry(tracer_provider=tracers)) as client:
        messages = [{"role": "user", "content": "Who painted the Night Watch?"}]
        await chat_complete(client, model="mistral-large-latest", messages=messages)
    tracers.shutdown()  # sends the remaining spans


asyncio.run(main())
```

Names, attributes, units and buckets are those of the
[semantic conventions for generative AI](https://github.com/open-telemetry/semantic-conventions-genai).

| span | recorded for |
|---|---|
| `chat MODEL` | `chat_*`, `responses_*` |
| `invoke_agent` | `agents_*`, `beta_conversations_start`, `_append` and `_restart`; a whole run |
| `execute_tool NAME` | a tool call of a run |
| `text_completion MODEL` | `fim_*` |
| `generate_content MODEL` | OCR, speech, transcriptions, realtime sessions |
| `embeddings MODEL` | `embeddings_create` |
| `create_agent NAME` | `beta_agents_create`, `audio_agents_create` |
| `retrieval INDEX` | `beta_context_search_indexes_search` |
| the function's name | every other operation |

| metric | recorded for |
|---|---|
| `gen_ai.client.operation.duration` | each call |
| `gen_ai.client.token.usage` | each call whose response contains its usage |
| `gen_ai.client.operation.time_to_first_chunk` | each stream of a model with an item |
| `gen_ai.client.operation.time_per_output_chunk` | each further item of such a stream |
| `gen_ai.invoke_agent.duration` | each run |
| `gen_ai.execute_tool.duration` | each tool call of a run |

A span covers the call from its start to its result, retries and pauses included. It has the model,
the settings, the server, token usage, finish reasons, the IDs of response and conversation,
`http.response.status_code`, `http.request.resend_count` after a retry, and the request ID to quote
to Mistral's support (`mistral_ai.request.id`). Each retry is an event `mistral_ai.retry`.

A failed call has the status "error" and an `error.type`: the API's type of error, such as
`rate_limited`, or else the HTTP status, or the name of the class, such as `RequestTimeoutError`.
The API's code is `mistral_ai.error.code`. A cancelled call has the type `CancelledError`. Messages
of errors are not recorded, because a server may repeat in them what you sent.

The span of a stream ends with the stream, with what is known by then. `time_to_first_chunk` is
measured from the start of the call until you receive the first item, `time_per_output_chunk` from
one item to the next, including the time that your code takes in between. A stream that you leave
early is no error: it has `mistral_ai.stream.abandoned`.

The span of a run contains those of its responses and its tool calls, streamed or not. While a tool
runs, its span is the current one, so that calls in the tool are below it. A call to a tool that
does not exist has no span: nothing is executed.

Two attributes are taken from the baggage of the current context, if your application has put them
there: `gen_ai.conversation.id`, unless the call has a conversation, and
`wf.workflow.execution_id`.

Telemetry never fails a call: its errors are logged by `logging.getLogger("mistral_core")`.

## Content

Messages, instructions, and the arguments and results of tools are recorded only with
`content=True`, and through your own function if you pass one. It is called with the name of the
attribute and its value, as data, and returns what to record, or `None`. If it raises an exception,
the content is left out.

```python
import asyncio
import json
import re
from typing import Any

from mistral_core import MistralCore
from mistral_funcs import chat_complete, telemetry

EMAIL = re.compile(r"[\w.+-]+@[\w.-]+")


def without_addresses(name: str, value: Any) -> Any:
    if name == "gen_ai.tool.call.result":
        return None
    return json.loads(EMAIL.sub("(address)", json.dumps(value)))


async def main() -> None:
    hooks = telemetry(content=True, redact=without_addresses)
    async with MistralCore(hooks=hooks) as client:
        messages = [{"role": "user", "content": "Write to ada@example.com"}]
        await chat_complete(client, model="mistral-large-latest", messages=messages)


asyncio.run(main())
```

Images and other data that is sent inline are left out. No content is prepared for spans that are
not sampled. The content of a stream is kept in memory until it ends.

## Send traces to Mistral

Mistral accepts traces over OTLP, with your API key. Install `opentelemetry-sdk` and
`opentelemetry-exporter-otlp-proto-http`. Here MISTRAL_OTLP_TRACES_ENDPOINT selects another
endpoint:

```python
import asyncio
import os

from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
from opentelemetry.sdk.resources import Resource
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import BatchSpanProcessor

from mistral_core import MistralCore
from mistral_funcs import Tools, chat_complete, run, telemetry

ENDPOINT = "https://api.mistral.ai/telemetry/v1/traces"


async def get_weather(city: str) -> str:
    return f"Sunny in {city}"


def to_mistral(service: str) -> TracerProvider:
    exporter = OTLPSpanExporter(
        endpoint=os.environ.get("MISTRAL_OTLP_TRACES_ENDPOINT", ENDPOINT),
        headers={"authorization": f"Bearer {os.environ['MISTRAL_API_KEY']}"},
    )
    tracers = TracerProvider(resource=Resource.create({"service.name": service}))
    tracers.add_span_processor(BatchSpanProcessor(exporter))
    return tracers


async def main() -> None:
    tracers = to_mistral("weather")
    async with MistralCore(hooks=telemetry(tracer_provider=tracers)) as client:
        messages = [{"role": "user", "content": "Use get_weather: how is it in Paris?"}]
        tools = Tools(get_weather)
        await run(tools, chat_complete, client, model="mistral-large-latest", messages=messages)
    await asyncio.to_thread(tracers.shutdown)  # sends the remaining spans


asyncio.run(main())
```

To send the same spans to your own collector too, add a second processor.

## Trace propagation

With `telemetry`, each request has a `traceparent` header, and `tracestate` if the trace has one.
Baggage is never sent. A `traceparent` of your own in `RequestOptions(headers=...)` is kept, and
`telemetry(propagate=False)` sends none.

OpenTelemetry's own instrumentation of aiohttp adds a span for each HTTP request, below that of the
call. It works with or without `telemetry`:

```python
from opentelemetry.instrumentation.aiohttp_client import AioHttpClientInstrumentor

AioHttpClientInstrumentor().instrument()
```

## Hooks

`telemetry` is made of hooks that you can use yourself. Hooks for attempts are functions or
coroutine functions that are called with an `Attempt`: to count, to warn, to limit the rate.
`after_response` can release what `before_request` acquired: it is called after cancellations too.
To add hooks to those of `telemetry`, pass `attrs.evolve(telemetry(), before_request=...)`.

```python
import asyncio
from collections import Counter

from mistral_core import Attempt, Hooks, MistralCore
from mistral_funcs import models_list

requests: Counter[str] = Counter()
slots = asyncio.Semaphore(10)


async def wait_for_slot(attempt: Attempt) -> None:
    await slots.acquire()


def count(attempt: Attempt) -> None:
    slots.release()
    requests[f"{attempt.request.method} {attempt.request.path_template}"] += 1


def warn(attempt: Attempt) -> None:
    print(f"attempt {attempt.number}: {attempt.outcome}, next in {attempt.pause:.1f} s")


async def main() -> None:
    hooks = Hooks(before_request=wait_for_slot, after_response=count, before_retry=warn)
    async with MistralCore(hooks=hooks) as client:
        await asyncio.gather(*(models_list(client) for _ in range(100)))
    print(requests)


asyncio.run(main())
```

`on_call` is called with each call before it starts, as a `StartedCall`: the operation, its
arguments and the server. It returns an `Observer`, which sees the retries, each item of a stream
when you receive it, and the end. Its exceptions are logged.

```python
import asyncio
from typing import Any

from mistral_core import Err, Hooks, MistralCore, Observer, StartedCall
from mistral_funcs import chat_stream


class Audit(Observer):
    def __init__(self, started: StartedCall) -> None:
        self.name = started.operation.name
        self.items = 0

    def received(self, item: Any) -> None:
        self.items += 1

    def ended(self, result: Any) -> None:
        outcome = "left early" if result is None else "failed" if isinstance(result, Err) else "ok"
        print(f"{self.name}: {outcome}, {self.items} items")


async def main() -> None:
    async with MistralCore(hooks=Hooks(on_call=Audit)) as client:
        messages = [{"role": "user", "content": "Write a story."}]
        stream = await chat_stream(client, model="mistral-large-latest", messages=messages)
        async with stream.unwrap() as events:
            async for _ in events:
                pass


asyncio.run(main())
```

`on_task` is the same for runs and their tool calls: it is called with a `StartedRun` or a
`StartedTool`, and `ended` with the run's result or the `RunCall`.

## Logs

`logging.getLogger("mistral_core")` logs each attempt at level DEBUG: method, path template,
status, number of the attempt, duration and request ID. Headers, bodies and path parameters are not
logged.
"""
