r"""Cassettes: record traffic once, and replay it in tests.

A cassette is a transport with a file. The first run calls the API and writes the file; later runs
replay it, with no key and no network:

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

The fixture `mistral_cassette` is the cassette of a test. Its file is beside the file of the test:
`cassettes/test_geography/test_capital.jsonl`. Commit it. The guide `testing` shows how to enable
the fixtures.

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
pytest --mistral-record=new   # also adds requests that are new in a test
pytest --mistral-record=all   # records all tests again
```

The recording of a test that fails is not kept. To pass arguments to the cassettes of a module or a
project, override a fixture:

```python
from typing import Any

import pytest


@pytest.fixture
def mistral_cassette_options() -> dict[str, Any]:
    return {"strict": True, "secrets": ["x-tenant"]}
```

## What is recorded

- `record` is `"none"` (the default), `"once"`, `"new"` or `"all"`, as above.
- Every attempt of a call, so that retries are replayed as they happened; also timeouts, refused
  and broken connections.
- Streams chunk by chunk with their times. Recording does not hold a stream back, and an upload is
  read once and sent as it would be without a cassette.
- WebSockets, such as live transcription: a message of the server is replayed after those of the
  client that came before it. Sending something else than what was recorded is an error.
- A stream that you left early is recorded up to there. Reading further in a replay is an `Err`.
- A call that you cancelled, or that exceeded `Timeout.total` or `Timeout.deadline`, gets no
  response in the replay either: it waits until it is cancelled again.

The file has a line of JSON for each event. Binary content above 1 KiB is in a folder beside it,
named `<name>.files`. Both are written when the block ends, through temporary files, and only if it
does not raise. A file that was cut or edited to be incomplete is refused. Requests and responses
are held in memory until then.

## What is not recorded: secrets

The `Authorization` header is never recorded. Hidden as `***` are:

- headers, query parameters and fields with names like `api_key`, `client_secret`, `password`,
  `encryption_key` or `access_token`, and all values below `headers` in bodies;
- signatures and credentials in signed URLs, users and passwords in URLs;
- bearer tokens, JSON web tokens and keys with well-known prefixes in any text;
- and each secret that was found in one of these ways, everywhere else: in the text of an error, in
  another exchange, or cut in two by the chunks of a stream.

Your program sees everything as it is; only the file does not. Add names with `secrets`, and a
function over all strings with `redact`, which must not change its own result:

```python
import re

from mistral_core import Cassette


def without_emails(text: str) -> str:
    return re.sub(r"[\w.]+@[\w.]+", "someone@example.com", text)


cassette = Cassette("cassettes/mail.jsonl", secrets=["x-tenant", "iban"], redact=without_emails)
```

Read a recording before you publish it: what people wrote to the model is in it, and so is a secret
that neither its name nor its form shows.

## Which request is replayed

Requests are compared by method, path, query and body, after secrets are hidden. The order of JSON
fields, form fields and query parameters does not matter; neither do boundaries of forms,
idempotency keys, request ids, the server and the headers. Two dates are equal, but of several
requests, the one with the same dates is replayed first. Ignore other fields with `ignore`.

Each recorded request is replayed once, in any order, or with `strict=True` in the recorded order
only. `cassette.unplayed` lists what has not been replayed. A request that is not in the recording
is an `Err`:

```text
`POST /v1/chat/completions` matches no unplayed request in france.jsonl. The nearest recorded one is
request 1, `POST /v1/chat/completions`:
  body.messages[0].content: recorded 'What is the capital of France?', sent 'And of Spain?'
```

A replay happens at once: pauses between chunks are left out, and `Retry-After` is zero. (The client
still pauses before a retry, unless its `RetryConfig` has `initial_interval=0`.) With `timed=True`
it takes the recorded time. To record through a proxy, or from a sandbox, pass another `transport`.
"""
