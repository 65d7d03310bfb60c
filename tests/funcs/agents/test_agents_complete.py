"""What `agents_complete` makes of a response."""

from mistral_funcs import agents_complete
from mistral_funcs.schemas import (
    AssistantMessage,
    ChatCompletionChoice,
    UserMessage,
)
from tests.funcs.wire import read

HI = [UserMessage(content="hi")]


async def test_answer_is_that_of_a_chat() -> None:
    """With its text at hand."""
    value = {"id": "a", "choices": [{"message": {"content": "Hello."}, "finish_reason": "stop"}]}
    result = await read(lambda client: agents_complete(client, agent_id="ag:1", messages=HI), value)
    response = result.unwrap()
    assert response.text == "Hello."
    assert response.choices == [
        ChatCompletionChoice(message=AssistantMessage(content="Hello."), finish_reason="stop")
    ]
