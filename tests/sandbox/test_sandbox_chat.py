"""The sandbox as a model that chats: it echoes, and keeps to what it is asked for."""

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
    """Return a client of a new sandbox in the same process."""
    return MistralCore(transport=Sandbox(), retry_config=ONCE)


def refused(result: Result[object, Failure]) -> SDKError:
    """Return the error with which the server answered."""
    assert isinstance(result, Err)
    assert isinstance(result.error, SDKError)
    return result.error


async def text(client: MistralCore, messages: list[ChatCompletionRequestMessage]) -> str:
    """Return what is answered to a conversation."""
    return (await chat_complete(client, model=MODEL, messages=messages)).unwrap().text


async def test_a_chat_is_answered(client: MistralCore) -> None:
    """With an echo, and all that belongs to an answer."""
    answer = (await chat_complete(client, model="open-mistral", messages=HI)).unwrap()
    assert (answer.object, answer.model, answer.text) == (
        "chat.completion",
        MODEL,
        "You said: hi there",
    )
    (choice,) = answer.choices
    assert (choice.index, choice.finish_reason) == (0, "stop")
    assert (answer.usage.prompt_tokens, answer.usage.completion_tokens) == (2, 4)
    assert answer.usage.total_tokens == 6
    assert answer.created is not None


async def test_the_same_calls_of_two_sandboxes_have_the_same_answers() -> None:
    """Nothing is left to chance or to a clock."""
    answers: list[object] = []
    for _ in range(2):
        client = MistralCore(transport=Sandbox())
        answers += [[(await chat_complete(client, model=MODEL, messages=HI)) for _ in range(2)]]
    assert answers[0] == answers[1]


async def test_no_two_answers_have_one_id(model: MistralCore) -> None:
    """Not even those of the same question."""
    calls = [await chat_complete(model, model=MODEL, messages=HI) for _ in range(2)]
    assert len({call.unwrap().id for call in calls}) == 2


async def test_the_last_of_the_user_is_echoed(model: MistralCore) -> None:
    """Whatever was said before."""
    conversation: list[ChatCompletionRequestMessage] = [
        SystemMessage(content="Be kind."),
        UserMessage(content="one"),
        AssistantMessage(content="You said: one"),
        {"role": "user", "content": [{"type": "text", "text": "two"}]},
    ]
    assert await text(model, conversation) == "You said: two"


async def test_what_is_no_text_is_named(model: MistralCore) -> None:
    """Each chunk by its type, new types too."""
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


async def test_an_answer_goes_on_from_its_prefix(model: MistralCore) -> None:
    """Which it begins with."""
    prefix = AssistantMessage(content="Well, ", prefix=True)
    assert await text(model, [*HI, prefix]) == "Well, You said: hi there"
    system = SystemMessage(content="Be kind.")
    assert await text(model, [system, prefix]) == "Well, You said nothing."


async def test_the_outcomes_of_tools_are_told(model: MistralCore) -> None:
    """All of the last ones, in their order."""
    ids = ("callaaaaa", "callbbbbb")
    function = FunctionCall(name="get_weather", arguments="{}")
    calls = AssistantMessage(tool_calls=[ToolCall(id=each, function=function) for each in ids])
    outcomes = [
        ToolMessage(content=content, tool_call_id=each)
        for content, each in zip(("22", "rain"), ids, strict=True)
    ]
    assert await text(model, [*HI, calls, *outcomes]) == "The tools say: 22; rain"


async def test_there_are_as_many_choices_as_are_asked_for(model: MistralCore) -> None:
    """Each a bit different, and all of them counted."""
    answer = (await chat_complete(model, model=MODEL, messages=HI, n=3)).unwrap()
    messages = [choice.message for choice in answer.choices]
    assert [message.text for message in messages if message] == [
        "You said: hi there",
        "You said: hi there (answer 2)",
        "You said: hi there (answer 3)",
    ]
    assert answer.usage.completion_tokens == 4 + 6 + 6


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
async def test_an_answer_is_cut_to_its_tokens(
    model: MistralCore, most: int | None, expected: str, reason: str
) -> None:
    """And says so."""
    answer = (await chat_complete(model, model=MODEL, messages=HI, max_tokens=most)).unwrap()
    assert (answer.text, answer.choices[0].finish_reason) == (expected, reason)
    assert answer.usage.completion_tokens == count(expected)


