r"""Many calls without 429s: a bounded map, and limits that all calls of a client share.

## Call a function for each of many items

`map_calls` starts a bounded number of calls, and reads items only as far as it has room for them,
so the items can be a generator over a large file. Each result comes with its item.

```python
import asyncio

from mistral_core import Err, Failure, Limit, Limits, MistralCore, Ok, Result
from mistral_funcs import chat_complete, map_calls
from mistral_funcs.schemas import ChatCompletionResponse

limits = Limits(Limit(requests_per_second=5, tokens_per_minute=500_000))


async def main() -> None:
    async with MistralCore(limits=limits) as client:

        async def ask(question: str) -> Result[ChatCompletionResponse, Failure]:
            messages = [{"role": "user", "content": question}]
            return await chat_complete(client, model="mistral-large-latest", messages=messages)

        questions = (f"What is {number} squared?" for number in range(5))
        async with map_calls(ask, questions, concurrency=20) as pairs:
            async for question, result in pairs:
                match result:
                    case Ok(completion):
                        print(question, completion.text)
                    case Err(error):
                        print(question, repr(error))


asyncio.run(main())
```

- Results are in order of the items. With `ordered=False` each comes as soon as it is complete.
- `items` is an iterable or an asynchronous iterable. `progress` is a function of the number of
  results taken and of the total, which is `None` for a generator.
- At most `concurrency` items are ahead of the results that you took. If you pause, so do the calls.
- Leaving the block, also early or by a cancellation, cancels the calls and waits for them.

## Set limits

`Limits` belongs to a client, or to several. Calls wait in order until there is room for them; a
call that would wait beyond its deadline (`Timeout.deadline`, 600 s by default) is an `Err` with a
`RequestTimeoutError` at once. Retries wait like other calls, at the place of their call.

```python
import asyncio

from mistral_core import Limit, Limits, MistralCore
from mistral_funcs import models_list

limits = Limits(
    Limit(requests_per_second=5, requests_per_minute=200, concurrency=50),
    models={"mistral-large-latest": Limit(requests_per_second=0.08)},  # one in 12.5 seconds
)


async def main() -> None:
    async with MistralCore(limits=limits) as client:
        print(await models_list(client))


asyncio.run(main())
```

- Each model has its own limit and its own line; waiting for one does not hold another.
  `Limits(limit, per_model=False)` counts all calls together.
- `concurrency` counts calls that run at the same time, a stream until it ends or is left. It is
  independent of the rates, and counted per process.
- A limit of 600 a minute is kept in each period of a minute, wherever it begins, plus a margin of
  1 % (`margin`, in seconds) for requests that arrive earlier or later than others. So nothing is
  refused, whether the server counts in a sliding window, in a fixed window or by a token bucket.
  After a pause, a minute's allowance can be sent at once: add a limit per second to spread it.

## Learn limits from the server

`MistralCore(limits=Limits())` uses the limits that the response headers report
(`x-ratelimit-limit-req-minute`, `x-ratelimit-limit-tokens-minute`). Until the first response of a
model, one request is in flight, for at most 10 seconds. What the server counts beyond this client,
such as another process with the same key, takes room as well. Where you set a limit too, the lower
one holds; `learn=False` ignores the headers.

## After a 429

A 429 holds back all calls of the model for as long as `Retry-After` requests (seconds, fractions or
a date), or else 0.5 s, doubled each time. Then one request is in flight, and more with each
success. A pause of more than `max_pause` (60 s) is limited to it and logged as a warning. A 429
with a quota of zero (`x-ratelimit-limit-req-minute: 0`) is returned at once and holds back nothing.

If neither you nor the server says what the limit is, some requests are refused; and a call that is
refused `RetryConfig.max_tries` times is an `Err`.

## Tokens

A call takes room for its tokens before it is sent: those of the prompt, estimated from the length
of the body, and `max_tokens`, or else what calls of the model cost on average. The estimate is
corrected by `x-ratelimit-tokens-query-cost` or the usage in the response, for a stream the last
one. A failed call gives back what it did not use. For exact numbers, pass a function of the fields
of the request that returns the tokens of the call:

```python
from collections.abc import Mapping
from typing import Any

from mistral_core import Limit, Limits


def count_tokens(fields: Mapping[str, Any]) -> int:
    prompt = sum(len(str(message).split()) for message in fields.get("messages", []))
    return prompt + int(fields.get("max_tokens") or 500)


limits = Limits(Limit(tokens_per_minute=500_000), count_tokens=count_tokens)
```

The package `mistral-common` has the tokenizers of the models.

## Several processes

Processes share limits by an account in Redis (extra `redis`, Redis 5 or later). Time is the clock
of the Redis server.

```python
from mistral_core import Limit, Limits, MistralCore, RedisAccount

account = RedisAccount("redis://localhost:6379/0", prefix="limits:my-team", processes=4)
client = MistralCore(limits=Limits(Limit(requests_per_minute=600), account=account))
```

Use one prefix for each API key. The account pickles with its client, and opens connections in each
event loop that uses it. While Redis cannot be reached, each of the `processes` counts for itself,
within its share of the limits; a warning is logged once.

For another store, write a class with the four methods of the protocol `Account`: `reserve` and
`forecast` get the `Window`s of the limit, `settle` a `Settlement` of a `Place`, `hold` the seconds
after a 429. `LocalAccount` is the one in memory, and shows how; a `TokenCounter` is the type of
`count_tokens`.
"""
