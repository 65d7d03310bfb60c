"""Chat completions of the sandbox: echoes that follow the request's settings."""

import json
from typing import Any

import pytest

from mistral_core import (
    Err,
    Failure,
    HTTPValidationError,
    MistralCore,
    Result,
    RetryConfig,
    SDKError,
    operation_of,
)
from mistral_funcs import agents_complete, chat_complete, fim_complete, models_archive
from mistral_funcs.sandbox import Sandbox
from mistral_funcs.sandbox.behaviors.tokens import count
from mistral_funcs.schemas import (
    AssistantMessage,
    ChatCompletionRequestMessage,
    DocumentURLChunk,
    FunctionCall,
    ImageURLChunk,
    SystemMessage,
    TextChunk,
    ThinkChunk,
    ToolCall,
    ToolMessage,
    UserMessage,
)

MODEL = "open-mistral-7b"
TUNED = "ft:open-mistral-7b:587a6b29:20240514:7e773925"
AGENT = "ag:sandbox"
ONCE = RetryConfig(strategy="none")
HI = [UserMessage(content="hi there")]


@pytest.fixture
def model() -> MistralCore:
    """Return an in-process client of a new sandbox."""
    return MistralCore(transport=Sandbox(), retry_config=ONCE)


def refused(result: Result[object, Failure]) -> SDKError:
    """Return the error of a refused call."""
    assert isinstance(result, Err)
    assert isinstance(result.error, SDKError)
    return result.error


async def text(client: MistralCore, messages: list[ChatCompletionRequestMessage]) -> str:
    """Return the text of the response to a conversation."""
    return (await chat_complete(client, model=MODEL, messages=messages)).unwrap().text


async def test_a_chat_is_echoed(client: MistralCore) -> None:
    """The response has all fields of the API."""
    response = (await chat_complete(client, model="open-mistral", messages=HI)).unwrap()
    assert (response.object, response.model, response.text) == (
        "chat.completion",
        MODEL,
        "You said: hi there",
    )
    (choice,) = response.choices
    assert (choice.index, choice.finish_reason) == (0, "stop")
    assert (response.usage.prompt_tokens, response.usage.completion_tokens) == (2, 4)
    assert response.usage.total_tokens == 6
    assert response.created is not None


async def test_responses_are_deterministic() -> None:
    """They depend neither on chance nor on a clock."""
    responses: list[object] = []
    for _ in range(2):
        client = MistralCore(transport=Sandbox())
        responses += [[(await chat_complete(client, model=MODEL, messages=HI)) for _ in range(2)]]
    assert responses[0] == responses[1]


async def test_each_response_has_its_own_id(model: MistralCore) -> None:
    """Even for the same question."""
    calls = [await chat_complete(model, model=MODEL, messages=HI) for _ in range(2)]
    assert len({call.unwrap().id for call in calls}) == 2


async def test_the_last_user_message_is_echoed(model: MistralCore) -> None:
    """Earlier messages are ignored."""
    conversation: list[ChatCompletionRequestMessage] = [
        SystemMessage(content="Be kind."),
        UserMessage(content="one"),
        AssistantMessage(content="You said: one"),
        {"role": "user", "content": [{"type": "text", "text": "two"}]},
    ]
    assert await text(model, conversation) == "You said: two"


async def test_other_chunks_are_named(model: MistralCore) -> None:
    """By their type, including unknown types."""
    chunks = [
        TextChunk(text="Look: "),
        ImageURLChunk(image_url="u"),
        DocumentURLChunk(document_url="u"),
        {"type": "video"},
    ]
    message = {"role": "user", "content": chunks}
    expected = "You said: Look:  (with image_url, document_url, video)"
    assert await text(model, [message]) == expected
    assert await text(model, [UserMessage(content=None)]) == "You said: "


async def test_a_response_begins_with_its_prefix(model: MistralCore) -> None:
    """The prefix is the start of the text."""
    prefix = AssistantMessage(content="Well, ", prefix=True)
    assert await text(model, [*HI, prefix]) == "Well, You said: hi there"
    system = SystemMessage(content="Be kind.")
    assert await text(model, [system, prefix]) == "Well, You said nothing."


async def test_results_of_tools_are_repeated(model: MistralCore) -> None:
    """All of the last turn, in order."""
    ids = ("callaaaaa", "callbbbbb")
    function = FunctionCall(name="get_weather", arguments="{}")
    calls = AssistantMessage(tool_calls=[ToolCall(id=each, function=function) for each in ids])
    outcomes = [
        ToolMessage(content=content, tool_call_id=each)
        for content, each in zip(("22", "rain"), ids, strict=True)
    ]
    assert await text(model, [*HI, calls, *outcomes]) == "The tools say: 22; rain"


