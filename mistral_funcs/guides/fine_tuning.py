r"""Fine-tuning: from a file to a model.

**The hosted fine-tuning jobs API is being retired:** it may respond with 410 Gone. The functions
are for self-hosted and older deployments, and for tests.

First check the file. `validate_training_file` reads it in bounded memory and reports the number and
the reason of each invalid line; nothing is sent. Then upload it, create a job and wait for it.

```python
import asyncio
import json
from pathlib import Path

from mistral_core import Err, MistralCore, Ok, SDKError
from mistral_funcs import (
    files_upload,
    fine_tuning_jobs_create,
    fine_tuning_jobs_wait,
    validate_training_file,
)
from mistral_funcs.schemas import CompletionJobOut

CHAT = [{"role": "user", "content": "Hi"}, {"role": "assistant", "content": "Hello!"}]


async def main() -> None:
    path = Path("train.jsonl")
    path.write_text(f"{json.dumps({'messages': CHAT})}\n" * 10)
    report = (await validate_training_file(path)).unwrap()
    for fault in report.faults:
        print(fault)  # line 3: messages[1].weight must be 0 or 1
    if not report.is_valid:
        return
    async with MistralCore() as client:
        file = (await files_upload(client, file=path, purpose="fine-tune")).unwrap()
        created = await fine_tuning_jobs_create(
            client,
            model="open-mistral-7b",
            training_files=[{"file_id": file.id}],
            hyperparameters={"training_steps": 10, "learning_rate": 0.0001},
            auto_start=True,
        )
        match created:
            case Ok(CompletionJobOut(id=job_id)):
                job = (await fine_tuning_jobs_wait(client, job_id, interval=1)).unwrap()
                print(job)  # status is SUCCESS, FAILED, ...; fine_tuned_model is the model
            case Ok(other):
                print("Not a job that completes text:", other)
            case Err(SDKError(status=410)):
                print("This server no longer fine-tunes.")
            case Err(error):
                print(error)


asyncio.run(main())
```

The same on the command line, with a line of output for each invalid line, and exit code 1 if there
is one:

```console
$ mistral-funcs files validate train.jsonl
train.jsonl:3: messages[1].weight must be 0 or 1
```

## Training files

A line is a JSON object with `messages`, and `tools` if the model may call some. The result is a
`TrainingFileReport` with a `LineFault` for each invalid line. The rules are those of Mistral's
package `mistral-common` for fine-tuning; the tests compare the two on generated files. Among them:

- The last message is the assistant's, without `prefix`. Its `weight`, if any, is 0 or 1.
- Tool results follow their calls, one for each, before the next assistant message.
- The IDs of calls have nine letters and digits. Parameters of tools are JSON Schema, draft 7.

The rules depend on the tokenizer of the model: `tokenizer="v3"` is the default, and `"v7"`,
`"v11"` and `"v13"` are those of newer models, which allow content beside tool calls, audio and
thinking. In addition, a file has at most 512 MB, no blank line, no byte order mark, and no line of
more than 16 MiB.

## Jobs

`fine_tuning_jobs_wait` continues through temporary errors, such as a busy server or a broken
connection. It needs nothing but the ID, so another process can resume the wait. Cancelling the
wait, or its `deadline`, does not affect the job. `fine_tuning_jobs_watch` yields each state:
`async for result in fine_tuning_jobs_watch(client, job_id)`.
"""