@pytest.mark.parametrize(
    ("stop", "expected"),
    [
        ("hi", "You said: "),
        (["there", "said"], "You "),
        (["", "nowhere"], "You said: hi there"),
        ([], "You said: hi there"),
    ],
)
async def test_an_answer_ends_before_a_stop(
    model: MistralCore, stop: str | list[str], expected: str
) -> None:
    """The first that there is."""
    answer = (await chat_complete(model, model=MODEL, messages=HI, stop=stop)).unwrap()
    assert (answer.text, answer.choices[0].finish_reason) == (expected, "stop")


async def test_it_thinks_when_it_is_told_to(model: MistralCore) -> None:
    """In a chunk of its own, which counts."""
    for thinking in (
        await chat_complete(model, model=MODEL, messages=HI, prompt_mode="reasoning"),
        await chat_complete(model, model=MODEL, messages=HI, reasoning_effort="low"),
    ):
        answer = thinking.unwrap()
        (message,) = [choice.message for choice in answer.choices]
        assert message is not None
        assert isinstance(message.content, list)
        assert [type(chunk) for chunk in message.content] == [ThinkChunk, TextChunk]
        assert answer.text == "You said: hi there"
        assert answer.usage.completion_tokens > 4
    silent = await chat_complete(model, model=MODEL, messages=HI, reasoning_effort="none")
    assert silent.unwrap().usage.completion_tokens == 4


async def test_json_is_answered_where_it_is_asked_for(model: MistralCore) -> None:
    """An object, whatever was said."""
    quoted = [UserMessage(content='"Zoë"\n')]
    answer = await chat_complete(
        model, model=MODEL, messages=quoted, response_format={"type": "json_object"}
    )
    assert json.loads(answer.unwrap().text) == {"answer": 'You said: "Zoë"\n'}


async def test_json_fits_the_schema_that_is_given(model: MistralCore) -> None:
    """Field by field."""
    schema = {
        "type": "object",
        "properties": {"city": {"type": "string"}, "days": {"type": "integer", "minimum": 3}},
        "required": ["city"],
    }
    wanted: dict[str, Any] = {"name": "trip", "schema": schema}
    answer = await chat_complete(
        model,
        model=MODEL,
        messages=HI,
        response_format={"type": "json_schema", "json_schema": wanted},
        n=2,
    )
    for choice in answer.unwrap().choices:
        assert choice.message is not None
        assert json.loads(choice.message.text) == {"city": "city", "days": 3}


@pytest.mark.parametrize(
    "schema",
    [{"$ref": "#/nowhere"}, {"$ref": "#"}, {"type": ["null"]}, {"type": "number", "minimum": "a"}],
)
async def test_a_schema_that_cannot_be_followed_is_refused(
    model: MistralCore, schema: dict[str, Any]
) -> None:
    """With what is wrong about it."""
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


async def test_a_schema_that_is_not_given_is_missed(model: MistralCore) -> None:
    """It is a fault of the request."""
    result = await chat_complete(
        model, model=MODEL, messages=HI, response_format={"type": "json_schema"}
    )
    assert isinstance(result, Err)
    assert isinstance(result.error, HTTPValidationError)
    assert result.error.detail[0].loc == ("body", "response_format", "json_schema")


# ------------------------------------------------------------------------------------------- models


@pytest.mark.parametrize("name", ["none-such", "mistral-embed", ""])
async def test_a_model_that_cannot_chat_is_invalid(client: MistralCore, name: str) -> None:
    """One that is not there as well."""
    error = refused(await chat_complete(client, model=name, messages=HI))
    assert (error.status, error.type, error.code) == (400, "invalid_model", "1500")
    assert error.message == f"Invalid model: {name}".strip()


async def test_a_fine_tuned_model_chats_until_it_is_archived(model: MistralCore) -> None:
    """Like any other, and then no more."""
    assert (await chat_complete(model, model=TUNED, messages=HI)).unwrap().model == TUNED
    await models_archive(model, TUNED)
    error = refused(await chat_complete(model, model=TUNED, messages=HI))
    assert (error.status, error.type) == (400, "invalid_model")
    assert "archived" in error.message


