"""What `chat_complete` sends, to the byte, argument by argument."""

from collections.abc import Sequence
from types import MappingProxyType
from typing import Any

import pytest

from mistral_core import UNSET, Err, InvalidRequestError, MistralCore, RequestOptions
from mistral_core.testing import ScriptedTransport
from mistral_funcs import chat_complete
from mistral_funcs.schemas import (
    APIKeyAuth,
    AssistantMessage,
    AudioChunk,
    ChatCompletionRequestMessage,
    CodeInterpreterTool,
    CustomConnector,
    DocumentLibraryTool,
    DocumentURLChunk,
    FileChunk,
    Function,
    FunctionCall,
    FunctionName,
    GuardrailConfig,
    ImageGenerationTool,
    ImageURL,
    ImageURLChunk,
    JsonSchema,
    ModerationLLMV1CategoryThresholds,
    ModerationLLMV1Config,
    ModerationLLMV2CategoryThresholds,
    ModerationLLMV2Config,
    OAuth2TokenAuth,
    Prediction,
    ReferenceChunk,
    ResponseFormat,
    SystemMessage,
    TextChunk,
    ThinkChunk,
    Tool,
    ToolCall,
    ToolChoice,
    ToolConfiguration,
    ToolMessage,
    ToolReferenceChunk,
    UserMessage,
    WebSearchPremiumTool,
    WebSearchTool,
)
from tests.funcs.wire import CallIt, body, sent

HI = [UserMessage(content="hi")]
SCHEMA: dict[str, Any] = {"type": "object", "properties": {"city": {"type": "string"}}}
SCHEMA_JSON = '{"type":"object","properties":{"city":{"type":"string"}}}'
TOOL = Tool(function=Function(name="f", parameters=SCHEMA))
TOOL_JSON = f'{{"type":"function","function":{{"name":"f","parameters":{SCHEMA_JSON}}}}}'


async def test_request_is_a_post_of_json() -> None:
    """To the path of chats, asking for JSON and not for a stream."""
    request = await sent(lambda client: chat_complete(client, model="m", messages=HI))
    assert (request.method, request.url) == ("POST", "https://api.mistral.ai/v1/chat/completions")
    assert request.headers["accept"] == "application/json"
    assert request.body == b'{"model":"m","messages":[{"role":"user","content":"hi"}]}'
    assert not request.streamed