async def test_choices_are_as_many_as_requested(model: MistralCore) -> None:
    """Each is different, and all of them count in the usage."""
    response = (await chat_complete(model, model=MODEL, messages=HI, n=3)).unwrap()
    messages = [choice.message for choice in response.choices]
    assert [message.text for message in messages if message] == [
        "You said: hi there",
        "You said: hi there (answer 2)",
        "You said: hi there (answer 3)",
    ]
    assert response.usage.completion_tokens == 4 + 6 + 6


@pytest.mark.parametrize(
    ("most", "expected", "reason"),
    [
        (0, "", "length"),
        (1, "You", "length"),
        (3, "You said: hi", "length"),
        (4, "You said: hi there", "stop"),
        (99, "You said: hi there", "stop"),
        (None, "You said: hi there", "stop"),
    ],
)
async def test_a_response_is_truncated_to_its_maximum_of_tokens(
    model: MistralCore, most: int | None, expected: str, reason: str
) -> None:
    """The finish reason says so."""
    response = (await chat_complete(model, model=MODEL, messages=HI, max_tokens=most)).unwrap()
    assert (response.text, response.choices[0].finish_reason) == (expected, reason)
    assert response.usage.completion_tokens == count(expected)


@pytest.mark.parametrize(
    ("stop", "expected"),
    [
        ("hi", "You said: "),
        (["there", "said"], "You "),
        (["", "nowhere"], "You said: hi there"),
        ([], "You said: hi there"),
    ],
)
async def test_a_response_ends_before_a_stop_string(
    model: MistralCore, stop: str | list[str], expected: str
) -> None:
    """The first one that occurs."""
    response = (await chat_complete(model, model=MODEL, messages=HI, stop=stop)).unwrap()
    assert (response.text, response.choices[0].finish_reason) == (expected, "stop")


async def test_a_response_thinks_on_request(model: MistralCore) -> None:
    """In a separate chunk, which counts in the usage."""
    for thinking in (
        await chat_complete(model, model=MODEL, messages=HI, prompt_mode="reasoning"),
        await chat_complete(model, model=MODEL, messages=HI, reasoning_effort="low"),
    ):
        response = thinking.unwrap()
        (message,) = [choice.message for choice in response.choices]
        assert message is not None
        assert isinstance(message.content, list)
        assert [type(chunk) for chunk in message.content] == [ThinkChunk, TextChunk]
        assert response.text == "You said: hi there"
        assert response.usage.completion_tokens > 4
    silent = await chat_complete(model, model=MODEL, messages=HI, reasoning_effort="none")
    assert silent.unwrap().usage.completion_tokens == 4


async def test_json_is_generated_on_request(model: MistralCore) -> None:
    """An object that contains the echo."""
    quoted = [UserMessage(content='"Zoë"\n')]
    response = await chat_complete(
        model, model=MODEL, messages=quoted, response_format={"type": "json_object"}
    )
    assert json.loads(response.unwrap().text) == {"answer": 'You said: "Zoë"\n'}


async def test_json_matches_a_given_schema(model: MistralCore) -> None:
    """Field by field."""
    schema = {
        "type": "object",
        "properties": {"city": {"type": "string"}, "days": {"type": "integer", "minimum": 3}},
        "required": ["city"],
    }
    wanted: dict[str, Any] = {"name": "trip", "schema": schema}
    response = await chat_complete(
        model,
        model=MODEL,
        messages=HI,
        response_format={"type": "json_schema", "json_schema": wanted},
        n=2,
    )
    for choice in response.unwrap().choices:
        assert choice.message is not None
        assert json.loads(choice.message.text) == {"city": "city", "days": 3}


@pytest.mark.parametrize(
    "schema",
    [{"$ref": "#/nowhere"}, {"$ref": "#"}, {"type": ["null"]}, {"type": "number", "minimum": "a"}],
)
async def test_an_unsupported_schema_is_refused(model: MistralCore, schema: dict[str, Any]) -> None:
    """With the reason."""
    error = refused(
        await chat_complete(
            model,
            model=MODEL,
            messages=HI,
            response_format={
                "type": "json_schema",
                "json_schema": {"name": "n", "schema": schema},
            },
        )
    )
    assert error.status == 400
    assert error.message.startswith("The JSON schema is not supported")


async def test_a_missing_schema_is_refused(model: MistralCore) -> None:
    """The error has the path of the field."""
    result = await chat_complete(
        model, model=MODEL, messages=HI, response_format={"type": "json_schema"}
    )
    assert isinstance(result, Err)
    assert isinstance(result.error, HTTPValidationError)
    assert result.error.detail[0].loc == ("body", "response_format", "json_schema")


# ------------------------------------------------------------------------------------------- models


@pytest.mark.parametrize("name", ["none-such", "mistral-embed", ""])
async def test_a_model_that_cannot_chat_is_refused(client: MistralCore, name: str) -> None:
    """Likewise an unknown model."""
    error = refused(await chat_complete(client, model=name, messages=HI))
    assert (error.status, error.type, error.code) == (400, "invalid_model", "1500")
    assert error.message == f"Invalid model: {name}".strip()


