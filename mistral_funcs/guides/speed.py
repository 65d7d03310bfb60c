r"""Speed: what a call costs, next to the same call by other clients.

Raw aiohttp to plain dicts is the floor: it has no retries, no deadline and no types. Each figure is
a median of interleaved rounds in one run, with a server on loopback. Compare columns, not figures
of two machines. Measured on 26 November 2026 on two cores of an Intel Xeon, with Python 3.11.7,
aiohttp 3.14.5, cattrs 26.2.1 and pydantic 2.14.4.

| | here | raw aiohttp, `json` | raw aiohttp, orjson | `mistralai` 3.7 | `openai` 3.57, httpx | `openai`, aiohttp |
|---|---:|---:|---:|---:|---:|---:|
| one function imported, ms CPU | 66 | 163 |  | 258 | 487 |  |
| client ready, ms CPU | 212 |  |  | 348 | 513 |  |
| first response of a new process, ms CPU | 224 | 165 |  | 357 |  |  |
| list of 70 models, µs CPU a call | 619 | 306 | 212 | 3,020 | 2,576 | 2,370 |
| one model, µs CPU a call | 198 | 133 | 117 | 2,001 | 801 | 662 |
| chat completion, µs CPU a call | 256 | 188 | 169 | 5,584 | 1,239 | 1,075 |
| 1,000 chats in flight, calls a CPU second | 3,806 | 5,771 | 5,845 | 196 | 363 | 894 |
| the same, p50 in ms | 203 | 135 | 119 | 2,661 | 2,182 | 677 |
| the same, p99 in ms | 390 | 277 | 286 | 4,152 | 2,548 | 957 |
| the same, peak memory in MB | 67 | 56 | 57 | 78 | 107 | 99 |
| 10,000 streamed events, µs CPU an event | 13 | 6 | 4 | 359 | 80 | 81 |
| upload of 300 MB, s | 0.22 | 0.20 |  |  |  |  |
| download of 300 MB to a file, s | 0.29 | 0.16 |  |  |  |  |

Each of 10,000 fine-tuning jobs takes 1.1 kB of memory as an object, and 1.9 kB as plain dicts.
Importing `models_list` loads 17 of the 172 that there were. A raw download writes files on the
event loop; this client writes in a thread, so that a slow disk delays no other call.

```console
$ pip install --editable '.[bench]'
$ python -m benchmarks --help
$ python -m benchmarks cold calls flight
```

orjson is measured, and not used: it rounds large numbers.
"""
