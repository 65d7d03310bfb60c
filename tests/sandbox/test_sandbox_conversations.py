"""Conversations of the sandbox: entries, tools, handoffs, confirmations and their rules."""

import json
from collections.abc import AsyncGenerator
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
from mistral_core.structuring.converter import converter
from mistral_funcs import (
    beta_agents_create,
    beta_agents_create_version_alias,
    beta_agents_update,
    beta_conversations_append,
    beta_conversations_delete,
    beta_conversations_get,
    beta_conversations_get_history,
    beta_conversations_get_messages,
    beta_conversations_list,
    beta_conversations_restart,
    beta_conversations_start,
    files_download,
)
from mistral_funcs.sandbox import Sandbox
from mistral_funcs.sandbox.behaviors import conversation_entries
from mistral_funcs.schemas import (
    AgentConversation,
    AgentHandoffEntry,
    ConversationResponse,
    FunctionCallEntry,
    FunctionResultEntry,
    MessageInputEntry,
    MessageOutputEntry,
    ModelConversation,
    TextChunk,
    ThinkChunk,
    ToolExecutionEntry,
    ToolFileChunk,
    ToolReferenceChunk,
)

MODEL = "mistral-large-latest"
PLACE = {"type": "object", "properties": {"city": {"type": "string"}}, "required": ["city"]}


def function(name: str) -> dict[str, Any]:
    """Return a function tool."""
    return {"type": "function", "function": {"name": name, "parameters": PLACE}}


def result(call: FunctionCallEntry, text: str = "22") -> FunctionResultEntry:
    """Return the result of a function call."""
    return FunctionResultEntry(tool_call_id=call.tool_call_id, result=text)


@pytest.fixture
def sandbox() -> Sandbox:
    """Return a new sandbox."""
    return Sandbox()


@pytest.fixture(params=["in process", "over HTTP"])
async def client(
    request: pytest.FixtureRequest, sandbox: Sandbox
) -> AsyncGenerator[MistralCore, None]:
    """Yield a client of the sandbox, in process and over HTTP."""
    once = RetryConfig(strategy="none")
    if request.param == "in process":
        yield MistralCore(transport=sandbox, retry_config=once)
        return
    async with (
        sandbox.serve() as url,
        MistralCore(sandbox.api_key, server_url=url, retry_config=once) as over_http,
    ):
        yield over_http


@pytest.fixture
def model(sandbox: Sandbox) -> MistralCore:
    """Return an in-process client of the sandbox."""
    return MistralCore(transport=sandbox, retry_config=RetryConfig(strategy="none"))


async def started(client: MistralCore, inputs: Any = "hi", **fields: Any) -> ConversationResponse:
    """Start a conversation, and return the response."""
    given: dict[str, Any] = fields if "agent_id" in fields else {"model": MODEL, **fields}
    return (await beta_conversations_start(client, inputs=inputs, **given)).unwrap()


async def appended(client: MistralCore, id_: str, inputs: Any, **more: Any) -> ConversationResponse:
    """Append inputs, and return the response."""
    return (await beta_conversations_append(client, id_, inputs=inputs, **more)).unwrap()


async def types(client: MistralCore, id_: str) -> list[str]:
    """Return the types of the entries of a conversation."""
    entries = (await beta_conversations_get_history(client, id_)).unwrap().entries
    return [getattr(each, "type", "") for each in entries]


def calls(response: ConversationResponse) -> list[FunctionCallEntry]:
    """Return the calls in a response."""
    return [each for each in response.outputs if isinstance(each, FunctionCallEntry)]


def refused(refusal: Result[Any, Failure]) -> tuple[int, object, str]:
    """Return status, code and message of a refusal."""
    assert isinstance(refusal, Err)
    assert isinstance(refusal.error, SDKError)
    return refusal.error.status, refusal.error.code, refusal.error.message


def status_of(refusal: Result[Any, Failure]) -> int | None:
    """Return the status of an error."""
    assert isinstance(refusal, Err)
    return refusal.call.status


