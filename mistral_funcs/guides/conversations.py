r"""Conversations and agents: the API keeps the history.

Create an agent, start a conversation with it, and continue it. Each call sends only what is new:

```python
import asyncio

from mistral_core import Err, MistralCore, Ok
from mistral_funcs import (
    beta_agents_create,
    beta_conversations_append_stream,
    beta_conversations_start,
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


asyncio.run(main())
```

The stream is complete when a `ResponseDoneEvent` or a `ResponseErrorEvent` has arrived. If the
connection breaks before that, the last item is an `Err`. `collect_conversation` reads such a
stream to its end and returns the response that a plain call returns; `fold_conversation` builds it
from events that you have collected. Without an agent, pass `model=` and `instructions=` to
`beta_conversations_start`.

The server keeps all entries of a conversation. Read them, and start another conversation from one
of them:

```python
import asyncio

from mistral_core import MistralCore
from mistral_funcs import (
    beta_conversations_append,
    beta_conversations_get_history,
    beta_conversations_restart,
    beta_conversations_start,
)


async def main() -> None:
    async with MistralCore() as client:
        started = await beta_conversations_start(
            client, model="mistral-medium-latest", inputs="Any Verne?"
        )
        conversation_id = started.unwrap().conversation_id
        await beta_conversations_append(client, conversation_id, inputs="And Wells?")
        history = (await beta_conversations_get_history(client, conversation_id)).unwrap()
        for entry in history.entries:
            print(type(entry).__name__)

        entry_ids = [entry.id for entry in history.entries if entry.id]
        restarted = await beta_conversations_restart(
            client, conversation_id, from_entry_id=entry_ids[1], inputs="And Poe?"
        )
        print(restarted.unwrap().text)


asyncio.run(main())
```

```text
MessageInputEntry
MessageOutputEntry
MessageInputEntry
MessageOutputEntry
You said: And Poe?
```

The new conversation keeps the entries up to `from_entry_id`, here the first response.
`beta_conversations_get_messages` returns only the messages, and `paginate` with
`beta_conversations_list` all conversations.

Functions that the model calls in a conversation: `mistral_funcs.guides.tools_and_runs`. Documents
that agents search: `mistral_funcs.guides.libraries`.
"""
