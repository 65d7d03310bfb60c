"""Conversations, agents, connectors and responses for both type checkers. Never run."""

from collections.abc import AsyncIterator
from typing import Any, assert_never, assert_type

from mistral_core import Err, EventStream, Failure, MistralCore, Ok, Result, Unknown
from mistral_funcs import (
    beta_agents_list_pages,
    beta_agents_list_versions,
    beta_connectors_call_tool,
    beta_connectors_create,
    beta_connectors_list,
    beta_connectors_list_tools,
    beta_conversations_append,
    beta_conversations_delete,
    beta_conversations_get,
    beta_conversations_start,
    beta_conversations_start_stream,
    paginate,
    responses_create,
    responses_stream,
)
from mistral_funcs.schemas import (
    Agent,
    AgentConversation,
    AgentHandoffDoneEvent,
    AgentHandoffEntry,
    AgentHandoffStartedEvent,
    CompletionArgs,
    ConversationEventsData,
    ConversationResponse,
    CreateConnectorRequest,
    CreateResponseResponse,
    Function,
    FunctionCallEntry,
    FunctionCallEvent,
    FunctionResultEntry,
    FunctionTool,
    HTTPConnector,
    MCPConnector,
    MCPTool,
    MessageInputEntry,
    MessageOutputEntry,
    MessageOutputEvent,
    ModelConversation,
    ResponseDoneEvent,
    ResponseErrorEvent,
    ResponsesCompletedEvent,
    ResponsesStreamEvent,
    ResponseStartedEvent,
    ResponsesTextDeltaEvent,
    ToolExecutionDeltaEvent,
    ToolExecutionDoneEvent,
    ToolExecutionEntry,
    ToolExecutionStartedEvent,
    WebSearchTool,
)


async def inputs(client: MistralCore) -> None:
    """Strings, classes, mappings, and outputs of a response, also in one list."""
    started = await beta_conversations_start(
        client,
        inputs="Hi",
        model="m",
        tools=[FunctionTool(function=Function(name="f")), WebSearchTool(), {"type": "function"}],
        completion_args=CompletionArgs(temperature=0, stop=["."]),
    )
    assert_type(started, Result[ConversationResponse, Failure])
    response = started.unwrap()
    entry = FunctionResultEntry(tool_call_id="t", result="1")
    message = MessageInputEntry(role="user", content="Hi")
    await beta_conversations_append(client, "c", inputs=[entry, message, {"type": "x"}])
    await beta_conversations_append(client, "c", inputs=response.outputs)
    assert_type(await beta_conversations_delete(client, "c"), Result[None, Failure])


async def outputs(client: MistralCore) -> None:
    """Outputs and conversations are distinguished by their classes."""
    response = (await beta_conversations_start(client, inputs="Hi")).unwrap()
    assert_type(response.text, str)
    for output in response.outputs:
        match output:
            case MessageOutputEntry():
                assert_type(output.text, str)
            case FunctionCallEntry(name=name, arguments=arguments):
                assert_type(name, str)
                assert_type(arguments, dict[str, Any] | str)
            case ToolExecutionEntry() | AgentHandoffEntry() | Unknown():
                pass
            case _:
                assert_never(output)
    conversation = (await beta_conversations_get(client, "c")).unwrap()
    assert_type(conversation, AgentConversation | ModelConversation | Unknown)


async def events(client: MistralCore) -> None:
    """A stream yields a union, which a match exhausts."""
    opened = await beta_conversations_start_stream(client, inputs="Hi", model="m")
    assert_type(opened, Result[EventStream[ConversationEventsData], Failure])
    async with opened.unwrap() as stream:
        async for item in stream:
            match item:
                case Ok(event):
                    handle(event)
                case Err(error):
                    assert_type(error, Failure)


def handle(event: ConversationEventsData) -> None:
    """Distinguish the events by their classes."""
    match event:
        case MessageOutputEvent():
            assert_type(event.text, str)
        case FunctionCallEvent(arguments=arguments):
            assert_type(arguments, str)
        case ResponseDoneEvent(usage=usage):
            assert_type(usage.total_tokens, int)
        case ResponseErrorEvent(code=code):
            assert_type(code, int | None)
        case ResponseStartedEvent(conversation_id=conversation_id):
            assert_type(conversation_id, str)
        case ToolExecutionStartedEvent() | ToolExecutionDeltaEvent() | ToolExecutionDoneEvent():
            pass
        case AgentHandoffStartedEvent() | AgentHandoffDoneEvent():
            pass
        case Unknown(raw=raw):
            assert_type(raw, Any)
        case _:
            assert_never(event)


async def pages(client: MistralCore) -> None:
    """All kinds of pages are read alike."""
    agents = paginate(beta_agents_list_pages, client, name="a", metadata={"team": 1})
    assert_type(agents, AsyncIterator[Result[Agent | Unknown, Failure]])
    versions = paginate(beta_agents_list_versions, client, "a")
    assert_type(versions, AsyncIterator[Result[Agent | Unknown, Failure]])
    connectors = paginate(beta_connectors_list, client, query_filters={"supports_mcp": True})
    assert_type(connectors, AsyncIterator[Result[MCPConnector | HTTPConnector | Unknown, Failure]])


async def connectors(client: MistralCore) -> None:
    """A new connector is a class or a mapping."""
    new = CreateConnectorRequest(name="n", description="d", server="https://s")
    created = (await beta_connectors_create(client, connector=new)).unwrap()
    assert_type(created, MCPConnector | HTTPConnector | Unknown)
    await beta_connectors_create(client, connector={"protocol": "http"})
    tools = (await beta_connectors_list_tools(client, "n")).unwrap()
    assert_type(tools, list[MCPTool | dict[str, Any]])
    result = await beta_connectors_call_tool(client, "n", "t", arguments={"a": 1})
    assert_type(result.unwrap().text, str)


async def responses(client: MistralCore) -> None:
    """The streaming twin takes the arguments of the plain operation."""
    created = await responses_create(client, model="m", input=[{"role": "user", "content": "Hi"}])
    assert_type(created, Result[CreateResponseResponse, Failure])
    response = created.unwrap()
    assert_type(response.output_text, str)
    opened = await responses_stream(client, model="m", input=[*response.output], temperature=0.5)
    assert_type(opened, Result[EventStream[ResponsesStreamEvent], Failure])
    async with opened.unwrap() as stream:
        async for item in stream:
            match item:
                case Ok(ResponsesTextDeltaEvent(delta=delta)):
                    assert_type(delta, str)
                case Ok(ResponsesCompletedEvent(response=complete)):
                    assert_type(complete, CreateResponseResponse)
                case Ok(_) | Err(_):
                    pass