# ------------------------------------------------------------------------------------------ entries


async def test_a_conversation_continues(client: MistralCore) -> None:
    """Its entries are stored with IDs and times."""
    first = await started(client, name="mine", metadata={"a": 1})
    assert (first.text, first.usage.prompt_tokens, first.usage.completion_tokens) == (
        *("You said: hi", 1, 3),
    )
    second = await appended(client, first.conversation_id, "and you?")
    assert (second.conversation_id, second.text) == (first.conversation_id, "You said: and you?")
    assert second.usage.total_tokens == second.usage.prompt_tokens + second.usage.completion_tokens
    history = (await beta_conversations_get_history(client, first.conversation_id)).unwrap()
    assert [getattr(each, "text", "") for each in history.entries] == [
        *("hi", "You said: hi", "and you?", "You said: and you?"),
    ]
    ids = {getattr(each, "id", None) for each in history.entries}
    assert len(ids - {None}) == 4
    messages = (await beta_conversations_get_messages(client, first.conversation_id)).unwrap()
    assert messages.messages == history.entries
    about = (await beta_conversations_get(client, first.conversation_id)).unwrap()
    assert isinstance(about, ModelConversation)
    assert (about.model, about.name, about.metadata) == (MODEL, "mine", {"a": 1})


async def test_conversations_are_listed_and_deleted(client: MistralCore) -> None:
    """The newest first."""
    ids = [(await started(client, metadata={"n": n})).conversation_id for n in range(3)]
    listed = (await beta_conversations_list(client)).unwrap()
    assert [getattr(each, "id", "") for each in listed] == [*reversed(ids)]
    second = (await beta_conversations_list(client, page=1, page_size=1)).unwrap()
    assert [getattr(each, "id", "") for each in second] == [ids[1]]
    matching = (await beta_conversations_list(client, metadata={"n": 2})).unwrap()
    assert [getattr(each, "id", "") for each in matching] == [ids[2]]
    assert (await beta_conversations_delete(client, ids[0])).unwrap() is None
    for gone in (
        await beta_conversations_delete(client, ids[0]),
        await beta_conversations_get(client, ids[0]),
        await beta_conversations_append(client, ids[0], inputs="hi"),
        await beta_conversations_get_history(client, ids[0]),
    ):
        assert status_of(gone) == 404


async def test_a_conversation_restarts_from_an_entry(model: MistralCore) -> None:
    """As a new conversation. The original one does not change."""
    first = await started(model, "one", metadata={"a": 1})
    await appended(model, first.conversation_id, "two")
    entry = first.outputs[0]
    assert isinstance(entry, MessageOutputEntry)
    assert entry.id is not None
    again = await beta_conversations_restart(
        model, first.conversation_id, from_entry_id=entry.id, inputs="three", metadata={"b": 2}
    )
    new = again.unwrap()
    assert new.conversation_id != first.conversation_id
    assert new.text == "You said: three"
    assert await types(model, new.conversation_id) == ["message.input", "message.output"] * 2
    assert len(await types(model, first.conversation_id)) == 4
    about = (await beta_conversations_get(model, new.conversation_id)).unwrap()
    assert isinstance(about, ModelConversation)
    assert about.metadata == {"b": 2}
    unknown = await beta_conversations_restart(
        model, first.conversation_id, from_entry_id="none", inputs="three"
    )
    assert status_of(unknown) == 404


async def test_an_unstored_response_cannot_be_continued(model: MistralCore) -> None:
    """It leaves the conversation unchanged."""
    lost = await started(model, store=False)
    assert status_of(await beta_conversations_get(model, lost.conversation_id)) == 404
    kept = await started(model)
    aside = await appended(model, kept.conversation_id, "aside", store=False)
    assert aside.text == "You said: aside"
    assert len(await types(model, kept.conversation_id)) == 2


