r"""Speed: what a call costs, and the extra that makes it cheaper.

Install the extra `speed`. JSON is then decoded by msgspec, with the same values and the same errors
as by the standard library, which still decodes what msgspec refuses:

```console
$ pip install '.[speed]'
```

Use one client for a whole service. The first request to a server opens a connection and goes
through an aiohttp session. The following ones are written to a pooled connection directly, which
is half as expensive. Requests keep going through the session with tracing or recording of aiohttp,
a proxy, a session of your own, an upload, a body of more than 32 KiB, or unusual headers.

```python
import asyncio

from mistral_core import MistralCore
from mistral_funcs import models_list, models_retrieve


async def main() -> None:
    async with MistralCore() as client:
        models = (await models_list(client)).unwrap()
        print(len(models.data))
        print((await models_retrieve(client, "mistral-large-latest")).unwrap())


asyncio.run(main())
```

## What was measured

Ratios to the same call with aiohttp alone and `json.loads` to dictionaries, which has no retries,
no deadline and no types. Each is the median of three runs on 27 November 2026, with the lowest and
highest ratio of all their interleaved rounds: a virtual machine with two cores of an Intel Xeon,
Python 3.11.7, aiohttp 3.14.5, a server on loopback, and `mistralai` 3.7.0 and `openai` 3.57.0 with
its aiohttp transport.

| CPU time | here | with `speed` | `mistralai` | `openai` |
|---|---:|---:|---:|---:|
| list of 70 models | 1.43 (1.36-1.50) | 1.14 (0.99-1.24) | 8.6 | 6.8 |
| one model | 1.07 (0.97-1.25) | 1.00 (0.77-1.17) | 13 | 4.4 |
| chat completion | 0.93 (0.82-1.00) | 0.92 (0.72-1.03) | 27 | 5.4 |
| a streamed event | 0.88 (0.81-1.11) | 0.76 (0.72-1.04) | 55 | 13 |
| 70 models from bytes to objects | 1.76 (1.68-1.99) | 1.21 (1.16-1.28) | 7.2 | 1.3 |
| a chat from bytes to objects | 1.53 (1.36-2.27) | 1.06 (1.02-1.83) | 3.9 | 1.0 |
| calls per CPU second, 1,000 in flight | 0.87 (0.77-1.00) | 0.87 (0.82-0.97) | 0.03 | 0.14 |

`openai` converts to objects without validation. The functions that convert objects here are
generated for each class, and again for the keys that most of its objects have, after 1,000 objects.

A client takes longer than aiohttp alone to start: the first response of a new process takes 1.16
times (1.12 to 1.25) its CPU time, and 2.20 times (2.12 to 2.29) with `mistralai`. Most of the
difference is the creation of classes. `import mistral_funcs` loads no operation, and takes 1.4 ms.

## Large responses

A JSON response of more than 1 MiB is decoded in a thread, and the deadline includes that. The items
of its lists are decoded and structured a few at a time, so that the event loop stays responsive and
memory holds little more than the body and the result:

| a list of models of 50 MB | here | aiohttp alone | `mistralai` | `openai` |
|---|---:|---:|---:|---:|
| longest pause of the event loop, ms | 56 | 387 | 2,764 | 2,416 |
| memory, MiB | 134 | 245 | 495 | 259 |

What remains of the pause is garbage collection, which Python does for the whole process: a service
that keeps millions of objects can call `gc.freeze()` when it has started.

A response of more than `max_response_bytes` is refused while it arrives, after at most 1.1 times as
many bytes. With aiohttp before 3.14 this is not so for a compressed one, of which that version
decompresses all that arrived at once.

## Measure it yourself

```console
$ pip install --editable '.[bench,speed]'
$ python -m benchmarks --help
$ python -m benchmarks calls stream large --rounds 7
$ python -m benchmarks calls --quick --compare HEAD~1
```

The figures of two machines cannot be compared, nor those of two runs; ratios can. `--compare`
measures an older commit in the same rounds, and `--quick` leaves out the peers.
"""
