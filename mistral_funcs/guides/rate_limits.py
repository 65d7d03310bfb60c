r"""Rate limits: many calls without 429s, in one process or several.

## Call a function for each of many items

`map_calls` runs a bounded number of calls at a time, and reads an item only when it can start its
call, so the items can be a generator over a large file. Each result comes with its item.

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

- Results are in the order of the items. With `ordered=False` each comes as soon as it is complete.
- `items` is an iterable or an asynchronous iterable. `progress` is a function of the number of
  results taken and of the total, which is `None` for a generator.
- At most `concurrency` items are ahead of the results that you took. If you pause, so do the calls.
- Leaving the block, even early or by a cancellation, cancels the remaining calls and waits for
  them.

## Set limits

Pass `Limits` to one client, or the same `Limits` to several. Calls wait in order until the limits
allow them. A call that would wait beyond its deadline (`Timeout.deadline`, 600 s by default)
returns a `RequestTimeoutError` at once. A retry waits too, in the place of its call.

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

- Each model has its own limit and its own queue; waiting for one does not delay another.
  `Limits(limit, per_model=False)` counts all calls together.
- `concurrency` limits the calls that run at the same time; a stream counts until it ends or is
  left. It is independent of the rates, and counted per process.
- A limit of 600 a minute is kept in any period of a minute plus a margin of 1 % (or `margin`
  seconds), because some requests take longer to arrive than others. So nothing is refused, whether
  the server counts in a sliding window, in a fixed window or by a token bucket. After a pause, a
  minute's allowance can be sent at once: add a limit per second to spread it.

## Learn limits from the server

`MistralCore(limits=Limits())` uses the limits that the response headers report
(`x-ratelimit-limit-req-minute`, `x-ratelimit-limit-tokens-minute`). Until the first response of a
model, one request is in flight, for at most 10 seconds. Calls of others that the server counts,
such as another process with the same key, use up the limit as well. If you set a limit too, the
lower one applies; `learn=False` ignores the headers.

## After a 429

A 429 pauses all calls of the model for the time in `Retry-After` (seconds, fractions or a date),
or else for 0.5 s, doubled each time. Then one request is sent at a time, and more with each
success. A pause of more than `max_pause` (60 s) is limited to it and logged as a warning. A 429
with a quota of zero (`x-ratelimit-limit-req-minute: 0`) is returned at once and pauses nothing.

If neither you nor the response headers set a limit, some requests are refused. A call that is
refused `RetryConfig.max_tries` times is an `Err`.

## Tokens

A call reserves its tokens before it is sent: those of the prompt, estimated from the length of the
body, plus `max_tokens`, or else the average output of the model's calls. The estimate is corrected
by `x-ratelimit-tokens-query-cost` or by the usage in the response (of a stream, the last one). A
failed call returns what it did not use. For exact numbers, pass a function of the fields of the
request that returns the tokens of the call:

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

To share limits between processes, keep the account in Redis 5 or later, with the extra `redis`
(`pip install '.[redis]'` in a checkout). Time is that of the Redis server's clock.

```python
from mistral_core import Limit, Limits, MistralCore, RedisAccount

account = RedisAccount("redis://localhost:6379/0", prefix="limits:my-team", processes=4)
client = MistralCore(limits=Limits(Limit(requests_per_minute=600), account=account))
```

Use one prefix for each API key. The account pickles with its client, and opens connections in each
event loop that uses it. While Redis cannot be reached, each of the `processes` counts for itself,
within its share of the limits; a warning is logged once.

For another store, write a class with the four methods of the protocol `Account`: `reserve` and
`forecast` take the `Window`s of the limit, `settle` a `Settlement` of a `Place`, and `hold` the
seconds of a pause after a 429. `LocalAccount`, the account in memory, is an example.
`TokenCounter` is the type of `count_tokens`.
"""