ARGUMENTS: dict[str, tuple[CallIt[object], str]] = {
    "temperature": (
        lambda client: chat_complete(client, model="m", messages=HI, temperature=0.3),
        '"temperature":0.3',
    ),
    "temperature, null": (
        lambda client: chat_complete(client, model="m", messages=HI, temperature=None),
        '"temperature":null',
    ),
    "temperature, zero": (
        lambda client: chat_complete(client, model="m", messages=HI, temperature=0),
        '"temperature":0',
    ),
    "top_p": (
        lambda client: chat_complete(client, model="m", messages=HI, top_p=0.9),
        '"top_p":0.9',
    ),
    "max_tokens": (
        lambda client: chat_complete(client, model="m", messages=HI, max_tokens=0),
        '"max_tokens":0',
    ),
    "stop, one": (
        lambda client: chat_complete(client, model="m", messages=HI, stop="\n"),
        '"stop":"\\n"',
    ),
    "stop, several": (
        lambda client: chat_complete(client, model="m", messages=HI, stop=("a", "b")),
        '"stop":["a","b"]',
    ),
    "random_seed": (
        lambda client: chat_complete(client, model="m", messages=HI, random_seed=7),
        '"random_seed":7',
    ),
    "metadata": (
        lambda client: chat_complete(client, model="m", messages=HI, metadata={"a": [1, None]}),
        '"metadata":{"a":[1,null]}',
    ),
    "response_format": (
        lambda client: chat_complete(
            client, model="m", messages=HI, response_format=ResponseFormat(type="json_object")
        ),
        '"response_format":{"type":"json_object"}',
    ),
    "response_format, a schema": (
        lambda client: chat_complete(
            client,
            model="m",
            messages=HI,
            response_format=ResponseFormat(
                type="json_schema",
                json_schema=JsonSchema(name="place", schema=SCHEMA, strict=True),
            ),
        ),
        (
            '"response_format":{"type":"json_schema","json_schema":'
            f'{{"name":"place","schema":{SCHEMA_JSON},"strict":true}}}}'
        ),
    ),
    "response_format, none of its own": (
        lambda client: chat_complete(
            client,
            model="m",
            messages=HI,
            response_format=ResponseFormat(
                json_schema=JsonSchema(name="place", description=None, schema={})
            ),
        ),
        '"response_format":{"json_schema":{"name":"place","description":null,"schema":{}}}',
    ),
    "tools": (
        lambda client: chat_complete(client, model="m", messages=HI, tools=[TOOL]),
        f'"tools":[{TOOL_JSON}]',
    ),
    "tools, described": (
        lambda client: chat_complete(
            client,
            model="m",
            messages=HI,
            tools=[
                Tool(function=Function(name="f", description="d", strict=True, parameters={})),
                Tool(function={"name": "g", "parameters": {}}),
            ],
        ),
        (
            '"tools":[{"type":"function","function":'
            '{"name":"f","description":"d","strict":true,"parameters":{}}},'
            '{"type":"function","function":{"name":"g","parameters":{}}}]'
        ),
    ),
    "tools without parameters": (
        lambda client: chat_complete(
            client,
            model="m",
            messages=HI,
            tools=[Tool(function=Function(name="f")), Tool(function={"name": "as written"})],
        ),
        (
            '"tools":[{"type":"function","function":'
            '{"name":"f","parameters":{"type":"object","properties":{}}}},'
            '{"type":"function","function":{"name":"as written"}}]'
        ),
    ),
    "tools, Mistral's own": (
        lambda client: chat_complete(
            client,
            model="m",
            messages=HI,
            tools=[
                WebSearchTool(),
                WebSearchPremiumTool(tool_configuration=None),
                CodeInterpreterTool(tool_configuration=ToolConfiguration(exclude=["a"])),
                ImageGenerationTool(
                    tool_configuration=ToolConfiguration(include=("b",), requires_confirmation=None)
                ),
                DocumentLibraryTool(library_ids=["l"]),
            ],
        ),
        (
            '"tools":[{"type":"web_search"},'
            '{"tool_configuration":null,"type":"web_search_premium"},'
            '{"tool_configuration":{"exclude":["a"]},"type":"code_interpreter"},'
            '{"tool_configuration":{"include":["b"],"requires_confirmation":null},'
            '"type":"image_generation"},'
            '{"type":"document_library","library_ids":["l"]}]'
        ),
    ),
    "tools, connectors": (
        lambda client: chat_complete(
            client,
            model="m",
            messages=HI,
            tools=[
                CustomConnector(connector_id="a", authorization=OAuth2TokenAuth(value="t")),
                CustomConnector(connector_id="b", authorization=APIKeyAuth(value="k")),
                CustomConnector(connector_id="c", authorization={"type": "new", "value": "v"}),
                CustomConnector(connector_id="d", authorization=None),
                CustomConnector(connector_id="e"),
            ],
        ),
        (
            '"tools":['
            '{"type":"connector","connector_id":"a",'
            '"authorization":{"type":"oauth2-token","value":"t"}},'
            '{"type":"connector","connector_id":"b","authorization":{"type":"api-key","value":"k"}},'
            '{"type":"connector","connector_id":"c","authorization":{"type":"new","value":"v"}},'
            '{"type":"connector","connector_id":"d","authorization":null},'
            '{"type":"connector","connector_id":"e"}]'
        ),
    ),
    "tools, null": (
        lambda client: chat_complete(client, model="m", messages=HI, tools=None),
        '"tools":null',
    ),
    "tool_choice": (
        lambda client: chat_complete(client, model="m", messages=HI, tool_choice="any"),
        '"tool_choice":"any"',
    ),
    "tool_choice, of a time to come": (
        lambda client: chat_complete(client, model="m", messages=HI, tool_choice="at most one"),
        '"tool_choice":"at most one"',
    ),
    "tool_choice, one": (
        lambda client: chat_complete(
            client,
            model="m",
            messages=HI,
            tool_choice=ToolChoice(function=FunctionName(name="f")),
        ),
        '"tool_choice":{"type":"function","function":{"name":"f"}}',
    ),
    "tool_choice, one, as a mapping": (
        lambda client: chat_complete(
            client, model="m", messages=HI, tool_choice=ToolChoice(function={"name": "f"})
        ),
        '"tool_choice":{"type":"function","function":{"name":"f"}}',
    ),
    "presence_penalty": (
        lambda client: chat_complete(client, model="m", messages=HI, presence_penalty=-2),
        '"presence_penalty":-2',
    ),
    "frequency_penalty": (
        lambda client: chat_complete(client, model="m", messages=HI, frequency_penalty=1.5),
        '"frequency_penalty":1.5',
    ),
    "n": (lambda client: chat_complete(client, model="m", messages=HI, n=3), '"n":3'),
    "prediction": (
        lambda client: chat_complete(
            client, model="m", messages=HI, prediction=Prediction(content="x = 1")
        ),
        '"prediction":{"type":"content","content":"x = 1"}',
    ),
    "prediction of nothing": (
        lambda client: chat_complete(client, model="m", messages=HI, prediction=Prediction()),
        '"prediction":{"type":"content"}',
    ),
    "parallel_tool_calls": (
        lambda client: chat_complete(client, model="m", messages=HI, parallel_tool_calls=False),
        '"parallel_tool_calls":false',
    ),
    "reasoning_effort": (
        lambda client: chat_complete(client, model="m", messages=HI, reasoning_effort="high"),
        '"reasoning_effort":"high"',
    ),
    "prompt_mode": (
        lambda client: chat_complete(client, model="m", messages=HI, prompt_mode="reasoning"),
        '"prompt_mode":"reasoning"',
    ),
    "prompt_mode, null": (
        lambda client: chat_complete(client, model="m", messages=HI, prompt_mode=None),
        '"prompt_mode":null',
    ),
    "guardrails": (
        lambda client: chat_complete(
            client,
            model="m",
            messages=HI,
            guardrails=[
                GuardrailConfig(
                    block_on_error=True,
                    moderation_llm_v1=ModerationLLMV1Config(
                        custom_category_thresholds=ModerationLLMV1CategoryThresholds(pii=0.5),
                        action="block",
                    ),
                    moderation_llm_v2=ModerationLLMV2Config(
                        model_name="other",
                        custom_category_thresholds=ModerationLLMV2CategoryThresholds(
                            criminal=0, jailbreaking=None
                        ),
                        ignore_other_categories=False,
                    ),
                ),
                {"moderation_llm_v3": {}},
                GuardrailConfig(moderation_llm_v1=None),
            ],
        ),
        (
            '"guardrails":[{"block_on_error":true,'
            '"moderation_llm_v1":{"custom_category_thresholds":{"pii":0.5},"action":"block"},'
            '"moderation_llm_v2":{"model_name":"other",'
            '"custom_category_thresholds":{"criminal":0,"jailbreaking":null},'
            '"ignore_other_categories":false}},'
            '{"moderation_llm_v3":{}},'
            '{"moderation_llm_v1":null}]'
        ),
    ),
    "prompt_cache_key": (
        lambda client: chat_complete(client, model="m", messages=HI, prompt_cache_key="k"),
        '"prompt_cache_key":"k"',
    ),
    "service_tier": (
        lambda client: chat_complete(client, model="m", messages=HI, service_tier="standard_only"),
        '"service_tier":"standard_only"',
    ),
    "service_tier, of a time to come": (
        lambda client: chat_complete(client, model="m", messages=HI, service_tier="priority"),
        '"service_tier":"priority"',
    ),
    "safe_prompt": (
        lambda client: chat_complete(client, model="m", messages=HI, safe_prompt=True),
        '"safe_prompt":true',
    ),
}
"""A call with one argument more than it needs, and what that adds to the body."""


