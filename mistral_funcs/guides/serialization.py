r"""Schema objects as JSON: store, send and restore them.

`to_json` returns any object of the API as text, and `from_json` restores it. `to_dict` and
`from_dict` do the same with JSON values, for a document store or a queue:

```python
import asyncio
from pathlib import Path

from mistral_core import Err, MistralCore, Ok, from_json, to_dict, to_json
from mistral_funcs import chat_complete
from mistral_funcs.schemas import ChatCompletionRequestMessage, ChatCompletionResponse, UserMessage

SAVED = Path("completion.json")


async def main() -> None:
    messages: list[ChatCompletionRequestMessage] = [UserMessage(content="Name a colour.")]
    async with MistralCore() as client:
        completed = await chat_complete(client, model="mistral-large-latest", messages=messages)
    SAVED.write_text(to_json(completed.unwrap()), encoding="utf-8")
    print(to_dict(messages))

    match from_json(ChatCompletionResponse, SAVED.read_text(encoding="utf-8")):
        case Ok(completion):
            print(completion.text)
        case Err(error):
            print(error.path, error.message)


asyncio.run(main())
```

The JSON is the API's own. Keys have their names in the API (`from_` is `from`), unknown fields and
objects of unknown types are included, `UNSET` is left out, and `null` stays where it was set.
`None` is left out where it is the default. So a restored object equals the saved one, and a newer
version of this SDK reads fields that an older version stored without knowing them.

`from_dict` takes a class, or a type such as `list[ModelCard]`, a union or `dict[str,
UserMessage]`. It reads data like responses: strict about types, open to additions, and an invalid
item of a list becomes `Unknown` where the API's lists may have such items. Other invalid data is
an `Err` with an `InvalidDataError`: `errors` lists the invalid values with their paths, and `path`
is the first one.

```python
from mistral_core import Err, from_dict
from mistral_funcs.schemas import UserMessage

result = from_dict(list[UserMessage], [{"role": "user", "content": "Hi"}, {"role": "user"}])
if isinstance(result, Err):
    print(result.error.path)  # $[1].content
    print(result.error)
```

Events of streams and the state of a run (`RunState`) are saved the same way. Pass the value of a
result, not the result itself. `pickle` works too, for processes of the same version.

## What the server sent

`RequestOptions(raw_body=True)` keeps the body of the response, byte for byte, beside its value:

```python
import asyncio

from mistral_core import MistralCore, RequestOptions
from mistral_funcs import models_list


async def main() -> None:
    async with MistralCore() as client:
        listed = await models_list(client, options=RequestOptions(raw_body=True))
    print(listed.call.body)


asyncio.run(main())
```

Streams have no complete body: `call.body` is `None`. An `SDKError` always has its `body`.

An `Unknown`, an object of a type that this version does not know, has the fields that it received
as attributes, of type `Any`. So `card.id` works for all items of `models.data`. `raw` is the whole
value.

## Arguments and vectors

Models write the arguments of tool calls as JSON strings, now and then invalid ones.
`tool_arguments` returns them as a mapping, or an `Err`. `vector` and `vectors` are embeddings as
`list[float]`, even if they were sent as base64:

```python
import asyncio

from mistral_core import MistralCore, Ok
from mistral_funcs import embeddings_create, tool_arguments
from mistral_funcs.schemas import FunctionCall


async def main() -> None:
    call = FunctionCall(name="get_weather", arguments='{"city": "Paris"}')
    match tool_arguments(call):
        case Ok(arguments):
            print(arguments["city"])
        case error:
            print(error)

    async with MistralCore() as client:
        embedded = await embeddings_create(
            client, model="mistral-embed", input=["One text."], encoding_format="base64"
        )
    print(len(embedded.unwrap().vectors[0]), "dimensions")


asyncio.run(main())
```

## In logs and notebooks

The representation of an object shows the fields that are set, in at most two lines; long strings
and lists are abbreviated. Notebooks show a table. Neither shows fields with secrets, such as API
keys, nor unknown fields.
"""
