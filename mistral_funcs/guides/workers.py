r"""Workers and clusters: Celery, Dask and threads.

A client opens its connections in the process and the event loop that use it. So one client at the
top of a module is enough, even if the worker forks and runs an event loop for each task. In
Celery:

```python
import asyncio

from celery import Celery, Task

from mistral_core import Err, MistralCore, MistralError, Ok
from mistral_funcs import chat_complete

app = Celery("mistral")  # the environment configures it: CELERY_BROKER_URL, ...
client = MistralCore()


@app.task(bind=True, max_retries=3, default_retry_delay=10, throws=(MistralError,))
def reply(self: "Task[[str], str]", question: str) -> str:
    messages = [{"role": "user", "content": question}]
    match asyncio.run(chat_complete(client, model="mistral-large-latest", messages=messages)):
        case Ok(completion):
            return completion.text
        case Err(error) if error.retryable:
            raise self.retry(exc=error)
        case Err(error):
            raise error
```

Results, errors and clients pickle. A client's key does not: an unpickled client reads
MISTRAL_API_KEY, and a function that you passed as `api_key` is pickled by reference. Headers,
except `Authorization`, and the URL of a proxy are pickled as they are. Pickling a client with a
session of yours, an `SSLContext` or a transport that does not pickle raises `TypeError`. In Dask:

```python
import asyncio

from distributed import Client

from mistral_core import Err, Failure, MistralCore, Ok, Result
from mistral_funcs import chat_complete


def reply(question: str, client: MistralCore) -> Result[str, Failure]:
    messages = [{"role": "user", "content": question}]
    calling = chat_complete(client, model="mistral-large-latest", messages=messages)
    return asyncio.run(calling).map(lambda completion: completion.text)


if __name__ == "__main__":
    questions = [f"What is {number} squared?" for number in range(100)]
    with Client(n_workers=2, threads_per_worker=8) as cluster:
        futures = cluster.map(reply, questions, client=MistralCore(timeout=60))
        results: list[Result[str, Failure]] = cluster.gather(futures)
    for result in results:
        match result:
            case Ok(text):
                print(text)
            case Err(error):
                print(repr(error))
```

In threads, use the same client in each, with an event loop for each call:

```python
import asyncio
from concurrent.futures import ThreadPoolExecutor

from mistral_core import MistralCore
from mistral_funcs import chat_complete

client = MistralCore()


def reply(question: str) -> str:
    messages = [{"role": "user", "content": question}]
    calling = chat_complete(client, model="mistral-large-latest", messages=messages)
    return asyncio.run(calling).unwrap().text


with ThreadPoolExecutor(4) as pool:
    print(*pool.map(reply, ["Hello!", "Good morning!"]), sep="\n")
asyncio.run(client.aclose())
```

```text
You said: Hello!
You said: Good morning!
```

Workers that share an API key can exceed its limits together, although each is within them. Give
their clients a common account: `MistralCore(limits=Limits(Limit(requests_per_minute=600),
account=RedisAccount("redis://...")))`. See `mistral_funcs.guides.rate_limits`.
"""
