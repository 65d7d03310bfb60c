"""How tokens are chosen and reported: what the completions of chats and agents send for it."""

from typing import Any

import pytest

from mistral_core import UNSET
from mistral_funcs import agents_complete, agents_stream, chat_complete, chat_stream
from tests.funcs.wire import body

HI = [{"role": "user", "content": "hi"}]

FUNCTIONS: dict[str, tuple[Any, str]] = {
    "chat_complete": (chat_complete, '"model":"m"'),
    "chat_stream": (chat_stream, '"stream":true,"model":"m"'),
    "agents_complete": (agents_complete, '"agent_id":"ag:1"'),
    "agents_stream": (agents_stream, '"stream":true,"agent_id":"ag:1"'),
}
"""The functions, with the beginnings of their bodies."""

ARGUMENTS: dict[str, tuple[dict[str, Any], str]] = {
    "all": (
        {
            "min_tokens": 5,
            "repetition_penalty": 1.1,
            "top_k": 40,
            "logprobs": True,
            "top_logprobs": 3,
            "prompt_logprobs": True,
            "top_prompt_logprobs": 2,
        },
        (
            '"min_tokens":5,"repetition_penalty":1.1,"top_k":40,"logprobs":true,"top_logprobs":3,'
            '"prompt_logprobs":true,"top_prompt_logprobs":2'
        ),
    ),
    "zero and false": (
        {"min_tokens": 0, "repetition_penalty": 0, "logprobs": False, "top_logprobs": 0},
        '"min_tokens":0,"repetition_penalty":0,"logprobs":false,"top_logprobs":0',
    ),
    "between their neighbours": (
        {"n": 2, "top_k": 1, "frequency_penalty": 1},
        '"frequency_penalty":1,"top_k":1,"n":2',
    ),
    **{
        f"{name}, null": ({name: None}, f'"{name}":null')
        for name in (
            "min_tokens",
            "repetition_penalty",
            "top_k",
            "logprobs",
            "top_logprobs",
            "prompt_logprobs",
            "top_prompt_logprobs",
        )
    },
}
"""Arguments, and what they are in the body."""


@pytest.mark.parametrize("name", ARGUMENTS)
@pytest.mark.parametrize("function", FUNCTIONS)
async def test_argument_is_in_the_body(function: str, name: str) -> None:
    """Under its name; `None` is `null`."""
    call, begins = FUNCTIONS[function]
    required: dict[str, str] = {"model": "m"} if "model" in begins else {"agent_id": "ag:1"}
    arguments, expected = ARGUMENTS[name]
    told = await body(lambda client: call(client, messages=HI, **required, **arguments))
    assert told == f'{{{begins},"messages":[{{"role":"user","content":"hi"}}],{expected}}}'


@pytest.mark.parametrize("function", FUNCTIONS)
async def test_what_is_unset_is_left_out(function: str) -> None:
    """As if it had not been given."""
    call, begins = FUNCTIONS[function]
    required: dict[str, str] = {"model": "m"} if "model" in begins else {"agent_id": "ag:1"}
    unset = dict.fromkeys(ARGUMENTS["all"][0], UNSET)
    told = await body(lambda client: call(client, messages=HI, **required, **unset))
    assert told == f'{{{begins},"messages":[{{"role":"user","content":"hi"}}]}}'
