r"""Embeddings: vectors of any number of texts.

`embeddings_create_many` sends as many requests as the texts need, and returns the vectors in the
order of the texts:

```python
import asyncio

from mistral_core import Err, MistralCore, Ok
from mistral_funcs import embeddings_create_many

TEXTS = [f"Sentence number {number}." for number in range(250)]


async def main() -> None:
    async with MistralCore() as client:
        match await embeddings_create_many(client, model="mistral-embed", input=TEXTS):
            case Ok(embedded):
                print(len(embedded.vectors), "vectors,", embedded.usage.total_tokens, "tokens")
            case Err(error):
                print(f"{error} ({len(error.missing)} texts are missing)")


asyncio.run(main())
```

The error is an `EmbeddingsError`: `response` has the vectors so far, and `missing` the indices of
the other texts. `embeddings_create` sends a single request.
"""
