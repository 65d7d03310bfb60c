r"""Retries and time limits: one deadline per call, and retries that never execute a request twice.

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

All are fields of `Timeout`, in seconds. `None` is no limit, and a number in place of a `Timeout` is
the deadline.

| limit | of | default |
|---|---|---|
| `deadline` | the call: all attempts and the pauses between them | 600 |
| `total` | one attempt, response body included | none |
| `connect` | opening a connection, TLS handshake included | 10 |
| `read` | the wait between two bytes of the response | none |

A limit that is exceeded is a `RequestTimeoutError` that names it in `phase`. `asyncio.timeout`
around a call works, too, and raises `TimeoutError` as usual.

## Retries

| method | is retried after |
|---|---|
| GET, DELETE, PUT | 408, 429, 500, 502 to 504, 520 to 524, 529, 530, broken connections, timeouts |
| POST, PATCH | where the server cannot have acted: no connection, 429, or a 503 that says so |

So a completion that may have been generated is not requested, or billed, a second time. To retry a
POST like a GET, set `retry_non_idempotent=True`.

The pause before a retry grows from `initial_interval` by the factor `exponent` to at most
`max_interval`, and is shortened at random by up to half. `Retry-After` is respected; if the server
asks for a longer pause than the deadline allows, the `Err` is returned at once. A 429 with a quota
of zero requests is not retried.

The number of attempts is in `result.call.attempts`. Limits on your own rate of requests:
`mistral_funcs.guides.rate_limits`.
"""
