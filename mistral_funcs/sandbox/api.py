"""The sandbox itself: requests in, answers out, over loopback HTTP or without a socket."""

from collections.abc import Mapping
from contextlib import AbstractAsyncContextManager
from typing import Any, final
from urllib.parse import parse_qs, urlsplit

import attrs

from mistral_core import Operation, Request, Response
from mistral_core.converter import converter
from mistral_core.testing import json_response
from mistral_core.wire import Headers
from mistral_funcs.sandbox import (
    audio_speech,
    audio_transcriptions,
    audio_voices,
    batch_jobs,
    batch_progress,
    chat,
    classifiers,
    embeddings,
    files,
    fine_tuning_jobs,
    job_progress,
    models,
    ocr,
)
from mistral_funcs.sandbox.routing import Incoming, RefusalError, Routes
from mistral_funcs.sandbox.state import State
from mistral_funcs.sandbox.streaming import Fault, break_off, fault_body

ROUTES: Routes[State] = Routes(
    models.ROUTES,
    files.ROUTES,
    fine_tuning_jobs.ROUTES,
    chat.ROUTES,
    embeddings.ROUTES,
    classifiers.ROUTES,
    batch_jobs.ROUTES,
    ocr.ROUTES,
    audio_speech.ROUTES,
    audio_transcriptions.ROUTES,
    audio_voices.ROUTES,
)


@attrs.define
class _Planned:
    fault: Fault
    times: int
    on: Operation[Any] | None
    after: int | None

    def is_for(self, operation: Operation[Any]) -> bool:
        """Tell whether the next request is to fail; `_complete` and `_stream` are one endpoint."""
        on = self.on or operation
        return self.times > 0 and (on.method, on.path) == (operation.method, operation.path)


@final
class Sandbox:
    """Answer like the Mistral API, out of a state of its own.

    It is a transport, for a client without a socket: `MistralCore(transport=Sandbox())`. It is a
    server, for a client over real HTTP: `async with sandbox.serve() as url`. Both see one state.

    Attributes:
        api_key: The only key that it lets in.
        state: What it knows; a test may set and read it.
        requests: The requests that it received, in their order.
    """

    def __init__(self, *, api_key: str = "sandbox-key") -> None:
        """Begin with a few models, base and fine-tuned."""
        self.api_key = api_key
        self.state = State(models=models.first_models(), voices=audio_voices.first_voices())
        self.requests: list[Request] = []
        self._planned: list[_Planned] = []

    def fail(
        self,
        fault: Fault,
        *,
        times: int = 1,
        on: Operation[Any] | None = None,
        after: int | None = None,
    ) -> None:
        """Let the next requests fail.

        Args:
            fault: A status, for an error in the API's usual shape; a whole `Response`; or an
                `APIConnectionError` or `RequestTimeoutError`, for no answer at all.
            times: How many requests fail.
            on: The operation whose requests fail, such as `mistral_funcs.models.list.OPERATION`;
                by default any.
            after: Where the answer is a stream, how many of its events come first. A status then
                is an error in an event, and of a `Response` the body is the rest of the stream.
        """
        self._planned.append(_Planned(fault, times, on, after))

    def advance(self, times: int = 1) -> None:
        """Let each job take so many steps; nothing else lets it go on.

        A fine-tuning job goes from QUEUED over VALIDATING, VALIDATED, RUNNING and three
        checkpoints to SUCCESS, which makes a model. In VALIDATED it waits for a start, unless it
        has `auto_start`. A batch job goes from QUEUED over RUNNING to SUCCESS, and answers its
        requests on the way.
        """
        for _ in range(times):
            job_progress.advance(self.state)
            batch_progress.advance(self.state)

    async def send(self, request: Request) -> Response:
        """Answer a request of a client in the same process.

        Raises:
            APIConnectionError: As `fail` planned it.
            RequestTimeoutError: As `fail` planned it.
        """
        self.requests.append(request)
        number = {"mistral-correlation-id": f"sandbox-{len(self.requests)}"}
        body = request.body or b""
        if not isinstance(body, bytes):
            body = b"".join([chunk async for chunk in body])
        try:
            return self._answer(request, body, number)
        except RefusalError as refusal:
            return json_response(refusal.body, refusal.status, number)

    async def aclose(self) -> None:
        """Do nothing: other clients may use the sandbox still."""

    def serve(self, host: str = "127.0.0.1", port: int = 0) -> AbstractAsyncContextManager[str]:
        """Serve over HTTP while the context lasts, which yields the URL; port 0 is a free one."""
        from mistral_funcs.sandbox.serving import serve  # noqa: PLC0415

        return serve(self, host, port)

    def _answer(self, request: Request, body: bytes, headers: Mapping[str, str]) -> Response:
        target = urlsplit(request.url)
        if not self._lets_in(request):
            raise RefusalError(401, {"detail": "Unauthorized"})
        operation, handler, path = ROUTES.match(request.method, target.path)
        planned = next((each for each in self._planned if each.is_for(operation)), None)
        if planned is not None:
            planned.times -= 1
            if planned.after is None:
                return _fail(planned.fault, headers)
        query = parse_qs(target.query, keep_blank_values=True)
        last = {name: values[-1] for name, values in query.items()}
        content_type = request.headers.get("content-type", "")
        answer = handler(self.state, Incoming(path, last, body, query, content_type))
        stream = answer.stream if isinstance(answer, Response) else None
        if planned is not None and stream is None:
            return _fail(planned.fault, headers)
        if not isinstance(answer, Response):
            return json_response(converter.unstructure(answer), headers=headers)
        response = attrs.evolve(answer, headers=Headers({**answer.headers, **headers}.items()))
        if planned is None or stream is None:
            return response
        return attrs.evolve(response, stream=break_off(stream, planned.after or 0, planned.fault))

    def _lets_in(self, request: Request) -> bool:
        sent = request.authorization
        return sent is not None and sent.reveal() == f"Bearer {self.api_key}"


def _fail(fault: Fault, headers: Mapping[str, str]) -> Response:
    if isinstance(fault, Response):
        return fault
    if isinstance(fault, int):
        return json_response(fault_body(fault), fault, headers)
    raise fault
