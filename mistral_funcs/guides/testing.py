r"""Test without the API: the sandbox, canned responses, and fixtures for pytest.

| what you test | use |
|---|---|
| your code against an API that behaves like the real one | `Sandbox`, which is stateful |
| how your code handles one exact response | `mistral_core.testing.ScriptedTransport` |
| your code against what the API really sent | `Cassette`: `mistral_funcs.guides.cassettes` |

Each of them is a transport: pass it to a client, and nothing leaves the process.

## The sandbox

```python
import asyncio

from mistral_core import MistralCore, RetryConfig
from mistral_funcs import models_archive, models_list
from mistral_funcs.sandbox import Sandbox
from mistral_funcs.schemas import FTModelCard


async def test_archiving() -> None:
    sandbox = Sandbox()
    sandbox.state.models["mine"] = FTModelCard(id="mine")
    client = MistralCore(transport=sandbox, retry_config=RetryConfig(initial_interval=0))

    await models_archive(client, "mine")
    mine = sandbox.state.models["mine"]
    assert isinstance(mine, FTModelCard) and mine.archived

    sandbox.fail(503, times=2)
    assert (await models_list(client)).call.attempts == 3


asyncio.run(test_archiving())
```

You can set and read its `state`, make it `fail`, and read its `requests`. The state keeps the last
1,000 objects of each kind that requests created, such as files or jobs; `requests` keeps the last
1,000 requests, without bodies above 1 MiB.

To serve the same state over real HTTP, use `async with sandbox.serve() as url`, or for other
programs `python -m mistral_funcs sandbox --port 8080`.

### Responses of its model

The model repeats the user, and calls the tools that the user names: `Use get_weather for Paris`
calls the function `get_weather`, in chats, agents, conversations and the Responses API. In
conversations, hosted tools and tools of connectors run when the user names them, and wait for
`tool_confirmations` if their configuration requires it. An agent hands over to an agent in its
`handoffs` when the user names that agent. The entries and stream events are like those of the API.

The sandbox refuses invalid requests as the API does, with status, type and code: a wrong order of
messages, tool results that are missing, repeated or unknown (`3230`), empty assistant messages
(`3240`), and IDs of tool calls that are not nine letters or digits (`3280`). Where models differ,
the sandbox is strict: a user message must not follow a tool message directly. `mistral-common`
accepts what the sandbox accepts. A body that cannot be read is refused with 400, 408, 413, 415 or
422.

### Jobs

Fine-tuning and batch jobs take a step after each GET on the job, and after each list that contains
it, so `fine_tuning_jobs_wait` and `batch_jobs_wait` end. To control the steps, use
`progress="manual"`:

```python
import asyncio

from mistral_core import MistralCore
from mistral_funcs import batch_jobs_create, batch_jobs_get
from mistral_funcs.sandbox import Sandbox


async def test_a_running_batch() -> None:
    sandbox = Sandbox(progress="manual")
    client = MistralCore(transport=sandbox)
    body = {"messages": [{"role": "user", "content": "Hello"}]}
    created = await batch_jobs_create(
        client,
        endpoint="/v1/chat/completions",
        model="mistral-large-latest",
        requests=[{"custom_id": "1", "body": body}],
    )
    job = created.unwrap()
    assert job.status == "QUEUED"

    sandbox.advance()
    assert (await batch_jobs_get(client, job.id)).unwrap().status == "RUNNING"


asyncio.run(test_a_running_batch())
```

For jobs that follow a clock, use `python -m mistral_funcs sandbox --advance-every SECONDS`, or
`sandbox.serve(advance_every=...)` with `progress="manual"`.

## Fixtures for pytest

`mistral_sandbox` is a new sandbox, `mistral_client` a client of that sandbox which retries without
a pause, and `mistral_cassette` a cassette for the test. Enable them in the `conftest.py` at the
root of your tests as below, or with `pytest -p mistral_funcs.pytest_plugin`; they do not enable
themselves. Coroutine functions are run by pytest-asyncio in its auto mode, or by anyio.

```python
from mistral_core import MistralCore
from mistral_funcs import models_list
from mistral_funcs.sandbox import Sandbox

pytest_plugins = ["mistral_funcs.pytest_plugin"]


async def test_a_busy_server(mistral_client: MistralCore, mistral_sandbox: Sandbox) -> None:
    mistral_sandbox.fail(503, times=2)
    assert (await models_list(mistral_client)).call.attempts == 3
```

## Canned responses

`ScriptedTransport` returns the responses that you give it, in order, and keeps the requests:

```python
import asyncio

from mistral_core import Err, MistralCore, SDKError
from mistral_core.testing import ScriptedTransport, json_response
from mistral_funcs import models_retrieve


async def test_a_retired_model() -> None:
    transport = ScriptedTransport(json_response({"message": "gone"}, status=410))
    result = await models_retrieve(MistralCore(transport=transport), "old")
    assert isinstance(result, Err) and isinstance(result.error, SDKError)
    assert transport.requests[0].url.endswith("/v1/models/old")


asyncio.run(test_a_retired_model())
```
"""
