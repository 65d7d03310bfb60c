r"""Other endpoints: call what this package has no function for.

Describe the endpoint as an `Operation`, with an attrs class of your own for the response.
`execute` calls it with the same results, retries, deadlines, validation and hooks as any function:

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

`returns` is `JSON(schema)`, `JSONLines(schema)`, `Events(schema)`, `Binary()` or `NoContent()`.
`execute` takes `path=`, `query=`, `headers=`, and `json=` or `form=`. A `File` in a form is
uploaded.

To send a field that a function does not have yet, execute the declaration of the function:

```python
import asyncio

from mistral_core import MistralCore, operation_of
from mistral_funcs import chat_complete

BODY = {
    "model": "mistral-large-latest",
    "messages": [{"role": "user", "content": "Hello!"}],
    "newest_option": True,  # an argument that `chat_complete` does not have
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
