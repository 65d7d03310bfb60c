r"""The client: keys, servers, connections and lifetime.

A `MistralCore` has the configuration and the connections. Creating it does no I/O and needs no
event loop, so one client can serve the whole process:

```python
from mistral_core import MistralCore, RequestOptions, RetryConfig, Timeout

client = MistralCore(
    api_key="...",  # or a function, or a coroutine function: called for each attempt
    server="eu",  # or server_url="https://gateway.example.com/mistral"
    timeout=Timeout(connect=5, deadline=60),  # or timeout=60: the deadline alone
    retry_config=RetryConfig(max_tries=3, initial_interval=0.2),
    headers={"x-team": "search"},
    max_connections=200,
)
patient = RequestOptions(timeout=300, retries=RetryConfig(strategy="none"))
```

## Keys and servers

- Without `api_key`, the key is read from MISTRAL_API_KEY, or from the file of a service account
  (`mistral_funcs.guides.clouds`). Whitespace, quotes and `Bearer` around a key are removed.
- A `server_url` may end in `/v1`. Without one, MISTRAL_SERVER_URL is used. - The key is never in a
  `repr`, a message, a log or a pickle. A pickled client reads MISTRAL_API_KEY where it is
  unpickled.
- A function as `api_key` is called for each attempt, so a key can be rotated:

```python
import asyncio
import os

from mistral_core import MistralCore
from mistral_funcs import models_list


async def read_key() -> str:
    return os.environ["MISTRAL_API_KEY"]  # or ask your secret store


async def main() -> None:
    async with MistralCore(read_key) as client:
        print((await models_list(client)).call.status)


asyncio.run(main())
```

```text
200
```

## Options of a single call

`options=RequestOptions(headers=..., timeout=..., retries=..., server_url=...)` changes a single
call of any function. The client's API key is sent to this `server_url`, so pass only a server that
you trust with it.

## Lifetime

Use `async with MistralCore() as client`, or call `await client.aclose()`. A closed client returns
an `Err`. A client that is dropped without being closed closes its connections and emits a
`ResourceWarning`.

One client serves any number of event loops, one after another or in threads at once, and still
works after a fork. In Celery, Dask and other worker processes: `mistral_funcs.guides.workers`.

## Limits

- At most `max_connections` connections are open per event loop (100 by default), and at most
  `max_connections_per_host` to one host (no limit by default). Further calls wait for a connection.
- A response has at most `max_response_bytes`: 256 MiB by default, counted after decompression.
- Redirects are followed only within the same server and with the same method.

Retries and time limits: `mistral_funcs.guides.retries_and_timeouts`. Proxies, certificates and your
own aiohttp session: `mistral_funcs.guides.proxies_and_tls`. Hooks, logs and OpenTelemetry:
`mistral_funcs.guides.telemetry`.
"""
