r"""Conversations and agents: the API keeps the history.

Each call sends only what is new:

```python
import asyncio

from mistral_core import Err, MistralCore, Ok
from mistral_funcs import (
    beta_agents_create,
    beta_conversations_append_stream,
    beta_conversations_start,
    beta_connectors_list,
    paginate,
)
from mistral_funcs.schemas import (
    FunctionCallEvent,
    MessageOutputEvent,
    ResponseDoneEvent,
    ResponseErrorEvent,
)


async def main() -> None:
    async with MistralCore() as client:
        agent = await beta_agents_create(client, model="mistral-medium-latest", name="Librarian")
        agent_id = agent.unwrap().id
        started = await beta_conversations_start(client, agent_id=agent_id, inputs="Any Verne?")
        response = started.unwrap()
        print(response.text, response.usage.total_tokens)

        streamed = await beta_conversations_append_stream(
            client, response.conversation_id, inputs="And something shorter?"
        )
        async with streamed.unwrap() as events:
            async for event in events:
                match event:
                    case Ok(MessageOutputEvent() as delta):
                        print(delta.text, end="")
                    case Ok(FunctionCallEvent(name=name, arguments=arguments)):
                        print("calls", name, arguments)
                    case Ok(ResponseDoneEvent(usage=usage)):
                        print(usage.total_tokens)
                    case Ok(ResponseErrorEvent(message=message)):
                        print("failed:", message)
                    case Ok(other):  # tools, handoffs, and events that are newer than this package
                        print(type(other).__name__)
                    case Err(error):
                        print(error)

        async for connector in paginate(beta_connectors_list, client):
            print(connector.unwrap())


asyncio.run(main())
```

The stream is complete when a `ResponseDoneEvent` or a `ResponseErrorEvent` has arrived. If the
connection breaks before that, the last item is an `Err`. `collect_conversation` reads such a stream
to its end and returns the response of a plain call; `fold_conversation` does the same with events
that you have kept.

Every entry of a conversation can be read later, and a conversation restarts from any of them:

```python
import asyncio

from mistral_core import MistralCore
from mistral_funcs import (
    beta_conversations_append,
    beta_conversations_get_messages,
    beta_conversations_start,
)


async def main() -> None:
    async with MistralCore() as client:
        started = await beta_conversations_start(
            client, model="mistral-medium-latest", inputs="Any Verne?"
        )
        conversation_id = started.unwrap().conversation_id
        await beta_conversations_append(client, conversation_id, inputs="And Wells?")
        messages = await beta_conversations_get_messages(client, conversation_id)
        for message in messages.unwrap().messages:
            print(type(message).__name__)


asyncio.run(main())
```

```text
MessageInputEntry
MessageOutputEntry
MessageInputEntry
MessageOutputEntry
```

Functions that the model calls in a conversation: `mistral_funcs.guides.tools_and_runs`. Documents
that agents search: `mistral_funcs.guides.libraries`.
"""