async def test_a_fine_tuned_model_chats_until_it_is_archived(model: MistralCore) -> None:
    """Then it is refused."""
    assert (await chat_complete(model, model=TUNED, messages=HI)).unwrap().model == TUNED
    await models_archive(model, TUNED)
    error = refused(await chat_complete(model, model=TUNED, messages=HI))
    assert (error.status, error.type) == (400, "invalid_model")
    assert "archived" in error.message


# ------------------------------------------------------------------------------------------- agents


async def test_an_agent_responds_with_its_model(client: MistralCore) -> None:
    """As in a chat."""
    response = (await agents_complete(client, agent_id=AGENT, messages=HI, n=2)).unwrap()
    assert (response.model, response.text) == ("mistral-large-latest", "You said: hi there")
    assert len(response.choices) == 2


async def test_agents_are_part_of_the_state() -> None:
    """A test can add one. Unknown agents are not found."""
    sandbox = Sandbox()
    sandbox.state.agents["ag:mine"] = TUNED
    client = MistralCore(transport=sandbox, retry_config=ONCE)
    response = await agents_complete(client, agent_id="ag:mine", messages=HI)
    assert response.unwrap().model == TUNED
    error = refused(await agents_complete(client, agent_id="ag:none", messages=HI))
    assert (error.status, error.type) == (404, "not_found")


# ---------------------------------------------------------------------------------------------- FIM


async def test_a_gap_is_filled(client: MistralCore) -> None:
    """With a text that names the code around it."""
    response = (
        await fim_complete(
            client, model="codestral-latest", prompt="# f\ndef f(", suffix="return a\n\n"
        )
    ).unwrap()
    assert response.text == "# after 'def f(' and before 'return a'"
    assert (response.object, response.model) == ("chat.completion", "codestral-latest")
    assert response.choices[0].finish_reason == "stop"
    assert (response.usage.prompt_tokens, response.usage.completion_tokens) == (7, 8)


async def test_code_is_completed_without_a_suffix(model: MistralCore) -> None:
    """A missing suffix and an empty one are the same."""
    for call in (
        fim_complete(model, model="codestral-latest", prompt="a"),
        fim_complete(model, model="codestral-latest", prompt="a", suffix=""),
        fim_complete(model, model="codestral-latest", prompt="a", suffix=None),
    ):
        assert (await call).unwrap().text == "# after 'a'"


async def test_the_length_of_a_completion_is_limited(model: MistralCore) -> None:
    """By minimum and maximum, and by a stop string."""
    long = await fim_complete(model, model="codestral-latest", prompt="a", min_tokens=9)
    assert long.unwrap().usage.completion_tokens == 9
    short = (await fim_complete(model, model="codestral-latest", prompt="a", max_tokens=2)).unwrap()
    assert (short.text, short.choices[0].finish_reason) == ("# after", "length")
    stopped = await fim_complete(model, model="codestral-latest", prompt="a", stop="after")
    assert stopped.unwrap().text == "# "


async def test_only_some_models_complete_code(model: MistralCore) -> None:
    """All others are refused."""
    error = refused(await fim_complete(model, model=MODEL, prompt="a"))
    assert (error.type, error.code) == ("invalid_model", "1500")


# --------------------------------------------------------------------------------- invalid requests

FAULTS: dict[str, tuple[dict[str, Any], set[tuple[str | int, ...]]]] = {
    "nothing": ({}, {("body", "model"), ("body", "messages")}),
    "no role": (
        {"model": MODEL, "messages": [{"content": "a"}]},
        {("body", "messages", 0, "role")},
    ),
    "a new role": (
        {"model": MODEL, "messages": [{"role": "critic", "content": "a"}]},
        {("body", "messages", 0, "role")},
    ),
    "a string for a number": (
        {"model": MODEL, "messages": [], "max_tokens": "five"},
        {("body", "max_tokens")},
    ),
    "two at once": (
        {"model": 1, "messages": [], "n": 1.5},
        {("body", "model"), ("body", "n")},
    ),
}


@pytest.mark.parametrize("name", FAULTS)
async def test_each_fault_of_a_request_is_reported(model: MistralCore, name: str) -> None:
    """With status 422 and its path, as in the API."""
    fields, expected = FAULTS[name]
    result = await model.execute(operation_of(chat_complete), json=fields)
    assert isinstance(result, Err)
    assert isinstance(result.error, HTTPValidationError)
    assert {fault.loc for fault in result.error.detail} == expected


async def test_stream_must_be_a_boolean(model: MistralCore) -> None:
    """Other values are refused, as by the API."""
    body = {
        "model": "mistral-large-latest",
        "messages": [{"role": "user", "content": "Hi"}],
        "stream": "sometimes",
    }
    result = await model.execute(operation_of(chat_complete), json=body)
    assert isinstance(result, Err)
    assert isinstance(result.error, HTTPValidationError)
    assert [fault.loc for fault in result.error.detail] == [("body", "stream")]
