"""What `agents_complete` sends, and what it makes of an answer."""

import pytest

from mistral_core import UNSET
from mistral_funcs import agents_complete
from mistral_funcs.schemas import (
    AssistantMessage,
    ChatCompletionChoice,
    Function,
    GuardrailConfig,
    Prediction,
    ResponseFormat,
    SystemMessage,
    Tool,
    UserMessage,
)
from tests.funcs.wire import CallIt, body, read, sent

HI = [UserMessage(content="hi")]
REQUIRED = '"agent_id":"ag:1","messages":[{"role":"user","content":"hi"}]'


async def test_request_is_a_post_of_json() -> None:
    """To the path of agents, with the id in the body."""
    request = await sent(lambda client: agents_complete(client, agent_id="ag:1", messages=HI))
    assert (request.method, request.url) == ("POST", "https://api.mistral.ai/v1/agents/completions")
    assert request.headers["accept"] == "application/json"
    assert request.body == f"{{{REQUIRED}}}".encode()


async def test_every_argument_is_sent() -> None:
    """Under its name, in the order of the signature."""
    told = await body(
        lambda client: agents_complete(
            client,
            agent_id="ag:1",
            messages=[SystemMessage(content="Be kind."), {"role": "user", "content": "hi"}],
            max_tokens=5,
            stop=["a"],
            random_seed=7,
            metadata={"k": "v"},
            response_format=ResponseFormat(type="text"),
            tools=[Tool(function=Function(name="f", parameters={}))],
            tool_choice="none",
            presence_penalty=1,
            frequency_penalty=-1.5,
            n=2,
            prediction=Prediction(content="x"),
            parallel_tool_calls=True,
            reasoning_effort="none",
            prompt_mode="reasoning",
            guardrails=[GuardrailConfig(block_on_error=False)],
            prompt_cache_key="k",
            service_tier="auto",
        )
    )
    assert told == (
        '{"agent_id":"ag:1",'
        '"messages":[{"role":"system","content":"Be kind."},{"role":"user","content":"hi"}],'
        '"max_tokens":5,"stop":["a"],"random_seed":7,"metadata":{"k":"v"},'
        '"response_format":{"type":"text"},'
        '"tools":[{"type":"function","function":{"name":"f","parameters":{}}}],'
        '"tool_choice":"none","presence_penalty":1,"frequency_penalty":-1.5,"n":2,'
        '"prediction":{"type":"content","content":"x"},"parallel_tool_calls":true,'
        '"reasoning_effort":"none","prompt_mode":"reasoning",'
        '"guardrails":[{"block_on_error":false}],"prompt_cache_key":"k","service_tier":"auto"}'
    )


NULLS: dict[str, CallIt[object]] = {
    "max_tokens": lambda client: agents_complete(
        client, agent_id="ag:1", messages=HI, max_tokens=None
    ),
    "stop": lambda client: agents_complete(client, agent_id="ag:1", messages=HI, stop=None),
    "random_seed": lambda client: agents_complete(
        client, agent_id="ag:1", messages=HI, random_seed=None
    ),
    "metadata": lambda client: agents_complete(client, agent_id="ag:1", messages=HI, metadata=None),
    "tools": lambda client: agents_complete(client, agent_id="ag:1", messages=HI, tools=None),
    "presence_penalty": lambda client: agents_complete(
        client, agent_id="ag:1", messages=HI, presence_penalty=None
    ),
    "frequency_penalty": lambda client: agents_complete(
        client, agent_id="ag:1", messages=HI, frequency_penalty=None
    ),
    "n": lambda client: agents_complete(client, agent_id="ag:1", messages=HI, n=None),
    "reasoning_effort": lambda client: agents_complete(
        client, agent_id="ag:1", messages=HI, reasoning_effort=None
    ),
    "prompt_mode": lambda client: agents_complete(
        client, agent_id="ag:1", messages=HI, prompt_mode=None
    ),
    "guardrails": lambda client: agents_complete(
        client, agent_id="ag:1", messages=HI, guardrails=None
    ),
    "prompt_cache_key": lambda client: agents_complete(
        client, agent_id="ag:1", messages=HI, prompt_cache_key=None
    ),
    "service_tier": lambda client: agents_complete(
        client, agent_id="ag:1", messages=HI, service_tier=None
    ),
}
"""A call with one argument that may be `null`, and is."""


@pytest.mark.parametrize("name", NULLS)
async def test_null_is_sent_where_it_may_be(name: str) -> None:
    """It says something else than leaving out."""
    assert await body(NULLS[name]) == f'{{{REQUIRED},"{name}":null}}'


async def test_what_may_not_be_null_is_left_out() -> None:
    """So is what is `UNSET`."""
    told = await body(
        lambda client: agents_complete(
            client,
            agent_id="ag:1",
            messages=HI,
            max_tokens=UNSET,
            response_format=None,
            tool_choice=None,
            prediction=None,
            parallel_tool_calls=None,
        )
    )
    assert told == f"{{{REQUIRED}}}"


async def test_answer_is_that_of_a_chat() -> None:
    """With its text at hand."""
    value = {"id": "a", "choices": [{"message": {"content": "Hello."}, "finish_reason": "stop"}]}
    result = await read(lambda client: agents_complete(client, agent_id="ag:1", messages=HI), value)
    response = result.unwrap()
    assert response.text == "Hello."
    assert response.choices == [
        ChatCompletionChoice(message=AssistantMessage(content="Hello."), finish_reason="stop")
    ]
