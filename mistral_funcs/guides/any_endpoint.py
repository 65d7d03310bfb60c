r"""Any other endpoint: operations of your own.

An endpoint that has no function here is an `Operation`, with your own attrs class for the response.
It has results, retries, deadlines, validation and hooks like every other operation.

```python
import asyncio

import attrs

from mistral_core import JSON, MistralCore, Operation


@attrs.frozen
class Card:
    id: str
    owned_by: str = "unknown"


ONE = Operation("GET", "/v1/models/{model_id}", returns=JSON(Card))


async def main() -> None:
    async with MistralCore() as client:
        print(await client.execute(ONE, path={"model_id": "open-mistral-7b"}))


asyncio.run(main())
```

`JSON(schema)`, `JSONLines(schema)`, `Events(schema)`, `Binary()` and `NoContent()` say how a
response is read. `execute` takes `path=`, `query=`, `headers=`, and `json=` or `form=`, in which a
`File` is uploaded.

Fields that are newer than this package are sent in the same way, with the declaration of an
existing operation:

```python
import asyncio

from mistral_core import MistralCore, operation_of
from mistral_funcs import chat_complete

BODY = {
    "model": "mistral-large-latest",
    "messages": [{"role": "user", "content": "Hello!"}],
}


async def main() -> None:
    async with MistralCore() as client:
        completion = await client.execute(operation_of(chat_complete), json=BODY)
        print(completion.unwrap().text)


asyncio.run(main())
```

```text
You said: Hello!
```

Fields of a response that are newer than this package are in `additional_properties`.
"""
