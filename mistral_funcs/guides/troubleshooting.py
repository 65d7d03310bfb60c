r"""Troubleshooting: error messages, what they mean, and what to do.

Search this page for the text of your error. If the server sent a request ID, `str(error)` ends
with it: quote it to Mistral's support. To see each attempt of a call, turn on the logs:
`mistral_funcs.guides.telemetry`.

## `401 Unauthorized`, with a correct key

- Codestral keys are for `https://codestral.mistral.ai` only, and other keys for
  `https://api.mistral.ai` only. With a Codestral key, pass
  `server_url="https://codestral.mistral.ai"`.
- It may take some minutes until the servers accept a new key.
- `api_key=` takes precedence over MISTRAL_API_KEY. Whitespace, quotes and `Bearer` around a key
  are removed, so they are not the cause.

The error contains no part of the key, so you can post it:

```python
import asyncio

from mistral_core import Err, MistralCore, SDKError
from mistral_funcs import models_list


async def main() -> None:
    async with MistralCore("a-wrong-key") as client:
        match await models_list(client):
            case Err(SDKError(status=401, message=message)):
                print(message)
            case other:
                print(other)


asyncio.run(main())
```

```text
Unauthorized
```

`No API key. Pass ...` means that no key is set, and that nothing was sent.

## `429 Too Many Requests`, `Rate limit exceeded`, `Requests rate limit exceeded`

Code 1300 is the rate limit of your workspace. Retries are on by default, and respect
`Retry-After`. If the errors remain, start fewer calls: share `Limits` among them, or use
`map_calls` with a `concurrency` (`mistral_funcs.guides.rate_limits`), or send a batch
(`mistral_funcs.guides.batches`). If the quota in the headers is zero, your plan has none for this
model: such a 429 is not retried.

```python
import asyncio

from mistral_core import MistralCore, RetryConfig
from mistral_funcs import chat_complete
from mistral_funcs.sandbox import Sandbox


async def main() -> None:
    sandbox = Sandbox()
    sandbox.fail(429, times=2)
    messages = [{"role": "user", "content": "Hello!"}]
    retries = RetryConfig(max_tries=5, initial_interval=0.01)
    async with MistralCore(transport=sandbox, retry_config=retries) as client:
        result = await chat_complete(client, model="mistral-large-latest", messages=messages)
        print(result.unwrap().text, result.call.attempts)


asyncio.run(main())
```

```text
You said: Hello! 3
```

## `Service tier capacity exceeded for this model`

The servers are busy; your limits are not the cause. The status is 429 or 503, the code 3505. Both
are retried, even for completions. Allow more time with `RetryConfig(max_tries=10,
initial_interval=2)`, or use another model.

## `RequestTimeoutError`, `ReadTimeout`, `The read operation timed out`

`phase` names the limit that was exceeded. A long completion can take more than 60 seconds: set
`total` and `deadline` above that, or stream the response and set `read` instead. A completion is
not retried after a timeout, because the server may still generate it.

```python
import asyncio

from mistral_core import Err, MistralCore, RequestOptions, RequestTimeoutError, Timeout
from mistral_funcs import models_list


async def main() -> None:
    async with MistralCore(timeout=Timeout(connect=5, read=60, deadline=900)) as client:
        match await models_list(client, options=RequestOptions(timeout=0.0001)):
            case Err(RequestTimeoutError(phase=phase) as error):
                print(phase, error.sent, error.retryable)
            case other:
                print(other)


asyncio.run(main())
```

```text
deadline True True
```

## `No connection to`, `Cannot connect to host`, `Name or service not known`

No connection could be opened. Check the network, the name of the server, and firewalls. The error
has `sent=False`, so even a POST was retried. If your network needs a proxy, see the next section.

```python
import asyncio

from mistral_core import APIConnectionError, Err, MistralCore, RetryConfig
from mistral_funcs import models_list


async def main() -> None:
    once = RetryConfig(strategy="none")
    async with MistralCore(server_url="http://127.0.0.1:9", retry_config=once) as client:
        match await models_list(client):
            case Err(APIConnectionError(sent=False) as error):
                print(error.message.partition(":9")[0])
            case other:
                print(other)


asyncio.run(main())
```

```text
No connection to 127.0.0.1
```

## `407 Proxy Authentication Required`, or nothing works behind a proxy

HTTP_PROXY, HTTPS_PROXY, ALL_PROXY and NO_PROXY are used, and
`proxy="http://user:password@host:port"` takes precedence. Percent-encode special characters in the
password. The error names what to check:

```python
import asyncio

from mistral_core import Err, MistralCore, RetryConfig
from mistral_funcs import models_list


async def main() -> None:
    proxy = "http://user:secret@127.0.0.1:9"
    once = RetryConfig(strategy="none")
    async with MistralCore(proxy=proxy, retry_config=once) as client:
        match await models_list(client):
            case Err(error):
                print(error.message.rpartition(". ")[2])
            case other:
                print(other)


asyncio.run(main())
```

```text
Check `proxy`
```

More: `mistral_funcs.guides.proxies_and_tls`.

## `CERTIFICATE_VERIFY_FAILED`, `unable to get local issuer certificate`

A proxy of your company signs connections with its own authority, or the system has no
certificates. Pass a TLS context that trusts the authority, as in
`mistral_funcs.guides.proxies_and_tls`, or set SSL_CERT_FILE before Python starts. With Python from
python.org on macOS, run `Install Certificates.command`.

## `RuntimeError: Event loop is closed`

A client of this package does not cause it: it keeps the connections of each event loop apart, so
it can be used in several `asyncio.run`, one after another. The error comes from another library,
or from an aiohttp session passed as `session=`, which belongs to one event loop.

```python
import asyncio

from mistral_core import MistralCore
from mistral_funcs import models_list

client = MistralCore()
for _ in range(3):
    print(asyncio.run(models_list(client)).call.status)
asyncio.run(client.aclose())
```

```text
200
200
200
```

## `asyncio.run() cannot be called from a running event loop`

You are in a notebook, or already in a coroutine. Use `await` in place of `asyncio.run`:
`mistral_funcs.guides.notebooks`. A synchronous function cannot wait for a coroutine in the event
loop that called it. Make it `async`, or run it in a thread:

```python
import asyncio

from mistral_core import MistralCore
from mistral_funcs import models_list

client = MistralCore()


def count_models() -> int:
    return len(asyncio.run(models_list(client)).unwrap().data)


async def main() -> None:
    print(await asyncio.to_thread(count_models) > 0)
    await client.aclose()


asyncio.run(main())
```

```text
True
```

## `Unclosed client session`, `ResourceWarning: unclosed`

A client was dropped while it was open. Use `async with MistralCore() as client`, or call `await
client.aclose()` when the application ends. In a web service, tie it to the application:
`mistral_funcs.guides.web_services`. Do not create a client for each call: it would open new
connections each time.

## `coroutine ... was never awaited`

The function was called without `await`. Write `await models_list(client)`.

## `Item "Err[...]" of ... has no attribute "value"`, `'Err' object has no attribute ...`

The result may be an `Err`. Match on it, or call `unwrap()`, which raises the error:

```python
import asyncio

from mistral_core import MistralCore, SDKError
from mistral_funcs import models_retrieve


async def main() -> None:
    async with MistralCore() as client:
        try:
            print((await models_retrieve(client, "no-such-model")).unwrap())
        except SDKError as error:
            print(error.status, error.message)


asyncio.run(main())
```

```text
404 No model matches 'no-such-model'.
```

## `422 Unprocessable Entity`, `Input should be a valid ...`, `Extra inputs are not permitted`

The server rejected a field of the request. `detail` lists each invalid value with its path:

```python
import asyncio

from mistral_core import Err, HTTPValidationError, MistralCore
from mistral_funcs import chat_complete


async def main() -> None:
    async with MistralCore() as client:
        result = await chat_complete(
            client, model="mistral-large-latest", messages=[{"role": "user", "content": 17}]
        )
        if isinstance(result, Err) and isinstance(result.error, HTTPValidationError):
            for invalid in result.error.detail:
                print(invalid.loc)


asyncio.run(main())
```

## `Unexpected role 'user' after role 'tool'`, `Expected last role User or Tool`

The order of messages is checked, with code 3230, `invalid_request_message_order`:

- The last message is from the user, a tool result, or an assistant message with `prefix=True`.
- Each tool call has exactly one tool message before the next assistant message. Otherwise the
  error is `Not the same number of function calls and responses`.
- After tool messages comes an assistant message. Many models reject a user message there.
- An assistant message has content or tool calls. Otherwise the error is `Assistant message must
  have either content or tool_calls, but not none`.

`run` keeps to these rules, however a run ends: `run.messages` can always be sent, with a new user
message (`mistral_funcs.guides.tools_and_runs`). The sandbox checks the rules as the API does:

```python
import asyncio

from mistral_core import Err, MistralCore, Ok
from mistral_funcs import chat_complete
from mistral_funcs.sandbox import Sandbox
from mistral_funcs.schemas import (
    AssistantMessage,
    ChatCompletionRequestMessage,
    FunctionCall,
    ToolCall,
    ToolMessage,
    UserMessage,
)

CALL = ToolCall(id="Abc123xyz", function=FunctionCall(name="now", arguments="{}"))
HISTORY: list[ChatCompletionRequestMessage] = [
    UserMessage(content="What time is it?"),
    AssistantMessage(content="", tool_calls=[CALL]),
    ToolMessage(tool_call_id="Abc123xyz", content="12:00"),
]
THANKS = UserMessage(content="Thanks!")


async def main() -> None:
    async with MistralCore(transport=Sandbox()) as client:
        for messages in (
            [*HISTORY[:2], THANKS],
            [*HISTORY, THANKS],
            [*HISTORY, AssistantMessage(content="It is noon."), THANKS],
        ):
            match await chat_complete(client, model="mistral-large-latest", messages=messages):
                case Ok(completion):
                    print(completion.text)
                case Err(error):
                    print(error.message)


asyncio.run(main())
```

```text
Not the same number of function calls and responses
Unexpected role 'user' after role 'tool'
You said: Thanks!
```

## `Tool call id was call_... but must be a-z, A-Z, 0-9, with a length of 9`

The history has IDs of another provider. Replace each by nine letters or digits, in the call and in
its tool message. IDs that a Mistral model generated are valid already.

## `Response payload is not completed`, `peer closed connection`, a stream that stops early

The connection broke, often at a proxy that closes idle or long connections. The last event of the
stream is then an `Err`, and the text so far is incomplete. A stream without an `Err` is complete,
so match on each event. A stream of text cannot be resumed; send the request again.

```python
import asyncio

from mistral_core import APIConnectionError, Err, MistralCore, Ok
from mistral_funcs import chat_stream
from mistral_funcs.sandbox import Sandbox


async def main() -> None:
    sandbox = Sandbox()
    sandbox.fail(APIConnectionError("The connection broke"), after=2)
    messages = [{"role": "user", "content": "Hello!"}]
    async with MistralCore(transport=sandbox) as client:
        stream = await chat_stream(client, model="mistral-large-latest", messages=messages)
        async with stream.unwrap() as events:
            async for event in events:
                match event:
                    case Ok(chunk):
                        print(repr(chunk.text))
                    case Err(error):
                        print(error)


asyncio.run(main())
```

```text
''
'You'
The connection broke
```

## An empty response: `content` is `None` or `""`

Read `finish_reason`, the reason why the model stopped:

- `tool_calls`: the model calls a function, and generates text after you have sent the result.
  `run` does that for you: `mistral_funcs.guides.tools_and_runs`.
- `length`: `max_tokens` was reached. A model that reasons may use all of them before it generates
  text.
- The content can be a list of chunks. `text` joins the text chunks of a response.

```python
import asyncio

from mistral_core import MistralCore
from mistral_funcs import chat_complete

NOW = {"type": "function", "function": {"name": "get_time", "parameters": {}}}


async def main() -> None:
    messages = [{"role": "user", "content": "Use get_time, please."}]
    async with MistralCore() as client:
        result = await chat_complete(
            client, model="mistral-large-latest", messages=messages, tools=[NOW]
        )
        response = result.unwrap()
        print(repr(response.text), response.choices[0].finish_reason)


asyncio.run(main())
```

```text
'' tool_calls
```

## `Missing additionalProperties: False in object schema`, `Invalid schema for response_format`

A strict JSON schema must forbid additional properties in each object, and require every property.
`parse` derives such a schema from a class (`mistral_funcs.guides.structured_output`), and
`response_format_of` returns it:

```python
from typing import TypedDict

from mistral_core import to_json
from mistral_funcs import response_format_of


class City(TypedDict):
    name: str
    inhabitants: int


print('"additionalProperties":false' in to_json(response_format_of(City)).replace(" ", ""))
```

```text
True
```

## `json.decoder.JSONDecodeError` on the text of a response

The text is incomplete because `max_tokens` was reached, or the model wrote something around the
JSON. With `parse`, the error says which; for the former, it contains `finish reason: length`.

```python
import asyncio

from mistral_core import MistralCore
from mistral_funcs import chat_complete, parse


async def main() -> None:
    messages = [{"role": "user", "content": "Name some primes."}]
    async with MistralCore() as client:
        result = await parse(
            list[int],
            chat_complete,
            client,
            model="mistral-large-latest",
            messages=messages,
            max_tokens=1,
        )
        print("finish reason: length" in str(result.map_err(lambda error: error)))


asyncio.run(main())
```

```text
True
```

## `Invalid model`, code 1500; a model that is deprecated or gone

The ID is misspelled, or the model was retired. `models_list` returns the models of your key.
Before a model is retired, `call.model_deprecation` of its responses is the date:

```python
import asyncio

from mistral_core import Err, MistralCore, SDKError
from mistral_core.testing import ScriptedTransport, json_response
from mistral_funcs import chat_complete, models_list


async def main() -> None:
    messages = [{"role": "user", "content": "Hello!"}]
    async with MistralCore() as client:
        match await chat_complete(client, model="mistral-larg", messages=messages):
            case Err(SDKError(code="1500") as error):
                print(error.message)
            case other:
                print(other)

    retiring = json_response({"data": []}, headers={"x-model-deprecation-timestamp": "1767225600"})
    result = await models_list(MistralCore(transport=ScriptedTransport(retiring)))
    print(result.call.model_deprecation)


asyncio.run(main())
```

```text
Invalid model: mistral-larg
2026-01-01 00:00:00+00:00
```

## `404`, `no Route matched with those values`

The server has no such endpoint. `server_url` may end in `/v1`, but must not contain the path of an
operation. Or it is the URL of a server with another API.

## `410 Gone` when creating a fine-tuning job

The hosted fine-tuning API is being retired. `case Err(SDKError(status=410))` matches a retired
operation: `mistral_funcs.guides.fine_tuning`.

## `413`, `Request Entity Too Large`, uploads of more than 512 MB

The API accepts files of up to 512 MB. Divide the file: training data and batches by lines,
documents by pages. `run_batch` divides its requests into files of at most `max_bytes` itself.

## `TypeError: cannot pickle ...`, with multiprocessing, Celery or Dask

Clients, results and errors pickle. A client with a borrowed `session`, or with an `SSLContext`,
does not, because these belong to their process. Create such a client in the worker:
`mistral_funcs.guides.workers`.

```python
import pickle
import ssl

from mistral_core import MistralCore

client = pickle.loads(pickle.dumps(MistralCore(timeout=60)))
try:
    pickle.dumps(MistralCore(ssl=ssl.create_default_context()))
except TypeError as error:
    print(error)
```

```text
A client with this transport cannot be pickled: an SSLContext as `ssl` belongs to its process
```

## `No asyncio task is running`: trio, curio and AnyIO

The client needs asyncio. AnyIO works with its asyncio backend; under trio, each call returns an
`InvalidRequestError`. In a program on trio, run the calls in a thread with `asyncio.run`.

```python
from mistral_core import MistralCore
from mistral_funcs import models_list

coroutine = models_list(MistralCore())
try:
    coroutine.send(None)  # as an event loop other than asyncio's would
except StopIteration as stopped:
    print(stopped.value.error.message.partition(". ")[0])
```

```text
No asyncio task is running
```

## `aiodns needs a SelectorEventLoop on Windows`

A client of this package does not cause it: names are resolved by the system's resolver in a
thread, even if aiodns is installed. The error comes from another aiohttp session. A session that
you pass as `session=` needs `aiohttp.TCPConnector(resolver=aiohttp.ThreadedResolver())`.

## `Server disconnected`, `Connection reset by peer`

The server closed an idle connection just as it was used. The client checks connections before it
uses them, and repeats a request that provably never arrived. Otherwise the error is an
`APIConnectionError` with `sent=True`, and a POST is not repeated, because it may have been
executed. If repeating it is harmless, as for embeddings, set `retry_non_idempotent`:

```python
import asyncio

from mistral_core import APIConnectionError, MistralCore, RequestOptions, RetryConfig
from mistral_funcs import embeddings_create
from mistral_funcs.sandbox import Sandbox

REPEAT = RequestOptions(retries=RetryConfig(retry_non_idempotent=True, initial_interval=0.01))


async def main() -> None:
    sandbox = Sandbox()
    sandbox.fail(APIConnectionError("Server disconnected"))
    async with MistralCore(transport=sandbox) as client:
        result = await embeddings_create(
            client, model="mistral-embed", input=["Hello!"], options=REPEAT
        )
        print(result.call.attempts)


asyncio.run(main())
```

```text
2
```

## `Invalid response`, `ResponseValidationError`

A proxy or a login portal responded in place of the API, or a self-hosted server sends other
fields. `path` is the path of the first invalid value, and `body` the response. New fields, new
kinds of objects and an invalid item of a list are not errors: they are kept as they are.

```python
import asyncio

from mistral_core import Err, Headers, MistralCore, Response, ResponseValidationError
from mistral_core.testing import ScriptedTransport
from mistral_funcs import models_list

PAGE = Response(200, Headers([("content-type", "text/html")]), b"<html>Sign in</html>")


async def main() -> None:
    async with MistralCore(transport=ScriptedTransport(PAGE)) as client:
        match await models_list(client):
            case Err(ResponseValidationError(path=path, body=body)):
                print(path, body.decode())
            case other:
                print(other)


asyncio.run(main())
```

```text
$ <html>Sign in</html>
```

## `ModuleNotFoundError: No module named 'mistral_funcs'`, or `No matching distribution found`

The package is not on PyPI. Install it from a checkout or a Git URL, as the README shows.
"""
