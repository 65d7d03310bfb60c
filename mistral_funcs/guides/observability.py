r"""Observability: datasets, evaluations, judges, logs, spans and traces of the API.

Create a dataset, add a record to it, and search the spans of your calls. The payload of a record
is any JSON object. All of these operations begin with `beta_observability_`:

```python
import asyncio

from mistral_core import MistralCore
from mistral_funcs import (
    beta_observability_datasets_create,
    beta_observability_datasets_create_record,
    beta_observability_spans_search_spans,
    paginate,
)


async def main() -> None:
    async with MistralCore() as client:
        created = await beta_observability_datasets_create(
            client, name="Questions", description="What people ask"
        )
        dataset = created.unwrap()
        record = await beta_observability_datasets_create_record(
            client, dataset.id, payload={"question": "Where is it?"}
        )
        print(record.unwrap().id)
        async for span in paginate(beta_observability_spans_search_spans, client, page_size=50):
            print(span.unwrap())


asyncio.run(main())
```

An error of these operations has the API's `error_code` in `SDKError.code`, such as
`DATASET_NOT_FOUND`. Import a dataset from a file: `mistral_funcs.guides.datasets`. Traces of your
own calls, with OpenTelemetry: `mistral_funcs.guides.telemetry`.
"""
