r"""Migrate from the official SDKs: `mistralai` for Python and TypeScript.

The functions have the names of TypeScript's standalone functions, in snake case. IDs follow the
client, all other arguments are keywords with the names of the API. In Python:

```diff
-from mistralai.client import Mistral
+from mistral_core import MistralCore
+from mistral_funcs import chat_complete

-async with Mistral(api_key=key) as client:
-    response = await client.chat.complete_async(model=model, messages=messages)
-    print(response.choices[0].message.content)
+async with MistralCore(key) as client:
+    result = await chat_complete(client, model=model, messages=messages)
+    print(result.unwrap().text)
```

In full:

```python
import asyncio

from mistral_core import MistralCore
from mistral_funcs import chat_complete, embeddings_create


async def main() -> None:
    messages = [{"role": "user", "content": "Hello!"}]
    async with MistralCore() as client:
        result = await chat_complete(client, model="mistral-large-latest", messages=messages)
        print(result.unwrap().text)
        vectors = await embeddings_create(client, model="mistral-embed", input=["Hello!"])
        print(len(vectors.unwrap().data))


asyncio.run(main())
```

```text
You said: Hello!
1
```

## Names

| `client.` in Python | TypeScript | here |
|---|---|---|
| `agents.complete_async` | `agentsComplete` | `agents_complete` |
| `audio.agents.create_async` | `audioAgentsCreate` | `audio_agents_create` |
| `audio.speech.complete_async(stream=True)` | `audioSpeechComplete` with `stream: true` | `audio_speech_stream` |
| `batch.jobs.cancel_async` | `batchJobsCancel` | `batch_jobs_cancel` |
| `beta.agents.create_async` | `betaAgentsCreate` | `beta_agents_create` |
| `chat.complete_async` | `chatComplete` | `chat_complete` |
| `classifiers.classify_async` | `classifiersClassify` | `classifiers_classify` |
| `embeddings.create_async` | `embeddingsCreate` | `embeddings_create` |
| `events.get_stream_events_async` | `eventsGetStreamEvents` | `events_get_stream_events` |
| `files.delete_async` | `filesDelete` | `files_delete` |
| `fim.complete_async` | `fimComplete` | `fim_complete` |
| `fine_tuning.jobs.cancel_async` (1.x) | `fineTuningJobsCancel` (1.x) | `fine_tuning_jobs_cancel` |
| `models.archive_async` | `modelsArchive` | `models_archive` |
| `ocr.process_async` | `ocrProcess` | `ocr_process` |
| `realtime.sessions.create_async` | `realtimeSessionsCreate` | `realtime_sessions_create` |
| `responses.count_input_tokens_async` | `responsesCountInputTokens` | `responses_count_input_tokens` |
| `workflows.add_workflow_tags_async` | `workflowsAddWorkflowTags` | `workflows_add_workflow_tags` |

The rule holds for all operations; the table has one of each group, and the exceptions. These are
the names of Python 3.7 and TypeScript 2.7. Python's calls without `_async` have no counterpart: use
`asyncio.run(models_list(client))`.

Arguments have the names of the API: `input=`, where both SDKs have `inputs` for embeddings,
moderation and classification; `type=`, where Python has `type_=`; `top_p=`, where TypeScript has
`topP`.

## Options

| option | Python | TypeScript | here |
|---|---|---|---|
| client | `Mistral(api_key=...)` | `new MistralCore({apiKey})` | `MistralCore(api_key)` |
| result | the value, or it raises | `{ok, value}`, `{ok, error}` | `Ok(value)`, `Err(error)` |
| value, or raise | the call itself | `unwrapAsync(...)` | `(await ...).unwrap()` |
| server | `server="eu"`, `server_url=` | `server`, `serverURL` | `server="eu"`, `server_url=` |
| time limit | `timeout_ms=60_000` | `timeoutMs` | `timeout=60`: the whole call |
| retries | `RetryConfig("backoff", ...)` | `retryConfig` | `RetryConfig(...)`, on by default |
| one call | `timeout_ms=`, `retries=`, ... | `{timeoutMs, retries, ...}` | `options=RequestOptions(...)` |
| own HTTP client | `async_client=` | `httpClient` | `session=`, `proxy=`, `ssl=`, `transport=` |
| events | `event.data.choices` | `event.data.choices` | `case Ok(chunk)`: `chunk.choices` |
| file | `file={"file_name": ...}` | `file: {fileName, content}` | `Path(...)`, bytes, or `File(...)` |
| download | an `httpx2.Response` | a `ReadableStream` | `read()`, `save(path)` |
| structured output | `chat.parse_async(Model, ...)` | `chat.parse({...})` | `parse(Class, chat_complete, ...)` |
| the same, streamed | `chat.parse_stream_async(...)` | `chat.parseStream({...})` | `parse_stream(...)` |

## Errors

Exceptions of the official SDKs are values in an `Err` here; `unwrap` raises them.

| what happened | Python raises | TypeScript has in `error` | here in `Err` |
|---|---|---|---|
| error status | `SDKError` | `SDKError` | `SDKError` |
| 422 | `HTTPValidationError` | `HTTPValidationError` | `HTTPValidationError` |
| invalid response | `ResponseValidationError` | `ResponseValidationError` | `ResponseValidationError` |
| timeout | `httpx2.TimeoutException` | `RequestTimeoutError` | `RequestTimeoutError` |
| no response | `httpx2.RequestError` | `ConnectionError` | `APIConnectionError` |
| the same | `NoResponseError` | `UnexpectedClientError` | `APIConnectionError` |
| invalid arguments | `pydantic.ValidationError` | `SDKValidationError` | `InvalidRequestError` |
| the same | the same | `InvalidRequestError` | `InvalidRequestError` |
| cancelled | `asyncio.CancelledError` | `RequestAbortedError` | raises `CancelledError` |
| observability | `ObservabilityError` | `ObservabilityError` | `SDKError`, with `code` |
| any with a status | `MistralError` | `MistralError` | the first three |
| any without | none | `HTTPClientError` | the other three |
| any | `Exception` | `Error` | `MistralError` |
| status | `error.status_code` | `error.statusCode` | `error.status` |
| headers, body | `headers`, `body` as text | `headers`, `body` as text | `headers`, `body` as bytes |

## What changes

- Nothing is raised unless you call `unwrap()`. Code that expects exceptions: the section "From code
  that raises" in `mistral_funcs.guides.results`.
- Retries are on by default, and never execute a request twice:
  `mistral_funcs.guides.retries_and_timeouts`.
- A stream is entered with `async with`, and its events are results: `mistral_funcs.guides.streams`.
- One client serves any number of event loops: `mistral_funcs.guides.clients`.
"""
