r"""Migrate from `openai`: calls, arguments, errors, and what differs on the wire.

Code that calls Mistral with the `openai` package and its `base_url` changes in a few places. The
messages, tools and response formats are plain mappings, and stay as they are.

```diff
-client = AsyncOpenAI(base_url="https://api.mistral.ai/v1", api_key=key)
-response = await client.chat.completions.create(model=model, messages=messages, tools=tools)
-print(response.choices[0].message.content)
+client = MistralCore(key)
+result = await chat_complete(client, model=model, messages=messages, tools=tools)
+print(result.unwrap().text)
```

| `openai` | here |
|---|---|
| `AsyncOpenAI(api_key=..., base_url=...)` | `MistralCore(api_key, server_url=...)` |
| `client.chat.completions.create(...)` | `chat_complete(client, ...)` |
| the same with `stream=True` | `chat_stream(client, ...)` |
| `client.chat.completions.parse(...)` | `parse(Class, chat_complete, client, ...)` |
| `client.embeddings.create(...)` | `embeddings_create(client, ...)` |
| `client.models.list()` | `models_list(client)` |
| `client.files.create(file=..., purpose=...)` | `files_upload(client, file=..., purpose=...)` |
| `client.moderations.create(...)` | `classifiers_moderate(client, ...)` |
| `client.responses.create(...)` | `responses_create(client, ...)` |
| `client.batches.create(...)` | `batch_jobs_create(client, ...)`, or `run_batch` |
| `timeout=`, `max_retries=` | `timeout=`, `retry_config=RetryConfig(max_tries=...)` |
| `client.with_options(...)`, `extra_headers=` | `options=RequestOptions(...)` |
| `http_client=` | `session=`, `proxy=`, `ssl=`, `transport=` |
| `seed=` | `random_seed=` |
| `max_completion_tokens=` | `max_tokens=` |
| `tool_choice="required"` | the same, or `"any"` |

```python
import asyncio

from mistral_core import MistralCore
from mistral_funcs import chat_complete

TOOLS = [
    {
        "type": "function",
        "function": {
            "name": "get_weather",
            "description": "Return the weather in a city.",
            "parameters": {"type": "object", "properties": {"city": {"type": "string"}}},
        },
    }
]


async def main() -> None:
    messages = [{"role": "user", "content": "Use get_weather: how is it in Paris?"}]
    async with MistralCore() as client:
        result = await chat_complete(
            client,
            model="mistral-large-latest",
            messages=messages,
            tools=TOOLS,
            tool_choice="required",
        )
        message = result.unwrap().choices[0].message
        for call in (message.tool_calls if message else None) or []:
            print(call.function.name)


asyncio.run(main())
```

```text
get_weather
```

| `openai` raises | here in `Err` |
|---|---|
| `AuthenticationError` | `SDKError(status=401)` |
| `PermissionDeniedError` | `SDKError(status=403)` |
| `NotFoundError` | `SDKError(status=404)` |
| `RateLimitError` | `SDKError(status=429)` |
| `UnprocessableEntityError` | `HTTPValidationError` |
| `BadRequestError`, `ConflictError`, `InternalServerError` | `SDKError` |
| `APITimeoutError` | `RequestTimeoutError` |
| `APIConnectionError` | `APIConnectionError` |
| `APIResponseValidationError` | `ResponseValidationError` |

What differs on the wire:

- The IDs of tool calls are nine letters or digits. Histories with OpenAI's `call_...` are rejected
  by most models.
- A `user` message directly after a `tool` message is rejected by many models.
- `openai` retries a completion after a timeout and after 500. This package retries a POST only
  where the server cannot have acted, so that nothing is generated, or billed, twice.
"""
