r"""Batches: any number of requests in the background.

To run the requests in a file, use the command line:

```console
$ mistral-funcs batch run requests.jsonl --output results.jsonl --model mistral-large-latest
$ mistral-funcs batch run requests.jsonl --output results.jsonl --model mistral-large-latest \
      --retry-failed
```

Each line of `requests.jsonl` is a request: `{"custom_id": "a", "body": {"messages": [...]}}`. Each
line of `results.jsonl` is a result in the form of the API, with the `custom_id` of its request.
The results are in no particular order. If the command is stopped or killed, run it again: it
resumes, and submits nothing twice. Its state is in the folder `results.jsonl.batch`. The exit code
is 0 if all requests succeeded; `--retry-failed` submits the others again.

In Python, use `run_batch`. It never holds all requests in memory, and yields one `BatchOutcome`
for each. The `result` of an outcome is `Ok` with a response of the type `schema`, or `Err`.

```python
import asyncio
from collections.abc import Iterator

from mistral_core import Err, MistralCore, Ok
from mistral_funcs import BatchProgress, run_batch
from mistral_funcs.schemas import BatchRequest, ChatCompletionResponse


def requests() -> Iterator[BatchRequest]:
    for number in range(200):
        messages = [{"role": "user", "content": f"What is {number} squared?"}]
        yield BatchRequest(custom_id=f"square-{number}", body={"messages": messages})


def show(progress: BatchProgress) -> None:
    print(f"{progress.succeeded + progress.failed} of {progress.requests}")


async def main() -> None:
    async with MistralCore() as client:
        async for item in run_batch(
            client,
            requests(),
            folder="squares",
            endpoint="/v1/chat/completions",
            model="mistral-large-latest",
            schema=ChatCompletionResponse,
            interval=1,
            on_progress=show,
        ):
            match item:
                case Ok(outcome):
                    text = outcome.result.map(lambda completion: completion.text)
                    print(outcome.custom_id, text)
                case Err(error):
                    print(f"{error} Run it again to resume.")


asyncio.run(main())
```

- **To resume** after a crash or an `Err`, call it again with the same folder and requests. Files in
  the folder are verified before use: changed results are downloaded again; changed requests, or a
  folder without its manifest, are an `Err`.
- **Failed requests** have an `Err` each. With `retry_failed=True`, the requests that failed in
  earlier runs are submitted again, except those that cannot be encoded and those whose response is
  invalid.
- **Results of all jobs are read**, including cancelled, expired and failed ones. A request without
  a result is an `Err` that names the job and its status.
- **Small jobs** contain their requests: up to `max_inline` (100), of 1 MB in total. Those of
  larger jobs are uploaded as a file, of up to `max_requests` requests and `max_bytes` bytes.
- **An abandoned batch** continues on the server, and the next run reads its results. With
  `cancel_abandoned=True`, its jobs are cancelled if the iteration ends early, as after Ctrl-C.
- **Uploaded files** stay on the server. With `delete_files=True`, the file of a job is deleted
  once all of its requests have succeeded and the results are on disk. The command does so unless
  you pass `--keep-files`.

For a single job, use `batch_jobs_create`, `batch_jobs_wait` and `batch_jobs_watch`. On the command
line, pass the requests of a job as JSON or JSON Lines:

```console
$ mistral-funcs batch jobs create --endpoint /v1/chat/completions --requests @requests.jsonl \
      --model mistral-large-latest
$ mistral-funcs batch jobs watch JOB_ID
```
"""
