r"""Streams: responses as they are generated.

Opening a stream returns a result, and each event is a result. Enter the stream with `async with`;
leaving early closes it and frees its connection.

```python
import asyncio

from mistral_core import Err, MistralCore, Ok
from mistral_funcs import chat_stream, fold_completion
from mistral_funcs.schemas import CompletionChunk, UserMessage


async def main() -> None:
    async with MistralCore() as client:
        messages = [UserMessage(content="Write a story.")]
        stream = await chat_stream(client, model="mistral-large-latest", messages=messages)
        chunks: list[CompletionChunk] = []
        async with stream.unwrap() as events:
            async for event in events:
                match event:
                    case Ok(chunk):
                        print(chunk.text, end="", flush=True)
                        chunks.append(chunk)
                    case Err(error):
                        print(f"\nThe stream failed: {error}")
        print("\n", fold_completion(chunks).usage)  # as chat_complete returns it


asyncio.run(main())
```

An `Err` is always the last event. It says whether the server reported an error, an event was
invalid, the connection broke, the server fell silent, or `[DONE]` was missing. So a loop that ends
without an `Err` has read a complete response.

To read the whole stream at once, use `collect_completion`:

```python
import asyncio

from mistral_core import MistralCore
from mistral_funcs import chat_stream, collect_completion


async def main() -> None:
    async with MistralCore() as client:
        messages = [{"role": "user", "content": "Write a story."}]
        stream = await chat_stream(client, model="mistral-large-latest", messages=messages)
        completion = await collect_completion(stream.unwrap())
        print(completion.unwrap().text)


asyncio.run(main())
```

```text
You said: Write a story.
```

## Time limits and cancellation

- The `deadline` limits the opening of the stream, and then the wait for each event. The complete
  stream may take longer.
- A `read` timeout limits the silence of the connection. Keep-alive comments count as data.
- Waiting for an event can be cancelled without losing it: after `asyncio.wait_for(anext(events),
  0.2)` timed out, the next `anext` returns that event.

## Resume

A stream of text cannot be resumed. A stream of workflow events can: each event has a
`broker_sequence`, and `start_seq` is that of the first event to send.

```python
import asyncio

from mistral_core import MistralCore
from mistral_funcs import events_get_stream_events, workflows_executions_start


async def main() -> None:
    async with MistralCore() as client:
        started = await workflows_executions_start(client, "echo", input={"city": "Paris"})
        execution_id = started.unwrap().execution_id
        start_seq = 0
        for _ in range(2):  # the second stream resumes after the first
            stream = await events_get_stream_events(
                client, root_workflow_exec_id=execution_id, start_seq=start_seq
            )
            async with stream.unwrap() as events:
                async for event in events:
                    start_seq = event.unwrap().broker_sequence + 1
                    print(start_seq)
                    break


asyncio.run(main())
```

```text
2
3
```

To resume a stream of logs, pass `last_event_id=stream.last_event_id`. Waiting for a workflow, and
following its events across broken connections: `mistral_funcs.guides.workflows`.

## Other streams

`agents_stream`, `fim_stream`, `responses_stream`, `audio_speech_stream`,
`audio_transcriptions_stream`, the conversations (`beta_conversations_start_stream`, ...) and the
events of workflows work the same way; only the events differ. Streams of runs and of structured
output are described in `mistral_funcs.guides.tools_and_runs` and
`mistral_funcs.guides.structured_output`. To pass a stream on to a browser:
`mistral_funcs.guides.web_services`.
"""
