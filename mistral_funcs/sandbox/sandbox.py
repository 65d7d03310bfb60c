"""The sandbox: a transport for clients in the same process, and a server on loopback HTTP."""

from collections import deque
from collections.abc import AsyncGenerator, Callable, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from typing import Any, final
from urllib.parse import parse_qs

import attrs

from mistral_core import Operation, Request, Response, operation_of
from mistral_core.http.headers import Headers
from mistral_core.testing import json_response
from mistral_funcs.sandbox.error_responses import RefusalError
from mistral_funcs.sandbox.event_streams import Fault, break_off, fault_body
from mistral_funcs.sandbox.job_clock import advance_all, clock
from mistral_funcs.sandbox.request_bodies import read_body, recorded
from mistral_funcs.sandbox.routing import Incoming, Route, match, split_target
from mistral_funcs.sandbox.state import Progress, State

MOST_RECORDED = 1000
"""Maximum number of recorded requests."""


@attrs.define
class _Planned:
    fault: Fault
    times: int
    on: Operation[Any] | None
    after: int | None

    def is_for(self, route: Route) -> bool:
        """Return whether the fault applies. `_complete` and `_stream` share an endpoint."""
        on = self.on
        matches = on is None or (on.method, on.path) == (route.method, route.template)
        return self.times > 0 and matches


@final
class Sandbox:
    """A stateful fake of the Mistral API.

    Pass it to a client as its transport, `MistralCore(transport=Sandbox())`, or serve it over
    HTTP, `async with sandbox.serve() as url`. Both share one state.

    Attributes:
        api_key: The only accepted API key.
        state: The state, for tests to set and read.
        requests: The last 1,000 requests, newest last, without bodies of more than 1 MiB.
            Uploaded content is in `state.files`.
    """

    def __init__(self, *, api_key: str = "sandbox-key", progress: Progress = "looks") -> None:
        """Create a sandbox with a few models and voices.

        Args:
            api_key: The only accepted API key.
            progress: What makes jobs progress. With `"looks"`, a job takes a step after each
                response that reports it (a GET on the job, or a list that contains it), so a
                client that waits for a job sees it end. With `"manual"`, jobs progress only when
                you call `advance`.
        """
        self.api_key = api_key
        self.state = State(progress=progress)
        self.requests: deque[Request] = deque(maxlen=MOST_RECORDED)
        self._received = 0
        self._planned: list[_Planned] = []

    def fail(
        self,
        fault: Fault,
        *,
        times: int = 1,
        on: Operation[Any] | Callable[..., object] | None = None,
        after: int | None = None,
    ) -> None:
        """Make the next requests fail.

        Args:
            fault: A status, for an error in the API's usual shape; a complete `Response`; or an
                `APIConnectionError` or `RequestTimeoutError`, for no response at all.
            times: Number of requests that fail.
            on: The operation whose requests fail, such as `models_list`. Defaults to any.
            after: Number of events of a stream that are sent before it fails, not counting the
                first message of a WebSocket. A status is then reported in an event, and the body
                of a `Response` ends the stream.
        """
        waiting = [each for each in self._planned if each.times > 0]
        operation = on if on is None or isinstance(on, Operation) else operation_of(on)
        self._planned = [*waiting, _Planned(fault, times, operation, after)]

    def advance(self, times: int = 1) -> None:
        """Advance each job, document, index and execution by one step or more, requested or not.

        A fine-tuning job goes from QUEUED through VALIDATING, VALIDATED, RUNNING and three
        checkpoints to SUCCESS, which creates a model. In VALIDATED it waits for a start, unless it
        has `auto_start`. A batch job goes from QUEUED through RUNNING to SUCCESS, and processes
        its requests on the way. A document goes from todo through in_progress to done, and a search
        index from provisioning to ready. An execution of a workflow goes from RUNNING to COMPLETED,
        after requesting authorization for each of its connectors. To see each step in a
        test, create the sandbox with `progress="manual"`.
        """
        for _ in range(times):
            advance_all(self.state)

    async def send(self, request: Request) -> Response:
        """Respond to a request of a client in the same process.

        Raises:
            APIConnectionError: `fail` planned it.
            RequestTimeoutError: `fail` planned it.
        """
        self._received += 1
        number = {"mistral-correlation-id": f"sandbox-{self._received}"}
        try:
            body = await read_body(request)
            self.requests.append(recorded(request, body))
            return self._respond(request, body, number)
        except RefusalError as refusal:
            return json_response(refusal.body, refusal.status, number)

    async def aclose(self) -> None:
        """Do nothing: other clients may still use the sandbox."""

    @asynccontextmanager
    async def serve(
        self, host: str = "127.0.0.1", port: int = 0, *, advance_every: float | None = None
    ) -> AsyncGenerator[str, None]:
        """Serve over HTTP while the context lasts, and yield the URL.

        Args:
            host: The address to listen on.
            port: The port. 0 picks a free one.
            advance_every: Seconds between two calls of `advance`. For jobs that follow this clock
                alone, create the sandbox with `progress="manual"`.
        """
        from mistral_funcs.sandbox.http_server import serve  # noqa: PLC0415

        async with AsyncExitStack() as stack:
            if advance_every is not None:
                await stack.enter_async_context(clock(advance_every, self.advance))
            yield await stack.enter_async_context(serve(self, host, port))

    def _respond(
        self, request: Request, body: bytes | bytearray, headers: Mapping[str, str]
    ) -> Response:
        if not self._is_authorized(request):
            raise RefusalError(401, {"detail": "Unauthorized"})
        target, query_text = split_target(request.url)
        from mistral_funcs.sandbox.dispatch import respond  # noqa: PLC0415 - loads the converter

        if request.websocket:
            from mistral_funcs.sandbox.websockets import match_websocket  # noqa: PLC0415 - rare

            route = match_websocket(target)
            path = dict[str, str]()
        else:
            route, path = match(request.method, target)
        planned = next((each for each in self._planned if each.is_for(route)), None)
        if planned is not None:
            planned.times -= 1
            if planned.after is None:
                return _fail(planned.fault, headers)
        query = parse_qs(query_text, keep_blank_values=True)
        last = {name: values[-1] for name, values in query.items()}
        if request.websocket:
            from mistral_funcs.sandbox.websockets import open_websocket  # noqa: PLC0415 - rare

            fault = None if planned is None else (planned.fault, planned.after or 0)
            return open_websocket(self.state, route, last, headers, fault)
        content_type = request.headers.get("content-type", "")
        incoming = Incoming(path, last, body, query, content_type, request.headers)
        response = respond(self.state, route, incoming)
        stream = response.stream
        if planned is not None and stream is None:
            return _fail(planned.fault, headers)
        response = attrs.evolve(response, headers=Headers({**response.headers, **headers}.items()))
        if planned is None or stream is None:
            return response
        broken = break_off(stream, planned.after or 0, planned.fault, route.template)
        return attrs.evolve(response, stream=broken)

    def _is_authorized(self, request: Request) -> bool:
        sent = request.authorization
        return sent is not None and sent.reveal() == f"Bearer {self.api_key}"


def _fail(fault: Fault, headers: Mapping[str, str]) -> Response:
    if isinstance(fault, Response):
        return fault
    if isinstance(fault, int):
        return json_response(fault_body(fault), fault, headers)
    raise fault
