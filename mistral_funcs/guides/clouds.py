r"""Clouds: Azure AI, Google Vertex AI, and tokens of service accounts.

To call Mistral's models at another provider, pass a `cloud` to the client. Streams, structured
output, runs, retries and hooks stay the same. On Azure AI:

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

Pass the address as Azure shows it for the deployment: the server alone, with `/models`, or with
the full path of chat or OCR, with or without `?api-version=`. `AzureAI(address, api_version=...)`
overrides the version in the address and the default, `2024-05-01-preview`. One client can call
several deployments: `options=RequestOptions(server_url=...)` takes an address without a query.

Pass the deployment's key, or a coroutine function that returns an Entra ID token. The function is
called for each attempt, so let it cache the token until it expires.

On Vertex AI, with the extra `vertex` (`pip install '.[vertex]'` in a checkout):

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
  before it expires. If that fails, the old token is used while it is valid. After a 401, a new
  token is fetched and the call is sent once more.
- **The project** is the first argument of `VertexAI`, or GOOGLE_CLOUD_PROJECT, or that of the
  credentials. The region defaults to `europe-west4` and may be `"global"`.
- **Tokens of your own**: with a project and a function as `api_key=`, `google-auth` is not needed.

Both clouds offer `chat_complete` and `chat_stream`, and what is built on them, such as `run` and
`parse`. Azure AI also offers `ocr_process`, and Vertex AI `fim_complete` and `fim_stream`. Any
other operation returns an `InvalidRequestError`, and nothing is sent. MISTRAL_API_KEY and
MISTRAL_SERVER_URL are not used with a cloud. A pickled client keeps its cloud, but no key and no
credentials.

A function as `api_key` can be a callable object with a method `reject(token) -> bool`, which is
called after a 401. The method drops the cached token, and returns whether another one may be
available. If so, the call is sent once more.

## Service accounts

If Kubernetes mounts the token of a service account as a file, set MISTRAL_SA_TOKEN_PATH to its
path. The file is read for each attempt, so a rotated token is picked up. A missing or empty file
is an `Err`. Credentials take precedence in this order: an `Authorization` header of the call,
`api_key=`, the file, MISTRAL_API_KEY.
"""
