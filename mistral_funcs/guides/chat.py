r"""Chat completions: messages, images, agents, and fill-in-the-middle for code.

Send messages, and read the text, the usage and the finish reason:

```python
import asyncio

from mistral_core import MistralCore
from mistral_funcs import chat_complete
from mistral_funcs.schemas import SystemMessage, UserMessage


async def main() -> None:
    async with MistralCore() as client:
        completion = await chat_complete(
            client,
            model="mistral-large-latest",
            messages=[
                SystemMessage(content="Respond in one sentence."),
                UserMessage(content="Who painted the Night Watch?"),
            ],
            temperature=0.2,
            max_tokens=200,
        )
        response = completion.unwrap()
        print(response.text, response.usage.total_tokens, response.choices[0].finish_reason)


asyncio.run(main())
```

Wherever a request has an object, pass its class or a plain mapping: `UserMessage(content="Hi")` and
`{"role": "user", "content": "Hi"}` send the same. An argument that you omit is not sent. `None` is
sent as `null` where the API accepts `null`, and not sent elsewhere.

## Several turns

Append the text of the response, then the next message of the user. If the response has tool calls,
append its complete message, `completion.choices[0].message`.

```python
import asyncio

from mistral_core import MistralCore
from mistral_funcs import chat_complete
from mistral_funcs.schemas import AssistantMessage, UserMessage


async def main() -> None:
    messages: list[UserMessage | AssistantMessage] = []
    async with MistralCore() as client:
        for question in ("Hello!", "What did I say?"):
            messages.append(UserMessage(content=question))
            completion = await chat_complete(
                client, model="mistral-large-latest", messages=messages
            )
            text = completion.unwrap().text
            messages.append(AssistantMessage(content=text))
            print(text)


asyncio.run(main())
```

```text
You said: Hello!
You said: What did I say?
```

The sandbox repeats the user's message; a model would not. To let the API keep the history, use
conversations: `mistral_funcs.guides.conversations`.

## Images

The content of a message is a string or a list of chunks:

```python
import asyncio
import base64

from mistral_core import MistralCore
from mistral_funcs import chat_complete

PIXEL = base64.b64decode("R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7")


async def main() -> None:
    image = f"data:image/gif;base64,{base64.b64encode(PIXEL).decode()}"
    content = [
        {"type": "text", "text": "What is in this image?"},
        {"type": "image_url", "image_url": image},  # or an https URL
    ]
    async with MistralCore() as client:
        completion = await chat_complete(
            client,
            model="mistral-medium-latest",
            messages=[{"role": "user", "content": content}],
        )
        print(completion.unwrap().text)


asyncio.run(main())
```

## An agent

The server stores the model, instructions and tools of an agent. Pass its ID:

```python
import asyncio

from mistral_core import MistralCore
from mistral_funcs import agents_complete

AGENT_ID = "ag:sandbox"  # an agent of the sandbox; the console shows the IDs of yours


async def main() -> None:
    messages = [{"role": "user", "content": "Summarize the meeting notes."}]
    async with MistralCore() as client:
        completion = await agents_complete(client, agent_id=AGENT_ID, messages=messages)
        print(completion.unwrap().text)


asyncio.run(main())
```

## Fill-in-the-middle

`fim_complete` generates the code between `prompt` and `suffix`:

```python
import asyncio

from mistral_core import MistralCore
from mistral_funcs import fim_complete


async def main() -> None:
    async with MistralCore() as client:
        completion = await fim_complete(
            client,
            model="codestral-latest",
            prompt="def is_even(number: int) -> bool:\n",
            suffix="\n\nprint(is_even(2))",
            max_tokens=64,
        )
        print(completion.unwrap().text)


asyncio.run(main())
```

## The Responses API

The same models accept requests in the format of OpenAI's Responses API:

```python
import asyncio

from mistral_core import MistralCore
from mistral_funcs import responses_create


async def main() -> None:
    async with MistralCore() as client:
        response = await responses_create(client, model="mistral-small-latest", input="Hello!")
        print(response.unwrap().output_text)


asyncio.run(main())
```

Streams: `mistral_funcs.guides.streams`. Tools: `mistral_funcs.guides.tools_and_runs`. Responses as
instances of your classes: `mistral_funcs.guides.structured_output`.
"""
