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
no deadline and no types. Each is the median of the ratios within seven interleaved rounds (five for
chats in flight), with their lowest and highest, in one run on 27 November 2026: a virtual machine
with two cores of an Intel Xeon, Python 3.11.7, aiohttp 3.14.5, a server on loopback, and
`mistralai` 3.7.0 and `openai` 3.57.0 with its aiohttp transport.

| CPU time | here | with `speed` | `mistralai` | `openai` |
|---|---:|---:|---:|---:|
| list of 70 models | 1.58 (1.45-1.65) | 1.23 (1.13-1.36) | 8.6 | 7.0 |
| one model | 1.12 (1.06-1.31) | 1.11 (0.97-1.13) | 14 | 4.7 |
| chat completion | 0.89 (0.70-0.91) | 0.91 (0.70-0.93) | 28 | 5.5 |
| a streamed event | 1.05 (0.99-1.33) | 0.95 (0.92-0.97) | 55 | 13 |
| 70 models from bytes to objects | 1.97 (1.94-1.99) | 1.45 (1.43-1.51) | 7.3 | 1.3 |
| a chat from bytes to objects | 1.76 (1.72-1.82) | 1.32 (1.28-1.35) | 3.9 | 1.0 |
| calls per CPU second, 1,000 in flight | 0.88 (0.84-0.94) | 0.88 (0.85-0.92) | | |

A client alone takes longer than aiohttp alone to start: the first response of a new process is
1.36 times (1.33 to 1.48) that of aiohttp in CPU time, and 2.18 times (2.11 to 2.24) with
`mistralai`. `import mistral_funcs` loads no operation, and takes 1.4 ms.

## Large responses

A JSON response of more than 1 MiB is decoded in a thread, and the deadline includes that. The items
of its lists are decoded and structured a few at a time, so that the event loop stays responsive and
memory holds little more than the body and the result:

| a list of models of 50 MB | here | aiohttp alone | `mistralai` | `openai` |
|---|---:|---:|---:|---:|
| longest pause of the event loop, ms | 58 | 388 | 2,735 | 2,418 |
| memory, MB | 133 | 224 | 494 | 259 |

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
