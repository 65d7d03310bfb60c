"""Helpers for tests of batches, and transports that lose responses."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from mistral_core import (
    APIConnectionError,
    Failure,
    MistralCore,
    Ok,
    Operation,
    Request,
    Response,
    Result,
    RetryConfig,
)
from mistral_funcs import BatchOutcome, run_batch
from mistral_funcs.sandbox import Sandbox
from mistral_funcs.schemas import ChatCompletionResponse

CHAT = "/v1/chat/completions"


@asynccontextmanager
async def advancing() -> AsyncGenerator[Sandbox, None]:
    """Yield a sandbox whose jobs progress by themselves."""
    sandbox = Sandbox()

    async def go_on() -> None:
        while True:
            sandbox.advance()
            await asyncio.sleep(0.005)

    task = asyncio.create_task(go_on())
    yield sandbox
    task.cancel()


def ask(text: str, custom_id: str | None = None) -> dict[str, Any]:
    """Return a request as a mapping."""
    body = {"messages": [{"role": "user", "content": text}]}
    return {"body": body} if custom_id is None else {"custom_id": custom_id, "body": body}


class Lossy:
    """A transport to a sandbox that loses responses of an operation after its execution."""

    def __init__(self, sandbox: Sandbox, operation: Operation[Any], times: int) -> None:
        """Take the operation and the number of responses to lose."""
        self.api_key = sandbox.api_key
        self._sandbox, self._operation, self._left = sandbox, operation, times

    async def send(self, request: Request) -> Response:
        """Send a request, and lose its response if it is due."""
        response = await self._sandbox.send(request)
        endpoint = request.method, request.path_template
        if self._left and endpoint == (self._operation.method, self._operation.path):
            self._left -= 1
            raise APIConnectionError("the response was lost")
        return response

    async def aclose(self) -> None:
        """Do nothing."""


class Dying(Lossy):
    """A transport that hangs instead of losing a response."""

    async def send(self, request: Request) -> Response:
        """Send a request, and hang if its response is due to be lost."""
        try:
            return await super().send(request)
        except APIConnectionError:
            return await asyncio.Future[Response]()


Items = list[Result[BatchOutcome[ChatCompletionResponse], Failure]]


async def run(transport: Any, requests: Any, folder: Path, **options: Any) -> Items:
    """Run a batch to its end, and return the items."""
    client = MistralCore(transport=transport, retry_config=RetryConfig(strategy="none"))
    settings: dict[str, Any] = {
        "model": "open-mistral-7b",
        "interval": 0.01,
        "max_inline": 0,
        **options,
    }
    batch = run_batch(
        client, requests, folder=folder, endpoint=CHAT, schema=ChatCompletionResponse, **settings
    )
    return [item async for item in batch]


def texts(items: Items) -> dict[str, str]:
    """Return the text of each response by ID, or the class of its error."""
    outcomes = [item.unwrap() for item in items]
    assert len({outcome.custom_id for outcome in outcomes}) == len(outcomes)
    return {
        outcome.custom_id: outcome.result.value.text
        if isinstance(outcome.result, Ok)
        else type(outcome.result.error).__name__
        for outcome in outcomes
    }
