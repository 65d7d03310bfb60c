"""Chat requests: forms of messages and tools, and values that cannot be sent."""

from collections.abc import Sequence
from types import MappingProxyType
from typing import Any

import pytest

from mistral_core import Err, InvalidRequestError, MistralCore
from mistral_core.testing import ScriptedTransport
from mistral_funcs import chat_complete
from mistral_funcs.schemas import (
    ChatCompletionRequestMessage,
    Function,
    TextChunk,
    Tool,
    ToolMessage,
    UserMessage,
)
from tests.funcs.wire import CallIt, body

HI = [UserMessage(content="hi")]
SCHEMA: dict[str, Any] = {"type": "object", "properties": {"city": {"type": "string"}}}
TOOL = Tool(function=Function(name="f", parameters=SCHEMA))


MESSAGES: dict[str, tuple[ChatCompletionRequestMessage, str]] = {
    "text": (
        UserMessage(content='Zoë "🙂"\u2028\n'),
        '{"role":"user","content":"Zoë \\"🙂\\"\u2028\\n"}',
    ),
    "null where it is required": (
        UserMessage(content=None),
        '{"role":"user","content":null}',
    ),
    "null where it is optional": (
        ToolMessage(content="22", name=None),
        '{"role":"tool","content":"22","name":null}',
    ),
    "chunks as mappings": (
        UserMessage(content=[TextChunk(text="a"), {"type": "video", "fps": 24}]),
        '{"role":"user","content":[{"type":"text","text":"a"},{"type":"video","fps":24}]}',
    ),
    "a mapping that is no dict": (
        MappingProxyType({"role": "user", "content": "hi"}),
        '{"role":"user","content":"hi"}',
    ),
    "a mapping with a newer field": (
        {"role": "user", "content": None, "new": {"a": 1}},
        '{"role":"user","content":null,"new":{"a":1}}',
    ),
    "a mapping with objects in it": (
        {"role": "user", "content": [TextChunk(text="a")]},
        '{"role":"user","content":[{"type":"text","text":"a"}]}',
    ),
}
"""A message, and its JSON in the body."""


@pytest.mark.parametrize("name", MESSAGES)
async def test_message_is_sent_as_given(name: str) -> None:
    """Only its role and the types of its chunks are added."""
    message, expected = MESSAGES[name]
    text = await body(lambda client: chat_complete(client, model="m", messages=[message]))
    assert text == f'{{"model":"m","messages":[{expected}]}}'


async def test_mappings_and_objects_type_check() -> None:
    """Each of these forms, and a mixture of them."""
    users: list[UserMessage] = [UserMessage(content="hi")]
    mappings: list[dict[str, str]] = [{"role": "user", "content": "hi"}]
    mixed: list[ChatCompletionRequestMessage] = [*users, *mappings]
    tools = [TOOL]
    plain: Sequence[dict[str, Any]] = [
        {"type": "function", "function": {"name": "f", "parameters": SCHEMA}}
    ]
    forms: list[CallIt[object]] = [
        lambda client: chat_complete(client, model="m", messages=users, tools=tools),
        lambda client: chat_complete(client, model="m", messages=mappings, tools=[TOOL]),
        lambda client: chat_complete(client, model="m", messages=mixed[:1], tools=tools),
        lambda client: chat_complete(client, model="m", messages=mixed[1:], tools=plain),
    ]
    assert len({await body(form) for form in forms}) == 1


async def test_function_without_parameters_has_an_empty_schema() -> None:
    """The API requires one. A mapping is sent unchanged."""
    tools = [Tool(function=Function(name="f")), Tool(function={"name": "g"})]
    text = await body(lambda client: chat_complete(client, model="m", messages=HI, tools=tools))
    assert text.partition('"tools":')[2] == (
        '[{"type":"function","function":'
        '{"name":"f","parameters":{"type":"object","properties":{}}}},'
        '{"type":"function","function":{"name":"g"}}]}'
    )


@pytest.mark.parametrize("value", [float("nan"), object(), {1, 2}])
async def test_values_that_json_lacks_are_refused(value: Any) -> None:
    """With an `Err`. Nothing is sent."""
    transport = ScriptedTransport()
    client = MistralCore("the-key", transport=transport)
    result = await chat_complete(client, model="m", messages=HI, metadata={"a": value})
    assert isinstance(result, Err)
    assert isinstance(result.error, InvalidRequestError)
    assert transport.requests == []
