r"""Workflow payloads: encrypt, compress and store them yourself.

Inputs and results of workflows pass through the API. Encrypt them if only your workers should be
able to read them. This requires the extra `payloads`:

```sh
$ pip install 'mistral-funcs[payloads] @ git+https://git.example.com/you/mistral-funcs.git'
```

And a key that your workers have too:

```python
import asyncio
import os

from mistral_core import Err, MistralCore, Ok
from mistral_funcs import (
    PayloadCodec,
    PayloadEncryption,
    PayloadTransport,
    workflows_execute_workflow,
)

os.environ.setdefault("PAYLOAD_KEY", "00" * 32)  # Yours comes from `secrets.token_hex(32)`.


async def main() -> None:
    codec = PayloadCodec(encryption=PayloadEncryption(os.environ["PAYLOAD_KEY"]))
    async with MistralCore(transport=PayloadTransport(codec)) as client:
        match await workflows_execute_workflow(client, "greet", input={"name": "Ada"}):
            case Ok(execution):
                print(execution.execution_id)
            case Err(error):
                print(f"Not started: {error}")


asyncio.run(main())
```

This is all: with this client, every operation and every event that has payloads is encoded and
decoded. These are the inputs of executions, signals, queries, updates and schedules, the results of
executions, runs, traces, queries and updates, and the payloads of events, listed or streamed. Other
operations are not changed. The wire format is the one of Mistral's own clients and workers.

The histories of executions and runs stay as they are: they are the scheduler's own events.

## Partial encryption, and new keys

With `mode="partial"` only the strings that you mark are encrypted, so that the rest stays visible
in the console. To change the key, first give your workers and clients the new key as
`secondary_key`, then swap the two: the main key encrypts, both decrypt.

```python
import asyncio

from mistral_core import MistralCore
from mistral_funcs import (
    PayloadCodec,
    PayloadEncryption,
    PayloadTransport,
    encrypted_string,
    workflows_execute_workflow,
)

encryption = PayloadEncryption("11" * 32, secondary_key="00" * 32, mode="partial")


async def main() -> None:
    transport = PayloadTransport(PayloadCodec(encryption=encryption))
    async with MistralCore(transport=transport) as client:
        patient = {"ward": 3, "name": encrypted_string("Ada Lovelace")}
        print(await workflows_execute_workflow(client, "admit", input=patient))


asyncio.run(main())
```

## Large payloads

Payloads from 1 MiB can be compressed, and go to a storage of your own, so that the API gets only
their keys. `ObstoreStorage` takes the URL of a bucket or a folder, `s3://`, `gs://`, `az://` or
`file:///`, or a configured store of [obstore](https://developmentseed.org/obstore/). The workers
need the same storage with the same prefix.

```python
import asyncio
from pathlib import Path

from mistral_core import AiohttpTransport, MistralCore
from mistral_funcs import (
    ObstoreStorage,
    PayloadCodec,
    PayloadCompression,
    PayloadOffloading,
    PayloadTransport,
    workflows_execute_workflow,
)

folder = Path("payloads").absolute()
offloading = PayloadOffloading(storage=ObstoreStorage(folder.as_uri()), namespace="my-team")
codec = PayloadCodec(compression=PayloadCompression(), offloading=offloading)


async def main() -> None:
    transport = PayloadTransport(codec, AiohttpTransport(max_connections=20))
    async with MistralCore(transport=transport) as client:
        report = {"text": "".join(f"Line {number}. " for number in range(200_000))}
        print(await workflows_execute_workflow(client, "summarise", input=report))


asyncio.run(main())
```

- Without `namespace` the client asks the API for it, once, when it stores the first object. If that
  fails, so does the call.
- Inputs of schedules are never stored, because they outlive an execution.
- Any object with the two methods of `ObjectStorage` can be the storage, such as a database:
  `put(key, content)` and `get(key)`, which raises `FileNotFoundError` for a missing object.

## The transport below

`PayloadTransport(codec)` sends with aiohttp and its defaults. A proxy, a TLS context, a session or
the size of the pool are options of the transport below: `PayloadTransport(codec,
AiohttpTransport(proxy="http://proxy:3128"))`. A transport for tests, such as a `Sandbox`, is given
in the same way.

A transport around a `PayloadTransport` must pass on `prepare`, so that a call is encoded only once.
Without it nothing is sent in clear, but each retry gets a new execution ID.

## What can go wrong

Each of these is an `Err`, and ciphertext is never returned as if it were a value:

| what happened | result |
|---|---|
| the input cannot be encoded | `InvalidRequestError`, and nothing is sent |
| the storage fails before sending | `APIConnectionError`, retried: nothing was sent |
| the storage fails while reading | `APIConnectionError`, retried for GET |
| no key fits, data was changed or cut off, an encoding is not known | `ResponseValidationError` |
| the payload is larger than `max_response_bytes` | `ResponseValidationError` |

The `path` of the `ResponseValidationError` is the place of the payload, such as
`$.schedules[3].input`. One that cannot be decoded fails the page that it is on; in a stream it is
the last item. A client without `PayloadTransport` still returns it as it is on the wire.

A call is encoded once, before its first attempt. All of its attempts send the same bytes, and an
execution without an `execution_id` gets one, so that a retry after a lost response does not start a
second execution. Hooks see the encoded request.

Payloads of more than 64 KiB are encoded and decoded in threads.

A client with encryption cannot be pickled, because its keys stay in the process: create it in each
worker process.

## Encoding by hand

`PayloadCodec.encode` and `PayloadCodec.decode` are what the transport uses. They take and return
bytes and an `EncodedPayload`:

```python
import asyncio

from mistral_core import Ok
from mistral_funcs import PayloadCodec, PayloadEncryption

codec = PayloadCodec(encryption=PayloadEncryption("00" * 32))


async def main() -> None:
    payload = (await codec.encode(b'{"name":"Ada"}')).unwrap()
    print(payload.options)
    assert await codec.decode(payload.data, payload.options) == Ok(b'{"name":"Ada"}')


asyncio.run(main())
```
"""
