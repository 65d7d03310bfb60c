r"""Retries and time limits: one deadline per call, and retries that never execute a request twice.

Set both for a client, and override them for a single call:

```python
import asyncio

from mistral_core import Err, MistralCore, RequestOptions, RequestTimeoutError, RetryConfig, Timeout
from mistral_funcs import models_list


async def main() -> None:
    async with MistralCore(
        timeout=Timeout(connect=5, deadline=60),
        retry_config=RetryConfig(max_tries=3, initial_interval=0.2),
    ) as client:
        result = await models_list(client)
        print(result.call.attempts, "attempt")

        hasty = RequestOptions(timeout=0.0001, retries=RetryConfig(strategy="none"))
        match await models_list(client, options=hasty):
            case Err(RequestTimeoutError(phase=phase)):
                print("too late:", phase)
            case other:
                print(other)


asyncio.run(main())
```

```text
1 attempt
too late: deadline
```

## Time limits

All are fields of `Timeout`, in seconds. `None` is no limit, and a number in place of a `Timeout`
is the deadline.

| limit | of | default |
|---|---|---|
| `deadline` | the call: all attempts and the pauses between them; one event of a stream | 600 |
| `total` | one attempt, response body included | none |
| `connect` | opening a connection, TLS handshake included | 10 |
| `read` | the wait for the next bytes of the response | none |

A limit that is exceeded is a `RequestTimeoutError` that names it in `phase`. `asyncio.timeout`
around a call works too, and raises `TimeoutError` as usual.

## Retries

| method | retried after |
|---|---|
| GET, DELETE, PUT | 408, 429, 500, 502 to 504, 520 to 524, 529, 530, broken connections, timeouts |
| POST, PATCH | no connection, 429, and a 503 with `Retry-After` or for exceeded capacity |

A POST is retried only if the server cannot have executed it, so that no completion is generated,
or billed, twice. To retry a POST like a GET, set `retry_non_idempotent=True`. If the server may
have executed the request, the error has `sent=True`.

A call makes at most `max_tries` attempts (5), and no retry begins later than `max_elapsed_time`
(300 seconds) after the start of the call. The pause before a retry grows from `initial_interval`
(0.5 seconds) by the factor `exponent` (1.5) to at most `max_interval` (60 seconds), and is
shortened at random by up to half. `Retry-After` is respected; if the server requests a longer
pause than the deadline allows, the `Err` is returned at once. A 429 with a quota of zero requests
is not retried.

The number of attempts is in `result.call.attempts`. Limits on your own rate of requests:
`mistral_funcs.guides.rate_limits`.
"""