# ------------------------------------------------------------------------------------------- agents


async def test_an_agent_answers_with_its_model(client: MistralCore) -> None:
    """As a chat does."""
    answer = (await agents_complete(client, agent_id=AGENT, messages=HI, n=2)).unwrap()
    assert (answer.model, answer.text) == ("mistral-large-latest", "You said: hi there")
    assert len(answer.choices) == 2


async def test_agents_are_part_of_the_state() -> None:
    """A test may set one up; others are not found."""
    sandbox = Sandbox()
    sandbox.state.agents["ag:mine"] = TUNED
    client = MistralCore(transport=sandbox, retry_config=ONCE)
    answer = await agents_complete(client, agent_id="ag:mine", messages=HI)
    assert answer.unwrap().model == TUNED
    error = refused(await agents_complete(client, agent_id="ag:none", messages=HI))
    assert (error.status, error.type) == (404, "not_found")


# ---------------------------------------------------------------------------------------------- FIM


async def test_a_gap_is_filled(client: MistralCore) -> None:
    """With what stands around it."""
    answer = (
        await fim_complete(
            client, model="codestral-latest", prompt="# f\ndef f(", suffix="return a\n\n"
        )
    ).unwrap()
    assert answer.text == "# after 'def f(' and before 'return a'"
    assert (answer.object, answer.model) == ("chat.completion", "codestral-latest")
    assert answer.choices[0].finish_reason == "stop"
    assert (answer.usage.prompt_tokens, answer.usage.completion_tokens) == (7, 8)


async def test_code_is_completed_where_nothing_follows(model: MistralCore) -> None:
    """No suffix and an empty one are the same."""
    for call in (
        fim_complete(model, model="codestral-latest", prompt="a"),
        fim_complete(model, model="codestral-latest", prompt="a", suffix=""),
        fim_complete(model, model="codestral-latest", prompt="a", suffix=None),
    ):
        assert (await call).unwrap().text == "# after 'a'"


async def test_what_fills_a_gap_is_as_long_as_it_has_to_be(model: MistralCore) -> None:
    """Neither shorter nor longer, and it ends before a stop."""
    long = await fim_complete(model, model="codestral-latest", prompt="a", min_tokens=9)
    assert long.unwrap().usage.completion_tokens == 9
    short = (await fim_complete(model, model="codestral-latest", prompt="a", max_tokens=2)).unwrap()
    assert (short.text, short.choices[0].finish_reason) == ("# after", "length")
    stopped = await fim_complete(model, model="codestral-latest", prompt="a", stop="after")
    assert stopped.unwrap().text == "# "


async def test_only_some_models_fill_gaps(model: MistralCore) -> None:
    """The others are invalid for it."""
    error = refused(await fim_complete(model, model=MODEL, prompt="a"))
    assert (error.type, error.code) == ("invalid_model", "1500")


# ----------------------------------------------------------------------------------- wrong requests

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
    "a text for a number": (
        {"model": MODEL, "messages": [], "max_tokens": "five"},
        {("body", "max_tokens")},
    ),
    "two at once": (
        {"model": 1, "messages": [], "n": 1.5},
        {("body", "model"), ("body", "n")},
    ),
}


@pytest.mark.parametrize("name", FAULTS)
async def test_each_fault_of_a_request_is_named(model: MistralCore, name: str) -> None:
    """As the API does it: 422, with the way to it."""
    fields, expected = FAULTS[name]
    result = await model.execute(operation_of(chat_complete), json=fields)
    assert isinstance(result, Err)
    assert isinstance(result.error, HTTPValidationError)
    assert {fault.loc for fault in result.error.detail} == expected


async def test_whether_to_stream_is_a_boolean(model: MistralCore) -> None:
    """Anything else is refused, as the API refuses it."""
    body = {
        "model": "mistral-large-latest",
        "messages": [{"role": "user", "content": "Hi"}],
        "stream": "sometimes",
    }
    result = await model.execute(operation_of(chat_complete), json=body)
    assert isinstance(result, Err)
    assert isinstance(result.error, HTTPValidationError)
    assert [fault.loc for fault in result.error.detail] == [("body", "stream")]