@pytest.mark.parametrize("name", ARGUMENTS)
async def test_argument_is_sent_as_it_is_given(name: str) -> None:
    """After the model and the messages, and nothing else with it."""
    call, expected = ARGUMENTS[name]
    required = '"model":"m","messages":[{"role":"user","content":"hi"}]'
    assert await body(call) == f"{{{required},{expected}}}"


async def test_what_may_not_be_null_is_left_out() -> None:
    """`None` is what these default to; `UNSET` is left out everywhere."""
    nothing = await body(
        lambda client: chat_complete(
            client,
            model="m",
            messages=HI,
            temperature=UNSET,
            tools=UNSET,
            response_format=None,
            tool_choice=None,
            prediction=None,
            parallel_tool_calls=None,
            safe_prompt=None,
        )
    )
    assert nothing == '{"model":"m","messages":[{"role":"user","content":"hi"}]}'


MESSAGES: dict[str, tuple[ChatCompletionRequestMessage, str]] = {
    "system": (SystemMessage(content="Be kind."), '{"role":"system","content":"Be kind."}'),
    "system, in chunks": (
        SystemMessage(content=[TextChunk(text="a"), {"type": "text", "text": "b"}]),
        '{"role":"system","content":[{"type":"text","text":"a"},{"type":"text","text":"b"}]}',
    ),
    "user, unicode": (
        UserMessage(content='Zoë "🙂"\u2028\n'),
        '{"role":"user","content":"Zoë \\"🙂\\"\u2028\\n"}',
    ),
    "user, null": (UserMessage(content=None), '{"role":"user","content":null}'),
    "user, with all kinds of chunks": (
        UserMessage(
            content=(
                TextChunk(text="a"),
                ImageURLChunk(image_url="u"),
                ImageURLChunk(image_url=ImageURL(url="u")),
                ImageURLChunk(image_url=ImageURL(url="u", detail="low")),
                DocumentURLChunk(document_url="u", document_name="n"),
                DocumentURLChunk(document_url="u"),
                FileChunk(file_id="f"),
                AudioChunk(input_audio="UklGRg=="),
                {"type": "video", "fps": 24},
            )
        ),
        (
            '{"role":"user","content":[{"type":"text","text":"a"},'
            '{"type":"image_url","image_url":"u"},'
            '{"type":"image_url","image_url":{"url":"u"}},'
            '{"type":"image_url","image_url":{"url":"u","detail":"low"}},'
            '{"type":"document_url","document_url":"u","document_name":"n"},'
            '{"type":"document_url","document_url":"u"},'
            '{"type":"file","file_id":"f"},'
            '{"type":"input_audio","input_audio":"UklGRg=="},'
            '{"type":"video","fps":24}]}'
        ),
    ),
    "assistant": (AssistantMessage(content="a"), '{"role":"assistant","content":"a"}'),
    "assistant, of nothing": (AssistantMessage(), '{"role":"assistant"}'),
    "assistant, with a prefix": (
        AssistantMessage(content="Dear", prefix=True),
        '{"role":"assistant","content":"Dear","prefix":true}',
    ),
    "assistant, with thoughts": (
        AssistantMessage(
            content=[
                ThinkChunk(
                    thinking=[
                        TextChunk(text="t"),
                        ReferenceChunk(reference_ids=[1, "b"]),
                        ToolReferenceChunk(tool="web_search", title="T", url="u"),
                    ],
                    signature="s",
                    closed=False,
                ),
                TextChunk(text="a"),
            ]
        ),
        (
            '{"role":"assistant","content":[{"type":"thinking","thinking":['
            '{"type":"text","text":"t"},{"type":"reference","reference_ids":[1,"b"]},'
            '{"type":"tool_reference","tool":"web_search","title":"T","url":"u"}],'
            '"signature":"s","closed":false},{"type":"text","text":"a"}]}'
        ),
    ),
    "assistant, calling tools": (
        AssistantMessage(
            content="",
            tool_calls=[
                ToolCall(id="c", function=FunctionCall(name="f", arguments='{"a":1}')),
                ToolCall(function=FunctionCall(name="f", arguments={"a": [None]}), index=1),
            ],
        ),
        (
            '{"role":"assistant","content":"","tool_calls":['
            '{"id":"c","type":"function","function":{"name":"f","arguments":"{\\"a\\":1}"}},'
            '{"type":"function","function":{"name":"f","arguments":{"a":[null]}},"index":1}]}'
        ),
    ),
    "tool": (
        ToolMessage(content="22", tool_call_id="c", name=None),
        '{"role":"tool","content":"22","tool_call_id":"c","name":null}',
    ),
    "tool, in chunks": (
        ToolMessage(content=[TextChunk(text="22")]),
        '{"role":"tool","content":[{"type":"text","text":"22"}]}',
    ),
    "a mapping": (
        {"role": "user", "content": None, "new": {"a": 1}},
        '{"role":"user","content":null,"new":{"a":1}}',
    ),
    "a mapping that is no dict": (
        MappingProxyType({"role": "user", "content": "hi"}),
        '{"role":"user","content":"hi"}',
    ),
    "a mapping with objects in it": (
        {"role": "user", "content": [TextChunk(text="a")]},
        '{"role":"user","content":[{"type":"text","text":"a"}]}',
    ),
}
"""A message, and how it stands in the body."""


