"""FastAPI and Litestar services that accept, return, stream and document schema objects."""

import json
from collections.abc import AsyncIterable, AsyncIterator, Callable, Iterator, Sequence
from contextlib import AbstractContextManager
from typing import Annotated, Any, TypeAlias

import pytest
from fastapi import Body, FastAPI
from fastapi.testclient import TestClient
from jsonschema import Draft202012Validator
from litestar import Litestar, MediaType, Response, get, post
from litestar.enums import RequestEncodingType
from litestar.openapi import ResponseSpec
from litestar.params import Body as LitestarBody, JSONBody
from litestar.response import Stream
from litestar.testing import TestClient as LitestarTestClient
from pydantic import Field

from mistral_core import MistralCore, Ok, Unknown, from_json, to_dict, to_json
from mistral_funcs import chat_complete, chat_stream
from mistral_funcs.litestar_plugin import MistralPlugin
from mistral_funcs.sandbox import Sandbox
from mistral_funcs.schemas import (
    AssistantMessage,
    BaseModelCard,
    ChatCompletionRequestMessage,
    ChatCompletionResponse,
    CompletionChunk,
    ConversationResponse,
    ModelCard,
    SystemMessage,
    ToolMessage,
    UserMessage,
)

Message: TypeAlias = SystemMessage | UserMessage | AssistantMessage | ToolMessage
Question: TypeAlias = Annotated[UserMessage, Body()]

CHUNKS = ResponseSpec(CompletionChunk, generate_examples=False, media_type="application/jsonl")
CARDS: list[ModelCard] = [BaseModelCard(id="m"), Unknown({"type": "new", "id": "n", "x": None})]
client = MistralCore(transport=Sandbox())


async def complete(messages: Sequence[ChatCompletionRequestMessage]) -> ChatCompletionResponse:
    """Complete a chat."""
    return (await chat_complete(client, model="mistral-large-latest", messages=messages)).unwrap()


async def chunks(question: UserMessage) -> AsyncIterator[CompletionChunk]:
    """Yield the chunks of a completion."""
    messages = [question]
    opened = await chat_stream(client, model="mistral-large-latest", messages=messages)
    async with opened.unwrap() as events:
        async for event in events:
            yield event.unwrap()


fastapi_app = FastAPI()


@fastapi_app.post("/chat")
async def fastapi_chat(
    messages: list[Annotated[Message, Field(discriminator="role")]],
) -> ChatCompletionResponse:
    """Complete a chat."""
    return await complete(messages)


@fastapi_app.post("/ask")
async def fastapi_ask(question: Question) -> ChatCompletionResponse:
    """Answer a question."""
    return await complete([question])


@fastapi_app.post("/stream")
async def fastapi_stream(question: Question) -> AsyncIterable[CompletionChunk]:
    """Stream an answer as JSON lines."""
    async for chunk in chunks(question):
        yield chunk


@fastapi_app.get("/models")
async def fastapi_models() -> list[ModelCard]:
    """List models."""
    return CARDS


@fastapi_app.post("/same")
async def fastapi_same(
    conversation: Annotated[ConversationResponse, Body()],
) -> ConversationResponse:
    """Return the parameter."""
    return conversation


@post("/chat", status_code=200)
async def litestar_chat(data: JSONBody[list[Message]]) -> ChatCompletionResponse:
    """Complete a chat."""
    return await complete(data)


@post("/ask", status_code=200)
async def litestar_ask(data: JSONBody[UserMessage]) -> ChatCompletionResponse:
    """Answer a question."""
    return await complete([data])


@post(
    "/stream",
    status_code=200,
    media_type="application/jsonl",
    responses={200: CHUNKS},
)
async def litestar_stream(data: JSONBody[UserMessage]) -> Stream:
    """Stream an answer as JSON lines."""

    async def lines() -> AsyncIterator[str]:
        async for chunk in chunks(data):
            yield f"{to_json(chunk)}\n"

    return Stream(lines())


@get("/models")
async def litestar_models() -> list[ModelCard]:
    """List models."""
    return CARDS


@post("/same", media_type=MediaType.JSON)
async def litestar_same(data: JSONBody[ConversationResponse]) -> Response[ConversationResponse]:
    """Return the parameter."""
    return Response(data, status_code=200)


@post("/form", status_code=200)
async def litestar_form(
    data: Annotated[UserMessage, LitestarBody(media_type=RequestEncodingType.URL_ENCODED)],
) -> UserMessage:
    """Return the fields of a form."""
    return data


litestar_app = Litestar(
    [litestar_form, litestar_chat, litestar_ask, litestar_stream, litestar_models, litestar_same],
    plugins=[MistralPlugin()],
    logging_config=None,  # It would change that of all tests, and start a thread.
)

SERVICES: dict[str, tuple[Callable[[], AbstractContextManager[Any]], str]] = {
    "FastAPI": (lambda: TestClient(fastapi_app), "/openapi.json"),
    "Litestar": (lambda: LitestarTestClient(litestar_app), "/schema/openapi.json"),
}


@pytest.fixture(params=SERVICES)
def name(request: pytest.FixtureRequest) -> str:
    """Return the name of a framework."""
    chosen: str = request.param
    return chosen


@pytest.fixture
def service(name: str) -> Iterator[Any]:
    """Return the client of a service."""
    with SERVICES[name][0]() as http:
        yield http


@pytest.fixture
def document(name: str, service: Any) -> dict[str, Any]:
    """Return the OpenAPI document of a service."""
    content: dict[str, Any] = service.get(SERVICES[name][1]).json()
    return content


