"""The sandbox itself: requests in, answers out, over loopback HTTP or without a socket."""

from collections.abc import Mapping
from contextlib import AbstractAsyncContextManager
from http import HTTPStatus
from typing import Any, TypeAlias, final
from urllib.parse import parse_qsl, urlsplit

import attrs

from mistral_core import (
    APIConnectionError,
    Operation,
    Request,
    RequestTimeoutError,
    Response,
)
from mistral_core.converter import converter
from mistral_core.testing import json_response
from mistral_funcs.sandbox import models
from mistral_funcs.sandbox.routing import Incoming, RefusalError
from mistral_funcs.sandbox.state import State, error_body

Fault: TypeAlias = int | Response | APIConnectionError | RequestTimeoutError
"""What may be sent in place of an answer: an error status, any response, or none at all."""

ROUTES = models.ROUTES


@attrs.define
class _Planned:
    fault: Fault
    times: int
    on: Operation[Any] | None


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
        self.state = State(models=models.first_models())
        self.requests: list[Request] = []
        self._planned: list[_Planned] = []

    def fail(self, fault: Fault, *, times: int = 1, on: Operation[Any] | None = None) -> None:
        """Let the next requests fail.

        Args:
            fault: A status, for an error in the API's usual shape; a whole `Response`; or an
                `APIConnectionError` or `RequestTimeoutError`, for no answer at all.
            times: How many requests fail.
            on: The operation whose requests fail, such as `mistral_funcs.models.list.OPERATION`;
                by default any.
        """
        self._planned.append(_Planned(fault, times, on))

    async def send(self, request: Request) -> Response:
        """Answer a request of a client in the same process.

        Raises:
            APIConnectionError: As `fail` planned it.
            RequestTimeoutError: As `fail` planned it.
        """
        self.requests.append(request)
        number = {"mistral-correlation-id": f"sandbox-{len(self.requests)}"}
        try:
            return self._answer(request, number)
        except RefusalError as refusal:
            return json_response(refusal.body, refusal.status, number)

    async def aclose(self) -> None:
        """Do nothing: other clients may use the sandbox still."""

    def serve(self, host: str = "127.0.0.1", port: int = 0) -> AbstractAsyncContextManager[str]:
        """Serve over HTTP while the context lasts, which yields the URL; port 0 is a free one."""
        from mistral_funcs.sandbox.serving import serve  # noqa: PLC0415

        return serve(self, host, port)

    def _answer(self, request: Request, headers: Mapping[str, str]) -> Response:
        target = urlsplit(request.url)
        if not self._lets_in(request):
            raise RefusalError(401, {"detail": "Unauthorized"})
        operation, handler, path = ROUTES.match(request.method, target.path)
        fault = self._next_fault(operation)
        if isinstance(fault, Response):
            return fault
        if isinstance(fault, int):
            return json_response(_fault_body(fault), fault, headers)
        if fault is not None:
            raise fault
        incoming = Incoming(
            path, dict(parse_qsl(target.query, keep_blank_values=True)), request.body or b""
        )
        value = handler(self.state, incoming)
        return json_response(converter.unstructure(value), headers=headers)

    def _lets_in(self, request: Request) -> bool:
        sent = request.authorization
        return sent is not None and sent.reveal() == f"Bearer {self.api_key}"

    def _next_fault(self, operation: Operation[Any]) -> Fault | None:
        for planned in self._planned:
            if planned.times and planned.on in (None, operation):
                planned.times -= 1
                return planned.fault
        return None


def _fault_body(status: int) -> dict[str, object]:
    known = status in HTTPStatus.__members__.values()
    message = HTTPStatus(status).phrase if known else "An error of the sandbox"
    kinds = {429: ("rate_limited", "1300"), 503: ("service_tier_capacity_exceeded", "3505")}
    return error_body(message, *kinds.get(status, ("sandbox_fault", None)))