async def test_entries_can_be_sent_back(model: MistralCore) -> None:
    """As objects, as mappings, and without a type."""
    first = await started(model, "Use get_weather for Paris", tools=[function("get_weather")])
    (call,) = calls(first)
    for inputs in (
        [MessageInputEntry(role="user", content="x"), *first.outputs, result(call)],
        [
            {"role": "user", "content": "x"},
            {**converter.unstructure(call), "object": "entry"},
            {"object": "entry", **converter.unstructure(result(call))},
        ],
    ):
        again = await started(model, inputs, store=False)
        assert again.text == "The tools say: 22"
    body = {"model": MODEL, "inputs": [{"type": "novelty"}]}
    unknown = await model.execute(operation_of(beta_conversations_start), json=body)
    assert status_of(unknown) == 422


async def test_an_assistant_message_with_prefix_is_continued(model: MistralCore) -> None:
    """The response starts with the prefix."""
    prefix = MessageInputEntry(role="assistant", content="Well, ", prefix=True)
    hi = MessageInputEntry(role="user", content="hi")
    mapping = {"role": "assistant", "content": "Well, ", "prefix": True}
    for each in (prefix, mapping):
        assert (await started(model, [hi, each])).text == "Well, You said: hi"


async def test_settings_are_followed_as_in_a_chat(model: MistralCore) -> None:
    """Those of the request override those of the conversation."""
    schema = {"type": "object", "properties": {"city": {"type": "string"}}}
    wanted = {"type": "json_schema", "json_schema": {"name": "a", "schema": schema}}
    first = await started(model, completion_args={"response_format": wanted})
    assert json.loads(first.text) == {"city": "city"}
    plain = {"response_format": {"type": "text"}, "max_tokens": 2}
    short = await appended(model, first.conversation_id, "hi", completion_args=plain)
    assert short.text == "You said:"
    thinking = await started(model, completion_args={"reasoning_effort": "high"})
    (message,) = thinking.outputs
    assert isinstance(message, MessageOutputEntry)
    assert [type(each) for each in message.content] == [ThinkChunk, TextChunk]
    empty = await started(model, completion_args={"max_tokens": 0})
    assert empty.text == ""
    more = await appended(model, empty.conversation_id, "more", completion_args={"max_tokens": 9})
    assert more.text == "You said: more"


async def test_guardrails_report_their_results(model: MistralCore) -> None:
    """One result for each."""
    guardrails = [{"moderation_llm_v1": {"action": "block"}}]
    assert (await started(model, guardrails=guardrails)).guardrails == [{"blocked": False}]
    assert (await started(model)).guardrails is None


# ---------------------------------------------------------------------------------------- functions


async def test_a_function_that_the_user_names_is_called(client: MistralCore) -> None:
    """The next response uses its result."""
    tools = [function("get_weather"), function("get_time")]
    first = await started(client, "Use get_weather and get_time for Paris", tools=tools)
    weather, time = calls(first)
    assert (weather.name, time.name, weather.model) == ("get_weather", "get_time", MODEL)
    assert json.loads(str(weather.arguments)) == {"city": "Paris"}
    assert weather.confirmation_status is None
    results = [result(time, "noon"), result(weather)]
    second = await appended(client, first.conversation_id, results)
    assert second.text == "The tools say: noon; 22"
    assert await types(client, first.conversation_id) == [
        *("message.input", "function.call", "function.call"),
        *("function.result", "function.result", "message.output"),
    ]


UNEQUAL = "Not the same number of function calls and responses"
LAST = (
    "Expected last role User or Tool (or Assistant with prefix True) for serving but got assistant"
)


