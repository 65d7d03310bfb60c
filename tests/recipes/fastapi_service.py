"""A FastAPI service that streams a chat, and answers with the right status where it cannot."""

from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import asynccontextmanager

from fastapi import FastAPI, HTTPException, Request
from fastapi.responses import StreamingResponse

from mistral_core import Err, EventStream, MistralCore, Ok, SDKError
from mistral_funcs import chat_stream
from mistral_funcs.schemas import CompletionChunk


@asynccontextmanager
async def lifespan(app: FastAPI) -> AsyncGenerator[None, None]:
    """Open one client with the application, and close it with it."""
    async with MistralCore() as client:
        app.state.mistral = client
        yield


app = FastAPI(lifespan=lifespan)


@app.get("/ask")
async def ask(question: str, request: Request) -> StreamingResponse:
    """Stream the answer to a question."""
    client: MistralCore = request.app.state.mistral
    messages = [{"role": "user", "content": question}]
    match await chat_stream(client, model="mistral-large-latest", messages=messages):
        case Ok(stream):
            return StreamingResponse(text_of(stream), media_type="text/plain")
        case Err(error):
            busy = isinstance(error, SDKError) and error.status == 429
            raise HTTPException(503 if busy else 502, error.message)


async def text_of(stream: EventStream[CompletionChunk]) -> AsyncIterator[str]:
    """Give the text piece by piece; leaving the `async with` frees the connection to Mistral."""
    async with stream as events:
        async for event in events:
            match event:
                case Ok(chunk):
                    yield chunk.text
                case Err(error):
                    yield f"\n[{error.message}]"
