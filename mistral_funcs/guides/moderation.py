r"""Moderation and classification: scores for text and chats.

`classifiers_moderate` scores texts by moderation category. `classifiers_classify` calls a
classifier that you fine-tuned. Both have a variant for chats: `classifiers_moderate_chat` and
`classifiers_classify_chat`.

```python
import asyncio

from mistral_core import MistralCore
from mistral_funcs import classifiers_classify, classifiers_moderate

CLASSIFIER = "ft:classifier:open-mistral-7b:587a6b29:20240601:1f0a2c3d"  # in the sandbox


async def main() -> None:
    texts = ["Where is my parcel?", "I will kill you."]
    async with MistralCore() as client:
        moderation = await classifiers_moderate(
            client, model="mistral-moderation-latest", input=texts
        )
        for text, result in zip(texts, moderation.unwrap().results, strict=True):
            print(text, [category for category, hit in result.categories.items() if hit])

        classification = await classifiers_classify(client, model=CLASSIFIER, input=texts)
        for scores in classification.unwrap().results:
            print(scores["urgency"].scores)


asyncio.run(main())
```

There is one result for each text, in the same order. `category_scores` has the scores behind
`categories`, so that you can apply thresholds of your own.
"""
