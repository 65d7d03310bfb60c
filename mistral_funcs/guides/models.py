r"""Models: list, update, archive and delete them.

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

        # What is left out stays as it is; `None` clears it.
        await models_update(client, mine[0], name="support", description=None)
        await models_archive(client, mine[0])
        await models_unarchive(client, mine[0])

        gone = await asyncio.gather(*(models_delete(client, model_id) for model_id in mine))
        print([result.unwrap_or(None) for result in gone])


asyncio.run(main())
```

An argument that you omit leaves a field unchanged; `None` clears it. Base models are
`BaseModelCard`, fine-tuned ones `FTModelCard`. A card of a newer kind is `Unknown`, with the JSON
in `raw`: it does not fail the list.
"""
