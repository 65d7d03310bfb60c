r"""Cassettes: record traffic once, and replay it in tests.

A cassette is a transport that records to a file. The first run calls the API and writes the file;
later runs replay it, with no key and no network:

```python
import asyncio

from mistral_core import Cassette, MistralCore
from mistral_funcs import chat_complete


async def ask(question: str) -> str:
    with Cassette("cassettes/france.jsonl", record="once") as cassette:
        async with MistralCore(transport=cassette) as client:
            messages = [{"role": "user", "content": question}]
            response = await chat_complete(client, model="mistral-small-latest", messages=messages)
            return response.unwrap().text


recorded = asyncio.run(ask("What is the capital of France?"))
assert asyncio.run(ask("What is the capital of France?")) == recorded
```

## In pytest

The fixture `mistral_cassette` is a cassette for one test. Its file is in a folder beside the test
module, such as `cassettes/test_geography/test_capital.jsonl`. Commit it. To enable the fixtures,
see `mistral_funcs.guides.testing`.

```python
from mistral_core import Cassette, MistralCore
from mistral_funcs import models_list


async def test_capital(mistral_cassette: Cassette) -> None:
    async with MistralCore(transport=mistral_cassette) as client:
        assert (await models_list(client)).unwrap().data
```

```sh
pytest                        # replays; a test without a recording fails
pytest --mistral-record=once  # records the tests that have no recording
pytest --mistral-record=new   # also adds new requests to existing recordings
pytest --mistral-record=all   # records all tests again
```

The recording of a failed test is discarded. To pass arguments to the cassettes of a module or a
project, override a fixture:

```python
from typing import Any

import pytest


@pytest.fixture
def mistral_cassette_options() -> dict[str, Any]:
    return {"strict": True, "secrets": ["x-tenant"]}
```

## What is recorded

`record` is `"none"` (the default), `"once"`, `"new"` or `"all"`, as for `--mistral-record`. A
recording contains:

- Every attempt of a call, including timeouts and refused or broken connections, so that retries
  are replayed as they happened.
- Streams, chunk by chunk, with their times. Recording does not delay a stream, and does not change
  how an upload is read and sent.
- WebSockets, such as live transcription. A message of the server is replayed after the messages of
  the client that preceded it. Sending a message that differs from the recorded one is an error.
- A stream that you left early, up to that point. Reading further in a replay is an `Err`.
- A call that you cancelled, or that exceeded `Timeout.total` or `Timeout.deadline`. It gets no
  response in the replay either, and waits until it is cancelled or times out.

The file has a line of JSON for each event. Binary content of more than 1 KiB is in a folder beside
it, `<name>.files`. Both are written, through temporary files, when the block ends without an
exception; until then, requests and responses are held in memory. An incomplete file is refused.

## Secrets

The `Authorization` header is never recorded. These are replaced by `***`:

- headers, query parameters and fields with names like `api_key`, `client_secret`, `password`,
  `encryption_key` or `access_token`, and all values below `headers` in bodies;
- signatures and credentials in signed URLs, users and passwords in URLs;
- bearer tokens, JSON web tokens and keys with well-known prefixes in any text;
- every other occurrence of a secret that was found in one of these ways: in an error message, in
  another exchange, or split over two chunks of a stream.

Your program still receives the original values. To hide more, pass names as `secrets`, or a
function of strings as `redact`. The function must leave its own result unchanged:

```python
import re

from mistral_core import Cassette


def without_emails(text: str) -> str:
    return re.sub(r"[\w.]+@[\w.]+", "someone@example.com", text)


cassette = Cassette("cassettes/mail.jsonl", secrets=["x-tenant", "iban"], redact=without_emails)
```

Read a recording before you publish it. It contains the prompts and the responses, and any secret
that neither its name nor its form gives away.

## Which request is replayed

Requests are compared by method, path, query and body, after secrets are hidden. The order of JSON
fields, form fields and query parameters does not matter, nor do multipart boundaries, idempotency
keys, request IDs, headers and the server. Dates may differ, but a recorded request with the same
dates is preferred. To ignore other fields, pass their names as `ignore`.

Each recorded request is replayed once, in any order, or with `strict=True` in the recorded order
only. `cassette.unplayed` lists what has not been replayed. A request that is not in the recording
is an `Err`:

```text
`POST /v1/chat/completions` matches no unplayed request in france.jsonl. The nearest recorded one is
request 1, `POST /v1/chat/completions`:
  body.messages[0].content: recorded 'What is the capital of France?', sent 'And of Spain?'
```

A replay happens at once: pauses between chunks are left out, and `Retry-After` is zero. (The
client still pauses before a retry, unless its `RetryConfig` has `initial_interval=0`.) With
`timed=True`, it takes the recorded time. To record through a proxy, or from a sandbox, pass
another `transport`.
"""
