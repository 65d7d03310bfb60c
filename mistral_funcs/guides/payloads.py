r"""Workflow payloads: encrypt, compress and store them yourself.

Inputs and results of workflows pass through the API. Encrypt them if only your workers should be
able to read them. You need the extra `payloads` (`pip install '.[payloads]'` in a checkout), and a
key that your workers have too:

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

This client encodes and decodes the payloads of all operations: the inputs of executions, signals,
queries, updates and schedules, the results of executions, runs, traces, queries and updates, and
the payloads of events, listed or streamed. Operations without payloads are unaffected. The wire
format is that of Mistral's own clients and workers.

The histories of executions and runs are not decoded: they are the scheduler's own events.

## Partial encryption and key rotation

With `mode="partial"`, only the strings that you mark are encrypted, so that the rest stays visible
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

Payloads of 1 MiB or more can be compressed, and kept in a storage of your own, so that the API
receives only references to them. `ObstoreStorage` takes the URL of a bucket or a folder, `s3://`,
`gs://`, `az://` or `file:///`, or a configured store of
[obstore](https://developmentseed.org/obstore/). The workers need the same storage with the same
prefix.

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

- Without `namespace`, the client requests it from the API when it stores the first object. If that
  fails, so does the call.
- Inputs of schedules are never stored, because they outlive an execution.
- Any object with the two methods of `ObjectStorage` can be the storage, such as a database:
  `put(key, content)` and `get(key)`, which raises `FileNotFoundError` for a missing object.

## Proxies, TLS and connections

`PayloadTransport(codec)` sends requests with an `AiohttpTransport()`. To set a proxy, a TLS
context, a session or the size of the pool, pass a transport: `PayloadTransport(codec,
AiohttpTransport(proxy="http://proxy:3128"))`. For tests, pass a `Sandbox` in the same way.

A transport of your own around a `PayloadTransport` must forward `prepare`, so that a call is
encoded only once. Otherwise inputs are still encrypted, but each retry gets a new execution ID.

## Errors

Each of these is an `Err`; ciphertext is never returned as if it were a value:

| what happened | result |
|---|---|
| the input cannot be encoded | `InvalidRequestError`, and nothing is sent |
| the storage fails before sending | `APIConnectionError`, retried: nothing was sent |
| the storage fails while reading | `APIConnectionError`, retried for GET |
| no key fits, data was changed or cut off, or an encoding is unknown | `ResponseValidationError` |
| the payload is larger than `max_response_bytes` | `ResponseValidationError` |

The `path` of the `ResponseValidationError` is that of the payload, such as `$.schedules[3].input`.
One payload that cannot be decoded fails its page; in a stream, the error is the last item. A
client without `PayloadTransport` still returns payloads as they are on the wire.

A call is encoded once, before its first attempt. All of its attempts send the same bytes, and an
execution without an `execution_id` gets one, so that a retry after a lost response does not start a
second execution. Hooks see the encoded request.

Payloads of more than 64 KiB are encoded and decoded in threads.

A client with encryption cannot be pickled, because its keys stay in the process: create it in each
worker process.

## Encoding by hand

To encode payloads in your own code, call the methods that the transport uses.
`PayloadCodec.encode` takes bytes and returns an `EncodedPayload`; `PayloadCodec.decode` returns
the bytes:

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
