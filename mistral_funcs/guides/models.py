r"""Models: list, update, archive and delete them.

Rename, archive and delete a model that you fine-tuned:

```python
import asyncio

from mistral_core import MistralCore
from mistral_funcs import (
    models_archive,
    models_delete,
    models_list,
    models_unarchive,
    models_update,
)
from mistral_funcs.schemas import FTModelCard


async def main() -> None:
    async with MistralCore() as client:
        models = (await models_list(client)).unwrap()
        mine = [card.id for card in models.data if isinstance(card, FTModelCard)]

        # An argument that you omit leaves a field unchanged; `None` clears it.
        await models_update(client, mine[0], name="support", description=None)
        await models_archive(client, mine[0])
        await models_unarchive(client, mine[0])

        print((await models_delete(client, mine[0])).unwrap().deleted)


asyncio.run(main())
```

Base models are `BaseModelCard`, fine-tuned ones `FTModelCard`. A card of a newer kind is
`Unknown`, with the JSON in `raw`: it does not fail the list.

## Models that are retired

The server announces the retirement of a model in its responses: `call.model_deprecation` is the
date. The logger `mistral_core` warns once for each model; this is no Python warning, which would
be raised under `python -W error`.

```python
import asyncio

from mistral_core import MistralCore
from mistral_funcs import chat_complete


async def main() -> None:
    async with MistralCore() as client:
        messages = [{"role": "user", "content": "Hello"}]
        result = await chat_complete(client, model="mistral-large-latest", messages=messages)
        if result.call.model_deprecation is not None:
            print(f"Move to another model before {result.call.model_deprecation:%d %B %Y}.")


asyncio.run(main())
```
"""
