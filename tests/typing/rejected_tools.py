"""Mistakes with tools and structured output: rejected, never run."""

from typing import Any, assert_type

import attrs

from mistral_core import MistralCore, Ok
from mistral_funcs import (
    CallableTool,
    Complete,
    Partial,
    RunnableTool,
    audio_transcriptions_stream,
    beta_conversations_start,
    chat_complete,
    chat_stream,
    embeddings_create,
    parse,
    parse_stream,
    tool,
)


@attrs.frozen
class Person:
    """A person."""

    name: str


@tool
def weather(city: str, days: int = 1) -> list[float]:
    """Return the temperatures."""
    return [float(len(city))] * days


@tool(confirm=True)
async def send(to: str, *, subject: str | None = None) -> bool:
    """Send a mail."""
    return bool(to and subject)


class Store:
    """A store with tools."""

    @tool
    def find(self, key: str) -> str:
        """Find a key."""
        return key


async def calls(store: Store) -> None:
    """Call a tool unlike its function."""
    weather()  # error: a city is required
    weather(7)  # error: a number is not a city
    weather("Rome", "2")  # error: a string is not a number
    weather(town="Rome")  # error: no such parameter
    await weather("Rome")  # error: the function is not async
    await send("ada", "Hi")  # error: the subject is by keyword
    send("ada").bit_length()  # error: it must be awaited first
    _text: str = weather("Rome")  # error: it returns numbers
    store.find()  # error: a key is required
    store.find(store, "key")  # error: it is bound
    Store.find("key")  # error: it is not bound


async def creation() -> None:
    """Create invalid tools."""
    tool(7)  # error: a number is not a function
    tool(weather, "name")  # error: options are by keyword
    tool(weather, nam="w")  # error: a typo
    tool(weather, confirm="yes")  # error: a string is not a boolean
    tool(weather, timeout="30")  # error: a string is not a number
    _wrong: CallableTool[[int], str] = weather  # error: another signature
    _runnable: RunnableTool = len  # error: a function is not a tool
    await weather.run("Rome")  # error: arguments are a mapping
    weather.confirm = True  # error: a tool is immutable


async def structured(client: MistralCore) -> None:
    """Parse operations without text, and misuse the result."""
    await parse(Person, embeddings_create, client, model="m", inputs="a")  # error: vectors
    await parse(Person, chat_stream, client, model="m", messages=[])  # error: a stream
    await parse(Person, chat_complete, client, messages=[])  # error: a model is required
    await parse(Person, beta_conversations_start, client)  # error: inputs are required
    await parse_stream(Person, chat_complete, client, model="m", messages=[])  # error: no stream
    await parse_stream(Person, audio_transcriptions_stream, client, model="m")  # error: no format
    await parse_stream(Person, chat_stream, client, mode="m", messages=[])  # error: a typo
    opened = await parse_stream(Person, chat_stream, client, model="m", messages=[])
    async for _ in opened.unwrap():  # error: it must be entered first
        pass
    async with opened.unwrap() as items:
        async for item in items:
            item.value  # error: it may be an Err  # noqa: B018
            match item:  # error: a stream may fail
                case Ok(Complete(value=person)):
                    person.age  # error: no such field  # noqa: B018
                case Ok(Partial(value=fields)):
                    fields.name  # error: a mapping  # noqa: B018
                    fields["name"] = "x"  # error: it is read-only
                    assert_type(fields, dict[str, Any])  # error: a mapping