@pytest.mark.parametrize(
    ("inputs", "message"),
    [
        ([], LAST),
        ("Never mind.", UNEQUAL),
        ([{"type": "function.result", "tool_call_id": "x", "result": ""}], "Unexpected tool call"),
        ([0, 0], "Duplicate tool call id"),
        ([0, {"role": "user", "content": "thanks"}], "Unexpected role 'user' after role 'tool'"),
    ],
)
async def test_results_that_do_not_match_the_calls_are_refused(
    model: MistralCore, inputs: Any, message: str
) -> None:
    """With the API's code. The conversation does not change."""
    first = await started(model, "Use get_weather for Paris", tools=[function("get_weather")])
    (call,) = calls(first)
    sent: Any = inputs
    if inputs.__class__ is list:
        sent = [result(call) if each == 0 else each for each in inputs]
    status, code, text = refused(
        await beta_conversations_append(model, first.conversation_id, inputs=sent)
    )
    assert (status, code) == (400, "3230")
    assert text.startswith(message)
    assert (await appended(model, first.conversation_id, [result(call)])).text


async def test_empty_inputs_are_refused(model: MistralCore) -> None:
    """At the start and later."""
    first = await started(model)
    later = await beta_conversations_append(model, first.conversation_id)
    assert refused(later) == (400, "3230", LAST)
    status, code, _ = refused(await beta_conversations_start(model, model=MODEL, inputs=[]))
    assert (status, code) == (400, "3230")