def test_service_accepts_and_returns_schema_objects(service: Any) -> None:
    """As JSON of the API: an object, a list, and members of unions."""
    response = service.post("/ask", json={"role": "user", "content": "hello"})
    assert response.status_code == 200
    completion = from_json(ChatCompletionResponse, response.content).unwrap()
    assert completion.text == "You said: hello"
    messages = [
        {"role": "system", "content": "Be brief."},
        {"role": "user", "content": [{"type": "text", "text": "hello"}]},
    ]
    response = service.post("/chat", json=messages)
    assert from_json(ChatCompletionResponse, response.content).unwrap().text == "You said: hello"
    assert service.get("/models").json() == to_dict(CARDS)


def test_service_loses_nothing(service: Any) -> None:
    """Unknown fields and objects of unknown types are kept."""
    data = {
        "object": "conversation.response",
        "conversation_id": "c",
        "outputs": [{"type": "new", "x": None}],
        "usage": {"prompt_tokens": 0, "completion_tokens": 0, "total_tokens": 0},
        "y": [1, None],
    }
    assert service.post("/same", json=data).json() == data


def test_service_streams_schema_objects(service: Any) -> None:
    """One per line."""
    response = service.post("/stream", json={"role": "user", "content": "hello there"})
    assert response.headers["content-type"].startswith("application/jsonl")
    events = [from_json(CompletionChunk, line) for line in response.text.splitlines()]
    assert "".join(each.unwrap().text for each in events) == "You said: hello there"
    assert all(isinstance(each, Ok) for each in events)


def test_fastapi_refuses_invalid_values_with_their_paths() -> None:
    """With status 422, and the errors of each field."""
    with TestClient(fastapi_app) as http:
        response = http.post("/chat", json=[{"role": "user", "content": "a"}, {"role": "user"}])
        assert response.status_code == 422
        assert response.json()["detail"] == [
            {
                "type": "invalid_value",
                "loc": ["body", 1, "user", "content"],
                "msg": "Is missing",
                "input": {"role": "user"},
            }
        ]
        response = http.post("/ask", json={"role": "user", "content": 5})
        assert response.status_code == 422
        (error,) = response.json()["detail"]
        assert error["loc"] == ["body", "content"]
        response = http.post("/ask", content=b"{")
        assert response.status_code == 422


def test_litestar_refuses_invalid_values_with_their_paths() -> None:
    """With status 400, and the errors of each field."""
    with LitestarTestClient(litestar_app) as http:
        response = http.post("/chat", json=[{"role": "user"}, {"role": "new"}])
        assert response.status_code == 400
        assert response.json()["extra"] == [
            "`$[0].content` is missing",
            "`$[1]` has an unknown role: 'new'",
        ]
        assert http.post("/ask", content=b"{").status_code == 400
        assert http.post("/form", data={"role": "user"}).status_code == 400
        assert http.post("/form", data={"content": "x"}).json() == {"role": "user", "content": "x"}


def references(value: Any) -> Iterator[str]:
    """Yield the targets of all references in a document."""
    if value.__class__ is dict:
        for key, each in value.items():
            if key == "$ref":
                yield each
            elif key == "mapping":
                yield from each.values()
            else:
                yield from references(each)
    elif value.__class__ is list:
        for each in value:
            yield from references(each)


def test_document_is_valid(document: dict[str, Any]) -> None:
    """Components are JSON schemas named after their classes, and all references can be resolved."""
    components = document["components"]["schemas"]
    assert document["openapi"].startswith("3.1")
    for component in components.values():
        Draft202012Validator.check_schema(component)
    targets = set(references(document))
    assert targets <= {f"#/components/schemas/{each}" for each in components}
    names = {"ChatCompletionResponse", "CompletionChunk", "UserMessage", "TextChunk", "ToolCall"}
    assert names <= components.keys()


def test_document_describes_requests_and_responses(document: dict[str, Any]) -> None:
    """By references. A union has its members and their discriminator."""

    def reference(cls: str) -> dict[str, str]:
        return {"$ref": f"#/components/schemas/{cls}"}

    paths = document["paths"]
    ask = paths["/ask"]["post"]
    assert ask["requestBody"]["content"]["application/json"]["schema"] == reference("UserMessage")
    returned = ask["responses"]["200"]["content"]["application/json"]["schema"]
    assert returned == reference("ChatCompletionResponse")
    messages = paths["/chat"]["post"]["requestBody"]["content"]["application/json"]["schema"]
    assert (
        messages["items"]["discriminator"]["mapping"]["tool"] == "#/components/schemas/ToolMessage"
    )
    (stream,) = paths["/stream"]["post"]["responses"]["200"]["content"].values()
    assert {*references(stream)} == {"#/components/schemas/CompletionChunk"}
    components = document["components"]["schemas"]
    assert components["UserMessage"]["required"] == ["content"]
    assert components["UserMessage"]["properties"]["role"]["const"] == "user"
    outputs = components["ConversationResponse"]["properties"]["outputs"]["items"]
    assert outputs["discriminator"]["propertyName"] == "type"
    assert outputs["anyOf"][-1]["title"] == "Unknown"


def test_document_matches_the_responses(document: dict[str, Any], service: Any) -> None:
    """Responses are valid against their schemas."""
    schemas = {"components": document["components"]}

    def check(path: str, method: str, value: object) -> None:
        content = document["paths"][path][method]["responses"]["200"]["content"]
        schema = content["application/json"]["schema"]
        validator: Any = Draft202012Validator({**schema, **schemas})
        validator.validate(value)

    question = {"role": "user", "content": "hello"}
    check("/ask", "post", service.post("/ask", json=question).json())
    check("/models", "get", service.get("/models").json())
    text = json.dumps(document)
    assert "additional_properties" not in text
    assert "UNSET" not in text