@pytest.mark.parametrize("name", MESSAGES)
async def test_message_is_sent_as_it_is_given(name: str) -> None:
    """Its role and the types of its chunks are always sent, and else what the caller said."""
    message, expected = MESSAGES[name]
    told = await body(lambda client: chat_complete(client, model="m", messages=[message]))
    assert told == f'{{"model":"m","messages":[{expected}]}}'


SAME: dict[str, Sequence[ChatCompletionRequestMessage]] = {
    "objects": [UserMessage(content="hi")],
    "mappings": [{"role": "user", "content": "hi"}],
    "a tuple": (UserMessage(content="hi"),),
}


@pytest.mark.parametrize("form", SAME)
async def test_mappings_and_objects_give_the_same_bytes(form: str) -> None:
    """In whatever sequence they come."""
    told = await body(lambda client: chat_complete(client, model="m", messages=SAME[form]))
    assert told == '{"model":"m","messages":[{"role":"user","content":"hi"}]}'


async def test_mappings_and_objects_are_taken_by_checkers_too() -> None:
    """Each of these forms type-checks, and so does a mixture."""
    users: list[UserMessage] = [UserMessage(content="hi")]
    mappings: list[dict[str, str]] = [{"role": "user", "content": "hi"}]
    mixed: list[ChatCompletionRequestMessage] = [*users, *mappings]
    tools = [TOOL]
    forms: list[CallIt[object]] = [
        lambda client: chat_complete(client, model="m", messages=users, tools=tools),
        lambda client: chat_complete(client, model="m", messages=mappings, tools=[TOOL]),
        lambda client: chat_complete(client, model="m", messages=mixed[:1], tools=tools),
        lambda client: chat_complete(
            client,
            model="m",
            messages=mixed[1:],
            tools=[{"type": "function", "function": {"name": "f", "parameters": SCHEMA}}],
        ),
    ]
    assert len({await body(form) for form in forms}) == 1