async def test_the_number_of_entries_is_bounded(
    model: MistralCore, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of each conversation."""
    monkeypatch.setattr(conversation_entries, "MOST_ENTRIES", 2)
    first = await started(model)
    refusal = await beta_conversations_append(model, first.conversation_id, inputs="more")
    assert refused(refusal)[0] == 400


# ------------------------------------------------------------------------------------- hosted tools


async def test_a_hosted_tool_that_the_user_names_runs(client: MistralCore) -> None:
    """The response has its execution, its usage and its sources."""
    tools = [{"type": "web_search"}, {"type": "code_interpreter"}]
    response = await started(client, "Use web_search for Paris", tools=tools)
    execution, message = response.outputs
    assert isinstance(execution, ToolExecutionEntry)
    assert isinstance(message, MessageOutputEntry)
    assert (execution.name, execution.info) == (
        "web_search",
        {"output": "the result of web_search"},
    )
    assert json.loads(execution.arguments) == {"query": "Use web_search for Paris"}
    assert isinstance(message.content, list)
    assert [type(each) for each in message.content] == [TextChunk, ToolReferenceChunk]
    assert response.text == "The tools say: the result of web_search"
    assert response.usage.connectors == {"web_search": 1}
    assert (response.usage.connector_tokens or 0) > 0
    code = await started(client, "code_interpreter!", tools=tools)
    assert isinstance(code.outputs[0], ToolExecutionEntry)
    assert code.outputs[0].info is not None
    assert code.outputs[0].info["code_output"] == "the result of code_interpreter"


async def test_a_tool_that_creates_an_image_stores_it(model: MistralCore) -> None:
    """As a file that can be downloaded."""
    tools = [{"type": "image_generation"}]
    _, message = (await started(model, "image_generation: a cat", tools=tools)).outputs
    assert isinstance(message, MessageOutputEntry)
    file = message.content[-1]
    assert isinstance(file, ToolFileChunk)
    content = await (await files_download(model, file.file_id)).unwrap().read()
    assert content.unwrap().startswith(b"\x89PNG")


async def test_hosted_tools_and_functions_in_one_turn(model: MistralCore) -> None:
    """Hosted tools run first, then the caller's functions."""
    tools = [{"type": "web_search"}, function("get_weather")]
    first = await started(model, "web_search and get_weather in Paris", tools=tools)
    assert [type(each) for each in first.outputs] == [ToolExecutionEntry, FunctionCallEntry]
    second = await appended(model, first.conversation_id, [result(calls(first)[0])])
    assert second.text == "The tools say: 22"


async def test_no_tool_runs_if_it_is_disabled(model: MistralCore) -> None:
    """By the tool choice, or by the configuration of the tool."""
    for more in (
        {"tools": [{"type": "web_search"}], "completion_args": {"tool_choice": "none"}},
        {"tools": [{"type": "web_search", "tool_configuration": {"exclude": ["web_search"]}}]},
    ):
        fields: dict[str, Any] = more
        (message,) = (await started(model, "web_search", **fields)).outputs
        assert isinstance(message, MessageOutputEntry)


MAIL = {
    "type": "connector",
    "connector_id": "mail",
    "tool_configuration": {
        "include": ["find_mail", "send_mail"],
        "requires_confirmation": ["send_mail"],
    },
}


@pytest.mark.parametrize(
    ("confirmation", "status", "text"),
    [
        ("allow", "allowed", "The tools say: the result of send_mail"),
        ("deny", "denied", "The tools say: send_mail was denied"),
    ],
)
async def test_a_call_of_a_connector_waits_for_confirmation(
    client: MistralCore, confirmation: str, status: str, text: str
) -> None:
    """A call that is allowed runs on the server."""
    first = await started(client, "Use send_mail for Bob", tools=[MAIL])
    (call,) = calls(first)
    assert (call.name, call.confirmation_status) == ("send_mail", "pending")
    second = await appended(
        client,
        first.conversation_id,
        None,
        tool_confirmations=[{"tool_call_id": call.tool_call_id, "confirmation": confirmation}],
    )
    assert second.text == text
    ran = ["tool.execution"] * (confirmation == "allow")
    assert await types(client, first.conversation_id) == [
        *("message.input", "function.call", *ran, "message.output"),
    ]
    history = (await beta_conversations_get_history(client, first.conversation_id)).unwrap()
    decided = history.entries[1]
    assert isinstance(decided, FunctionCallEntry)
    assert decided.confirmation_status == status
    assert (await appended(client, first.conversation_id, "thanks")).text == "You said: thanks"


async def test_confirmations_and_results_come_in_one_request(model: MistralCore) -> None:
    """One decision or result for each call."""
    tools = [MAIL, function("get_weather")]
    first = await started(model, "find_mail, send_mail and get_weather in Paris", tools=tools)
    assert [type(each) for each in first.outputs] == [
        *(ToolExecutionEntry, FunctionCallEntry, FunctionCallEntry),
    ]
    weather, mail = calls(first)
    decision = {"tool_call_id": mail.tool_call_id, "confirmation": "allow"}
    other = {"tool_call_id": "aaaaaaaaa", "confirmation": "allow"}
    for inputs, confirmations, message in (
        ([result(weather)], [], UNEQUAL),
        ([], [decision], LAST),
        ([result(weather)], [decision, decision], "Duplicate tool call id"),
        ([result(weather)], [decision, other], "Unexpected tool call id aaaaaaaaa"),
        ([result(weather), result(mail)], [decision], "Unexpected tool call id"),
    ):
        sent: dict[str, Any] = {"inputs": inputs, "tool_confirmations": confirmations}
        status, code, text = refused(
            await beta_conversations_append(model, first.conversation_id, **sent)
        )
        assert (status, code) == (400, "3230")
        assert text.startswith(message)
    wrong = {**decision, "confirmation": "perhaps"}
    unclear = await beta_conversations_append(
        model, first.conversation_id, inputs=[result(weather)], tool_confirmations=[wrong]
    )
    assert isinstance(unclear, Err)
    assert isinstance(unclear.error, HTTPValidationError)
    done = await appended(
        model, first.conversation_id, [result(weather)], tool_confirmations=[decision]
    )
    assert done.text == "The tools say: 22; the result of send_mail"


async def test_a_connector_has_default_tools(model: MistralCore) -> None:
    """If its configuration names none."""
    tool = {"type": "connector", "connector_id": "notes"}
    execution, _ = (await started(model, "search my notes", tools=[tool])).outputs
    assert isinstance(execution, ToolExecutionEntry)
    assert execution.name == "search"


# ------------------------------------------------------------------------------------------- agents


async def test_an_agent_responds_in_the_selected_version(model: MistralCore) -> None:
    """By number, by alias, or the current one."""
    agent = (
        await beta_agents_create(model, model=MODEL, name="a", completion_args={"max_tokens": 1})
    ).unwrap()
    await beta_agents_create_version_alias(model, agent.id, alias="short", version=0)
    await beta_agents_update(model, agent.id, completion_args={"max_tokens": 2})
    for version, expected in (
        (None, "You said:"),
        (0, "You"),
        ("short", "You"),
        ("1", "You said:"),
    ):
        response = await started(model, agent_id=agent.id, agent_version=version)
        assert response.text == expected
        (message,) = response.outputs
        assert isinstance(message, MessageOutputEntry)
        assert message.agent_id == agent.id
        about = (await beta_conversations_get(model, response.conversation_id)).unwrap()
        assert isinstance(about, AgentConversation)
        assert (about.agent_id, about.agent_version) == (agent.id, version)


async def handing_over(client: MistralCore) -> list[str]:
    """Return the IDs of three agents. Each can hand over to the next one and to the first one."""
    third = (await beta_agents_create(client, model=MODEL, name="lawyer")).unwrap()
    second = (
        await beta_agents_create(
            client,
            model=MODEL,
            name="billing",
            handoffs=[third.id],
            tools=[function("refund")],
        )
    ).unwrap()
    first = (
        await beta_agents_create(client, model=MODEL, name="desk", handoffs=[second.id])
    ).unwrap()
    await beta_agents_update(client, second.id, handoffs=[first.id, third.id])
    return [first.id, second.id, third.id]


async def test_handoffs_are_followed(client: MistralCore) -> None:
    """By the server: the last agent responds, now and to further messages, with its own tools."""
    first, second, third = await handing_over(client)
    response = await started(client, "billing, then the lawyer", agent_id=first)
    *handoffs, message = response.outputs
    assert [
        (each.previous_agent_id, each.next_agent_id, each.next_agent_name)
        for each in handoffs
        if isinstance(each, AgentHandoffEntry)
    ] == [(first, second, "billing"), (second, third, "lawyer")]
    assert isinstance(message, MessageOutputEntry)
    assert message.agent_id == third
    other = await started(client, "billing: refund Bob", agent_id=first)
    assert [each.agent_id for each in calls(other)] == [second]
    later = await appended(client, other.conversation_id, [result(calls(other)[0])])
    (said,) = later.outputs
    assert isinstance(said, MessageOutputEntry)
    assert said.agent_id == second


@pytest.mark.parametrize("store", [True, False])
async def test_a_handoff_can_be_left_to_the_client(model: MistralCore, *, store: bool) -> None:
    """The response ends with it, and the next agent responds to the next request."""
    first, second, _ = await handing_over(model)
    asked = {"agent_id": first, "handoff_execution": "client", "store": store}
    question = MessageInputEntry(role="user", content="to billing")
    left = await started(model, [question], **asked)
    (handoff,) = left.outputs
    assert isinstance(handoff, AgentHandoffEntry)
    if store:
        later = await appended(model, left.conversation_id, [])
    else:
        later = await started(model, [question, handoff], **asked)
    (message,) = later.outputs
    assert isinstance(message, MessageOutputEntry)
    assert (message.agent_id, message.text) == (second, "You said: to billing")


@pytest.mark.parametrize(
    ("fields", "status"),
    [
        ({}, 422),
        ({"model": MODEL, "agent_id": "ag:sandbox"}, 422),
        ({"agent_id": "ag:sandbox", "tools": [function("f")]}, 422),
        ({"agent_id": "ag:sandbox", "instructions": "Be kind."}, 422),
        ({"agent_id": "none"}, 404),
        ({"agent_id": "ag:sandbox", "agent_version": "none"}, 404),
        ({"model": "none"}, 400),
        ({"model": MODEL, "tools": [function("f g")]}, 400),
    ],
)
async def test_a_conversation_needs_a_model_or_an_agent(
    model: MistralCore, fields: dict[str, Any], status: int
) -> None:
    """Only a model is given tools. An agent has its own."""
    refusal = await beta_conversations_start(model, inputs="hi", **fields)
    assert status_of(refusal) == status
