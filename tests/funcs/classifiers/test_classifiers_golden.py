"""What the four functions of the classifiers send, to the byte."""

import pytest

from mistral_funcs import (
    classifiers_classify,
    classifiers_classify_chat,
    classifiers_moderate,
    classifiers_moderate_chat,
)
from mistral_funcs.schemas import (
    AssistantMessage,
    ChatCompletionRequestMessage,
    InstructRequest,
    UserMessage,
)
from tests.funcs.wire import CallIt, sent

HI = [UserMessage(content="hi")]
HI_JSON = '[{"role":"user","content":"hi"}]'
ANSWERED: list[ChatCompletionRequestMessage] = [*HI, AssistantMessage(content="ü")]
CHATS: list[list[ChatCompletionRequestMessage]] = [[*HI], ANSWERED]
ANSWERED_JSON = '[{"role":"user","content":"hi"},{"role":"assistant","content":"ü"}]'

GOLDEN: dict[str, tuple[CallIt[object], str, str]] = {
    "moderate": (
        lambda client: classifiers_moderate(client, model="m", input="a"),
        "/v1/moderations",
        '{"model":"m","input":"a"}',
    ),
    "moderate, several": (
        lambda client: classifiers_moderate(client, model="m", input=["a", ""], metadata={"k": 1}),
        "/v1/moderations",
        '{"model":"m","input":["a",""],"metadata":{"k":1}}',
    ),
    "moderate, null": (
        lambda client: classifiers_moderate(client, model="m", input=(), metadata=None),
        "/v1/moderations",
        '{"model":"m","input":[],"metadata":null}',
    ),
    "moderate_chat": (
        lambda client: classifiers_moderate_chat(client, model="m", input=HI),
        "/v1/chat/moderations",
        f'{{"model":"m","input":{HI_JSON}}}',
    ),
    "moderate_chat, a mapping": (
        lambda client: classifiers_moderate_chat(
            client, model="m", input=[{"role": "user", "content": "hi"}]
        ),
        "/v1/chat/moderations",
        f'{{"model":"m","input":{HI_JSON}}}',
    ),
    "moderate_chat, several": (
        lambda client: classifiers_moderate_chat(client, model="m", input=CHATS),
        "/v1/chat/moderations",
        f'{{"model":"m","input":[{HI_JSON},{ANSWERED_JSON}]}}',
    ),
    "classify": (
        lambda client: classifiers_classify(client, model="m", input="a"),
        "/v1/classifications",
        '{"model":"m","input":"a"}',
    ),
    "classify, several": (
        lambda client: classifiers_classify(client, model="m", input=["a", "b"], metadata={}),
        "/v1/classifications",
        '{"model":"m","input":["a","b"],"metadata":{}}',
    ),
    "classify, null": (
        lambda client: classifiers_classify(client, model="m", input="a", metadata=None),
        "/v1/classifications",
        '{"model":"m","input":"a","metadata":null}',
    ),
    "classify_chat": (
        lambda client: classifiers_classify_chat(
            client, model="m", input=InstructRequest(messages=HI)
        ),
        "/v1/chat/classifications",
        f'{{"model":"m","input":{{"messages":{HI_JSON}}}}}',
    ),
    "classify_chat, a mapping": (
        lambda client: classifiers_classify_chat(client, model="m", input={"messages": HI}),
        "/v1/chat/classifications",
        f'{{"model":"m","input":{{"messages":{HI_JSON}}}}}',
    ),
    "classify_chat, several": (
        lambda client: classifiers_classify_chat(
            client, model="m", input=[InstructRequest(messages=ANSWERED), {"messages": []}]
        ),
        "/v1/chat/classifications",
        f'{{"model":"m","input":[{{"messages":{ANSWERED_JSON}}},{{"messages":[]}}]}}',
    ),
}
"""A call, and the path and the body that it sends."""


@pytest.mark.parametrize("name", GOLDEN)
async def test_request_is_exactly_this(name: str) -> None:
    """A POST of JSON; objects and mappings give the same."""
    call, path, expected = GOLDEN[name]
    request = await sent(call)
    assert (request.method, request.url) == ("POST", f"https://api.mistral.ai{path}")
    assert request.body == expected.encode()
