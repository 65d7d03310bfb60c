r"""Datasets: import a JSONL file as records.

`beta_observability_datasets_import_jsonl` adds each line of a file to a dataset as the payload of
a record. The file is read as the import proceeds, so it may be larger than memory:

```python
import asyncio
import json
from pathlib import Path

from mistral_core import Err, MistralCore, Ok
from mistral_funcs import (
    beta_observability_datasets_create,
    beta_observability_datasets_import_jsonl,
)

path = Path("questions.jsonl")
path.write_text("".join(f"{json.dumps({'question': n})}\n" for n in range(250)))


async def main() -> None:
    async with MistralCore() as client:
        dataset = await beta_observability_datasets_create(
            client, name="Questions", description="From a file"
        )
        imported = beta_observability_datasets_import_jsonl(
            client, dataset.unwrap().id, path, properties={"split": "test"}
        )
        async for item in imported:
            match item:
                case Ok(batch):
                    print(f"{len(batch.records)} of lines {batch.first_line}-{batch.last_line}")
                    for line, error in batch.errors.items():
                        print(f"{path}:{line}: {error}")
                case Err(error):
                    print("stopped:", error)


asyncio.run(main())
```

- Each `RecordBatch` describes up to `batch_size` lines: the records by the numbers of their lines,
  and the errors of the lines that are not JSON objects or that the server refused. Blank lines are
  skipped.
- To resume, pass the number of the line after the last batch as `first_line`. To repeat the lines
  that failed, read their numbers from `errors`. A record may exist although its request timed out.
- If the server accepts no record of a batch, because of an invalid key, an unknown dataset or an
  outage, the import stops. The error is then the last item.
- At most `max_requests` requests are sent at a time.
"""
