"""Tools and structured output that type checkers must accept. Never run."""

from collections.abc import Mapping
from functools import partial
from typing import Any, TypedDict, assert_never, assert_type

import attrs

from mistral_core import Err, Failure, MistralCore, Ok, Result
from mistral_funcs import (
    CallableTool,
    Complete,
    ParsedStream,
    Partial,
    RunnableTool,
    ToolError,
    agents_stream,
    beta_conversations_append,
    beta_conversations_restart_stream,
    beta_conversations_start,
    beta_conversations_start_stream,
    chat_complete,
    chat_stream,
    parse,
    parse_stream,
    tool,
)


@attrs.frozen
class Person:
    """A person."""

    name: str


class Place(TypedDict):
    """A place."""

    city: str


@tool
def weather(city: str, days: int = 1) -> list[float]:
    """Return the temperatures."""
    return [float(len(city))] * days


@tool(name="send_mail", confirm=True, timeout=30)
async def send(to: str, *, subject: str | None = None) -> bool:
    """Send a mail."""
    if not to:
        raise ToolError("Pass a recipient")
    return subject is not None


def plain(db: Mapping[str, str], key: str) -> str:
    """Look a key up."""
    return db[key]


class Store:
    """A store with tools."""

    @tool
    def find(self, key: str, limit: int = 5) -> str:
        """Find a key."""
        return key * limit

    @tool(thread=False)
    async def delete(self, key: str) -> None:
        """Delete a key."""

    @staticmethod
    @tool
    def ping(host: str) -> bool:
        """Ping a host."""
        return bool(host)

    @classmethod
    def count(cls, prefix: str) -> int:
        """Count keys."""
        return len(prefix)


async def a_tool_is_still_a_function() -> None:
    """Parameters and result are those of the function."""
    assert_type(weather("Rome", days=2), list[float])
    assert_type(await send("ada", subject="Hi"), bool)
    assert_type(tool(partial(plain, {}))("key"), str)
    assert_type(tool(plain, description="Look")({}, key="key"), str)
    assert_type(weather.definition.name, str)
    _runnable: list[RunnableTool] = [weather, send]
    _anything: list[CallableTool[..., Any]] = [weather, send, tool(plain)]


async def a_method_is_bound(store: Store) -> None:
    """A tool of an instance has no `self`, that of the class has."""
    assert_type(store.find("key", limit=2), str)
    assert_type(Store.find(store, "key"), str)
    assert_type(await store.delete("key"), None)
    assert_type(Store.ping("host"), bool)
    assert_type(tool(Store.count)("a"), int)
    await store.find.run({"key": "a"})
    _runnable: list[RunnableTool] = [store.find, store.delete, Store.ping, tool(store.count)]


async def parsed(client: MistralCore) -> None:
    """Each type is returned as itself, from chats and conversations."""
    chat = await parse(Person, chat_complete, client, model="m", messages=[])
    assert_type(chat, Result[Person, Failure])
    place = await parse(Place, chat_complete, client, model="m", messages=[], temperature=0)
    assert_type(place, Result[Place, Failure])
    either = await parse(Person | None, beta_conversations_start, client, inputs="?")
    assert_type(either, Result[Person | None, Failure])
    more = await parse(list[Place], beta_conversations_append, client, "c", inputs="?")
    assert_type(more, Result[list[Place], Failure])


async def streamed(client: MistralCore) -> Person | None:
    """Partial values are distinguished from the complete one."""
    opened = await parse_stream(Person, chat_stream, client, model="m", messages=[])
    assert_type(opened, Result[ParsedStream[Person], Failure])
    async with opened.unwrap() as items:
        async for item in items:
            match item:
                case Ok(Complete(value=person)):
                    assert_type(person, Person)
                    return person
                case Ok(Partial(value=fields)):
                    assert_type(fields, Mapping[str, Any])
                case Err(error):
                    assert_type(error, Failure)
                case _:  # One level narrows, but neither checker knows that no case is left.
                    pass
    return None


def two_levels(item: Result[Partial[Person] | Complete[Person], Failure]) -> str:
    """Match the result, then the value. Both checkers know that all cases are handled."""
    match item:
        case Ok(value):
            match value:
                case Partial(value=fields, incomplete=path):
                    return f"{fields} {path}"
                case Complete(value=person):
                    return person.name
                case _:
                    assert_never(value)
        case Err(error):
            return error.message
        case _:
            assert_never(item)


async def every_stream(client: MistralCore) -> None:
    """With `isinstance`, for agents and conversations."""
    opened = await parse_stream(list[Person], agents_stream, client, agent_id="a", messages=[])
    async with opened.unwrap() as items:
        async for item in items:
            value = item.unwrap()
            if isinstance(value, Partial):
                assert_type(value, Partial[list[Person]])
                assert_type(value.incomplete, tuple[str | int, ...])
            else:
                assert_type(value.value, list[Person])
    started = await parse_stream(Place, beta_conversations_start_stream, client, inputs="?")
    assert_type(started, Result[ParsedStream[Place], Failure])
    restarted = await parse_stream(
        Place, beta_conversations_restart_stream, client, "c", from_entry_id="e", inputs="?"
    )
    assert_type(restarted, Result[ParsedStream[Place], Failure])