async def test_objects_and_mappings_of_every_argument_give_the_same_bytes() -> None:
    """Wherever there is a schema, a mapping does as well."""
    objects = await body(
        lambda client: chat_complete(
            client,
            model="m",
            messages=HI,
            response_format=ResponseFormat(type="json_object"),
            tool_choice=ToolChoice(function=FunctionName(name="f")),
            prediction=Prediction(content="x"),
            guardrails=[GuardrailConfig(moderation_llm_v1=ModerationLLMV1Config(action="none"))],
        )
    )
    mappings = await body(
        lambda client: chat_complete(
            client,
            model="m",
            messages=[{"role": "user", "content": "hi"}],
            response_format={"type": "json_object"},
            tool_choice={"type": "function", "function": {"name": "f"}},
            prediction={"type": "content", "content": "x"},
            guardrails=[{"moderation_llm_v1": {"action": "none"}}],
        )
    )
    assert objects == mappings


async def test_options_are_handed_on() -> None:
    """To another server, with a header more."""
    options = RequestOptions(headers={"x-team": "search"}, server_url="https://example.com/m")
    request = await sent(
        lambda client: chat_complete(client, model="m", messages=HI, options=options)
    )
    assert request.url == "https://example.com/m/v1/chat/completions"
    assert request.headers["x-team"] == "search"


async def test_secrets_of_connectors_are_sent_and_not_shown() -> None:
    """Neither by themselves, nor in what they stand in, nor as a mapping."""
    secrets: list[OAuth2TokenAuth | APIKeyAuth] = [
        OAuth2TokenAuth(value="geheim"),
        APIKeyAuth(value="geheim"),
    ]
    mapping = {"type": "api-key", "value": "geheim"}
    connectors = [CustomConnector(connector_id="c", authorization=each) for each in secrets]
    connectors.append(CustomConnector(connector_id="c", authorization=mapping))
    assert "geheim" not in f"{secrets!r} {connectors!r} {connectors[0]}"
    told = await body(
        lambda client: chat_complete(client, model="m", messages=HI, tools=connectors)
    )
    assert told.count('"geheim"') == 3


@pytest.mark.parametrize("value", [float("nan"), object(), {1, 2}])
async def test_what_json_cannot_hold_is_refused_before_it_is_sent(value: Any) -> None:
    """With an error, and no exception."""
    transport = ScriptedTransport()
    client = MistralCore("the-key", transport=transport)
    result = await chat_complete(client, model="m", messages=HI, metadata={"a": value})
    assert isinstance(result, Err)
    assert isinstance(result.error, InvalidRequestError)
    assert transport.requests == []
