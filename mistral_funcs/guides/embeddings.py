r"""Embeddings: vectors of texts.

```python
import asyncio
from itertools import islice

from mistral_core import MistralCore
from mistral_funcs import embeddings_create

TEXTS = [f"Sentence number {number}." for number in range(250)]


async def main() -> None:
    async with MistralCore() as client:
        texts = iter(TEXTS)
        batches = iter(lambda: list(islice(texts, 64)), [])
        results = await asyncio.gather(
            *(embeddings_create(client, model="mistral-embed", input=batch) for batch in batches)
        )
        vectors = [item.embedding for result in results for item in result.unwrap().data]
        print(len(vectors), "vectors")


asyncio.run(main())
```

One request accepts a list of texts, and the vectors are in the same order. Each call has its own
retries; `max_connections` of the client bounds the number of open connections.
"""
