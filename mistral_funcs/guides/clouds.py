r"""On Azure AI and Google Vertex AI, and with the token of a service account.

With a `cloud`, a client calls another server, with paths and credentials of its own. Everything
else stays the same: streams, structured output, runs, retries, hooks. On Azure AI:

```python
import asyncio
import os

from mistral_core import MistralCore
from mistral_funcs import AzureAI, chat_complete


async def main() -> None:
    cloud = AzureAI(os.environ["AZURE_AI_ADDRESS"])  # https://name.region.models.ai.azure.com
    async with MistralCore(os.environ["AZURE_AI_KEY"], cloud=cloud) as client:
        messages = [{"role": "user", "content": "Who painted the Night Watch?"}]
        completion = await chat_complete(client, model="mistral-large-latest", messages=messages)
        print(completion.unwrap().text)


if __name__ == "__main__":
    asyncio.run(main())
```

The address is whatever Azure shows for the deployment: the server alone, with `/models`, or with
the whole path of chat or OCR, with or without `?api-version=`. `AzureAI(address, api_version=...)`
selects another version than the address or the default, `2024-05-01-preview`. One client can call
several deployments: `options=RequestOptions(server_url=...)` takes an address without a query.

Pass the deployment's key, or a coroutine function that returns a token of Entra ID. It is called
for each attempt, so let it keep the token until it expires.

On Vertex AI, with the extra `vertex` (in a checkout of the project, `pip install '.[vertex]'`):

```python
import asyncio

from mistral_core import MistralCore
from mistral_funcs import VertexAI, chat_stream, collect_completion


async def main() -> None:
    async with MistralCore(cloud=VertexAI(region="us-central1")) as client:
        messages = [{"role": "user", "content": "Write a story."}]
        stream = await chat_stream(client, model="mistral-large-2411@001", messages=messages)
        print((await collect_completion(stream.unwrap())).unwrap().text)


if __name__ == "__main__":
    asyncio.run(main())
```

- **Credentials** are Google's default credentials: the file that GOOGLE_APPLICATION_CREDENTIALS
  names, the login of `gcloud`, or the metadata server. Or pass `VertexAI(credentials=...)`.
- **The token** is fetched in a thread, once for all calls that wait for it, and again some minutes
  before it expires. If that fails, the old one is used for as long as it is valid. After a 401 a
  new token is fetched and the call is sent once more.
- **The project** is the first argument of `VertexAI`, or GOOGLE_CLOUD_PROJECT, or that of the
  credentials. The region is `europe-west4` unless you name another; `"global"` is one.
- **A token of your own**: with `api_key=`, a function, and a project, `google-auth` is not needed.

What a cloud offers is `chat_complete` and `chat_stream`, on Azure `ocr_process`, and on Vertex AI
`fim_complete` and `fim_stream`, with everything that is built on them. Any other operation is an
`InvalidRequestError` before anything is sent. Mistral's own keys and MISTRAL_SERVER_URL are not
used with a cloud. A pickled client keeps its cloud, but no key and no credentials.

A key function can be an object with a method `reject(token) -> bool`, which is called after a 401.
It forgets the token, and returns whether there may be another one. Then the call is sent once more.

## Service accounts

Where Kubernetes keeps the token of a service account in a file, set MISTRAL_SA_TOKEN_PATH to its
path. The file is read for each attempt, as its token is replaced from time to time. A missing or
empty file is an `Err`. What counts is, in this order: an `Authorization` header of the call,
`api_key=`, the file, MISTRAL_API_KEY.

## Models that go away

The server announces the end of a model in its responses. `model_deprecation` is the date, and the
logger `mistral_core` has one warning for each model. It is no Python warning, which would be raised
under `python -W error`.

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
