r"""Results and errors: match on `Ok` and `Err`, or raise with `unwrap`.

Every operation returns `Ok(value)` or `Err(error)`. Only cancellation and programming errors, such
as a misspelled argument, are raised.

```python
import asyncio

from mistral_core import Err, MistralCore, Ok, SDKError
from mistral_funcs import models_retrieve


async def describe(client: MistralCore, model_id: str) -> str:
    match await models_retrieve(client, model_id):
        case Ok():
            return f"{model_id} exists"
        case Err(SDKError(status=404)):
            return f"{model_id} does not exist"
        case Err(error):
            return f"Request failed: {error}"


async def main() -> None:
    async with MistralCore() as client:
        print(await describe(client, "mistral-large-latest"))
        print(await describe(client, "mistral-largest"))


asyncio.run(main())
```

```text
mistral-large-latest exists
mistral-largest does not exist
```

## The errors

| error | what happened | own fields |
|---|---|---|
| `SDKError` | the server reported an error, even if the status is 200 | `type`, `code`, `param` |
| `HTTPValidationError` | the server rejected the request as invalid: 422 | the same, and `detail` |
| `ResponseValidationError` | the response is invalid | `path` such as `$.id`, `errors` |
| `RequestTimeoutError` | a time limit was exceeded | `phase`: `connect`, `read`, ..., and `sent` |
| `APIConnectionError` | no complete response arrived | `sent`, `temporary` |
| `InvalidRequestError` | the call is invalid, and no request was sent | `param` |

The first three also have `status`, `headers`, `body` and `request_id`; `SDKError.retry_after` is
the pause in seconds that the server requests, if any. `sent` says whether the server may have
received the request.

Each error has a `message`, and `retryable`: whether the same call may succeed later. `str(error)`
adds the status, advice, and the request ID to quote to the server's support.

`Failure` is the union of the six classes. Match in two levels, and `assert_never` lets the type
checker prove that no case is missing. In mypy, set `enable_error_code = ["exhaustive-match",
"truthy-bool"]`; the second reports `if result:`, which is always true.

```python
from typing import assert_never

from mistral_core import (
    APIConnectionError,
    Err,
    Failure,
    HTTPValidationError,
    InvalidRequestError,
    Ok,
    RequestTimeoutError,
    ResponseValidationError,
    Result,
    SDKError,
)
from mistral_funcs.schemas import ModelList


def status_of(result: Result[ModelList, Failure]) -> int:
    match result:
        case Ok():
            return 200
        case Err(error):
            match error:
                case SDKError(status=404 | 410):  # 410: the API retired the operation
                    return 404
                case SDKError(status=429):
                    return 503
                case SDKError() | ResponseValidationError():
                    return 502
                case HTTPValidationError() | InvalidRequestError():
                    return 400
                case RequestTimeoutError() | APIConnectionError():
                    return 504
                case _:
                    assert_never(error)
        case _:
            assert_never(result)
```

## Methods

| method | of `Ok(value)` | of `Err(error)` |
|---|---|---|
| `unwrap()` | `value` | raises `error` |
| `unwrap_or(default)` | `value` | `default` |
| `map(function)` | `Ok(function(value))` | unchanged |
| `map_err(function)` | unchanged | `Err(function(error))` |

Both have the metadata of the call in `call`. It is not part of `==`, `repr` and patterns.

```python
import asyncio

from mistral_core import MistralCore
from mistral_funcs import models_list


async def main() -> None:
    async with MistralCore() as client:
        call = (await models_list(client)).call
        print(call.status, call.request_id, call.attempts, f"{call.elapsed:.3f} s")
        print(call.rate_limit.remaining_requests_minute, call.headers["content-type"])


asyncio.run(main())
```

## From code that raises

Append `.unwrap()` to each call, and code that expects exceptions works unchanged: `except`,
`finally`, task groups, a framework's error handler. `unwrap` raises the error of the `Err`, so a
function can raise today and return a result tomorrow. In a stream, each event has an `unwrap`,
too.

```diff
-card = await client.models.retrieve_async(model_id="open-mistral-7b")
+card = (await models_retrieve(client, "open-mistral-7b")).unwrap()
```

```python
import asyncio

from mistral_core import MistralCore, MistralError, SDKError
from mistral_funcs import models_delete, models_retrieve


async def delete_if_present(client: MistralCore, model_id: str) -> bool:
    try:
        card = (await models_retrieve(client, model_id)).unwrap()
        print("Deleting", card)
        return (await models_delete(client, model_id)).unwrap().deleted
    except SDKError as error:
        if error.status == 404:
            return False
        raise


async def main() -> None:
    async with MistralCore() as client:
        try:
            print(await delete_if_present(client, "no-such-model"))
        except MistralError as error:
            print(error)


asyncio.run(main())
```

```text
False
```

Three things differ from most clients:

- `except MistralError` also catches timeouts and broken connections, which other clients take from
  their HTTP library.
- Retries are on, and a call may take 600 seconds in all. `RetryConfig(strategy="none")` and
  `timeout=` change that: see `mistral_funcs.guides.retries_and_timeouts`.
- A call without `.unwrap()` does not raise. An error in a result that is not used goes unnoticed:
  search for `await` at the start of a statement.

Results and errors pickle, and an error can be raised, get notes and be part of an exception group.
"""
