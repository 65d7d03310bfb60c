"""Tool calls of the sandbox: it calls the tools that the user names."""

import json
from typing import Any, Literal

import pytest

from mistral_core import Err, MistralCore, RetryConfig, SDKError
from mistral_funcs import chat_complete
from mistral_funcs.sandbox import Sandbox
from mistral_funcs.schemas import (
    ChatCompletionRequestMessage,
    ChatCompletionRequestTool,
    ChatCompletionResponse,
    Function,
    FunctionName,
    Tool,
    ToolCall,
    ToolChoice,
    ToolMessage,
    UserMessage,
    WebSearchTool,
)

MODEL = "mistral-large-latest"
PLACE: dict[str, Any] = {
    "type": "object",
    "properties": {"city": {"type": "string"}, "unit": {"enum": ["C", "F"]}},
    "required": ["city"],
}
WEATHER = Tool(function=Function(name="get_weather", parameters=PLACE))
TIME = Tool(function=Function(name="get_time", parameters={"type": "object", "properties": {}}))
TOOLS: list[ChatCompletionRequestTool] = [WEATHER, WebSearchTool(), TIME]

Choice = Literal["auto", "none", "any", "required"]


@pytest.fixture
def client() -> MistralCore:
    """Return a client of a new sandbox."""
    return MistralCore(transport=Sandbox(), retry_config=RetryConfig(strategy="none"))


def calls(response: ChatCompletionResponse) -> list[ToolCall]:
    """Return the tool calls of a response, and check the finish reason."""
    (choice,) = response.choices
    assert choice.message is not None
    actual = choice.message.tool_calls or []
    assert choice.finish_reason == ("tool_calls" if actual else "stop")
    return actual


def names(response: ChatCompletionResponse) -> list[str]:
    """Return the names of the called functions."""
    return [call.function.name for call in calls(response)]


async def test_a_function_that_the_user_names_is_called(client: MistralCore) -> None:
    """With arguments that match its schema and contain the user's text."""
    messages = [UserMessage(content="Use get_weather for Paris?")]
    response = (await chat_complete(client, model=MODEL, messages=messages, tools=TOOLS)).unwrap()
    (call,) = calls(response)
    assert (call.type, call.function.name, call.index) == ("function", "get_weather", 0)
    assert json.loads(str(call.function.arguments)) == {"city": "Paris", "unit": "C"}
    assert call.id is not None
    assert len(call.id) == 9
    assert response.text == ""
    assert response.usage.completion_tokens == 4


@pytest.mark.parametrize(
    ("said", "choice", "expected"),
    [
        ("hi", "auto", []),
        ("hi", "none", []),
        ("hi", "any", ["get_weather"]),
        ("hi", "required", ["get_weather"]),
        ("get_time", "auto", ["get_time"]),
        ("get_time", "any", ["get_time"]),
        ("get_time", "none", []),
        ("get_timeline", "auto", []),
        ("get_time, then get_weather", "auto", ["get_weather", "get_time"]),
        ("", "any", ["get_weather"]),
    ],
)
async def test_the_tool_choice_is_followed(
    client: MistralCore, said: str, choice: Choice, expected: list[str]
) -> None:
    """Named tools are called, or else the first one if a call is required."""
    messages = [UserMessage(content=said)]
    response = await chat_complete(
        client, model=MODEL, messages=messages, tools=TOOLS, tool_choice=choice
    )
    assert names(response.unwrap()) == expected


async def test_each_call_has_its_own_id(client: MistralCore) -> None:
    """And an index."""
    messages = [UserMessage(content="get_time and get_weather")]
    response = (await chat_complete(client, model=MODEL, messages=messages, tools=TOOLS)).unwrap()
    assert len({call.id for call in calls(response)}) == 2
    assert [call.index for call in calls(response)] == [0, 1]


async def test_parallel_calls_can_be_disabled(client: MistralCore) -> None:
    """Only the first function is called."""
    messages = [UserMessage(content="get_time and get_weather")]
    response = await chat_complete(
        client, model=MODEL, messages=messages, tools=TOOLS, parallel_tool_calls=False
    )
    assert names(response.unwrap()) == ["get_weather"]


async def test_a_chosen_function_is_called(client: MistralCore) -> None:
    """Whatever the user said."""
    response = await chat_complete(
        client,
        model=MODEL,
        messages=[UserMessage(content="get_weather")],
        tools=TOOLS,
        tool_choice=ToolChoice(function=FunctionName(name="get_time")),
    )
    assert names(response.unwrap()) == ["get_time"]


async def test_an_unknown_function_cannot_be_chosen(client: MistralCore) -> None:
    """It is refused."""
    result = await chat_complete(
        client,
        model=MODEL,
        messages=[UserMessage(content="hi")],
        tools=TOOLS,
        tool_choice={"type": "function", "function": {"name": "get_rich"}},
    )
    assert isinstance(result, Err)
    assert isinstance(result.error, SDKError)
    assert result.error.status == 400
    assert "get_rich" in result.error.message


async def test_without_functions_there_are_no_calls(client: MistralCore) -> None:
    """Even if one is required."""
    for tools in (None, [], [WebSearchTool()]):
        response = await chat_complete(
            client,
            model=MODEL,
            messages=[UserMessage(content="hi")],
            tools=tools,
            tool_choice="any",
        )
        assert names(response.unwrap()) == []


async def test_a_loop_of_calls_ends(client: MistralCore) -> None:
    """The result is sent with the unchanged call, and the response is text."""
    messages: list[ChatCompletionRequestMessage] = [UserMessage(content="get_weather in Paris")]
    first = (await chat_complete(client, model=MODEL, messages=messages, tools=TOOLS)).unwrap()
    (call,) = calls(first)
    assert first.choices[0].message is not None
    messages += [
        first.choices[0].message,
        ToolMessage(content="22 degrees", tool_call_id=call.id, name=call.function.name),
    ]
    last = (await chat_complete(client, model=MODEL, messages=messages, tools=TOOLS)).unwrap()
    assert calls(last) == []
    assert last.text == "The tools say: 22 degrees"


async def test_unsupported_parameters_are_refused(client: MistralCore) -> None:
    """Like the schema of structured output."""
    tool = Tool(function=Function(name="f", parameters={"$ref": "#/nowhere"}))
    result = await chat_complete(
        client, model=MODEL, messages=[UserMessage(content="f")], tools=[tool]
    )
    assert isinstance(result, Err)
    assert isinstance(result.error, SDKError)
    assert result.error.status == 400
