r"""Notebooks: Jupyter, IPython, Colab and the asyncio REPL.

A notebook already runs an event loop. Use `await` in a cell, and neither `asyncio.run` nor
`nest_asyncio`:

```py
from mistral_core import MistralCore
from mistral_funcs import chat_complete

client = MistralCore()
```

```py
messages = [{"role": "user", "content": "Why is the sky blue?"}]
result = await chat_complete(client, model="mistral-large-latest", messages=messages)
print(result.unwrap().text)
```

Keep one client for all cells. When you are done, or before you create another, close it:

```py
await client.aclose()
```

`python -m asyncio` gives a prompt with `await` outside of notebooks.

Without a key, use `MistralCore(transport=Sandbox())`: see `mistral_funcs.guides.testing`.
"""
