"""Rejected keys: a key function with another key gets a second attempt."""

import logging
from collections.abc import Callable
from typing import Any

import pytest

from mistral_core import (
    Attempt,
    Err,
    Hooks,
    MistralCore,
    Operation,
    Request,
    RequestOptions,
    RetryConfig,
    SDKError,
)
from mistral_core.operations.declaration import Arguments
from mistral_core.request.clouds import Route
from mistral_core.testing import ScriptedTransport, json_response
from mistral_funcs import models_list

UNAUTHORIZED = json_response({"message": "Unauthorized"}, 401)
NO_RETRIES = RetryConfig(strategy="none")


class Tokens:
    """A key function with two tokens. The second one replaces a rejected one."""

    def __init__(self, reject: Callable[[str], Any]) -> None:
        """Take the function that decides about a rejected token."""
        self.rejected: list[str] = []
        self._reject = reject

    def __call__(self) -> str:
        """Return the token."""
        return f"token-{len(self.rejected)}"

    def reject(self, token: str) -> Any:
        """Record the token."""
        self.rejected.append(token)
        return self._reject(token)


def client(transport: ScriptedTransport, tokens: Any, **options: Any) -> MistralCore:
    """Return a client without retries."""
    return MistralCore(tokens, transport=transport, retry_config=NO_RETRIES, **options)


async def test_a_rejected_key_is_replaced_once() -> None:
    """Even without retries, because a 401 means that nothing was executed."""
    tokens = Tokens(lambda _: True)
    transport = ScriptedTransport(UNAUTHORIZED, json_response([]))
    result = await models_list(client(transport, tokens))
    assert (result.unwrap().data, result.call.attempts) == ([], 2)
    assert tokens.rejected == ["token-0"]
    keys = [
        request.authorization.reveal() for request in transport.requests if request.authorization
    ]
    assert keys == ["Bearer token-0", "Bearer token-1"]


async def test_a_second_rejection_is_the_result() -> None:
    """Otherwise a key without permissions would be replaced endlessly."""
    tokens = Tokens(lambda _: True)
    transport = ScriptedTransport(*[UNAUTHORIZED] * 3)
    result = await models_list(client(transport, tokens))
    assert isinstance(result, Err)
    assert isinstance(result.error, SDKError)
    assert (result.call.attempts, len(tokens.rejected)) == (2, 1)


def broken(token: str) -> bool:
    """Raise an error that contains the token."""
    raise RuntimeError(token)


def no(_: str) -> bool:
    """Return that there is no other token."""
    return False


@pytest.mark.parametrize("reject", [no, broken])
async def test_without_another_key_there_is_no_second_attempt(
    reject: Callable[[str], bool], caplog: pytest.LogCaptureFixture
) -> None:
    """`reject` returned false or failed. Only the type of its error is logged."""
    transport = ScriptedTransport(UNAUTHORIZED)
    result = await models_list(client(transport, Tokens(reject)))
    assert (result.call.status, result.call.attempts) == (401, 1)
    logged = ["`reject` of the API key function raised RuntimeError"] if reject is broken else []
    assert [each.message for each in caplog.records if each.levelno >= logging.WARNING] == logged


@pytest.mark.parametrize("key", ["static", lambda: "function", lambda: ""])
async def test_keys_that_cannot_be_replaced_are_sent_once(key: Any) -> None:
    """Strings and plain functions have no `reject`."""
    transport = ScriptedTransport(UNAUTHORIZED)
    assert (await models_list(client(transport, key))).call.attempts == 1


async def test_a_custom_authorization_header_is_sent_once() -> None:
    """The rejected key is not that of the function."""
    tokens = Tokens(lambda _: True)
    transport = ScriptedTransport(UNAUTHORIZED)
    options = RequestOptions(headers={"Authorization": "Basic own"})
    assert (await models_list(client(transport, tokens), options=options)).call.attempts == 1
    assert tokens.rejected == []


async def test_a_removed_authorization_header_is_not_replaced() -> None:
    """No key was rejected."""

    def remove(attempt: Attempt) -> Request:
        return Request(method="GET", url=attempt.request.url, path_template="/", authorization=None)

    tokens = Tokens(lambda _: True)
    transport = ScriptedTransport(UNAUTHORIZED)
    hooked = client(transport, tokens, hooks=Hooks(before_request=remove))
    assert (await models_list(hooked)).call.attempts == 1


async def test_a_cloud_that_cannot_route_a_call_is_an_error() -> None:
    """Whatever exception it raises."""

    class Broken:
        server_url = "https://example.com"

        def api_key(self) -> str:
            return "key"

        async def route(
            self,
            operation: Operation[Any],
            arguments: Arguments,  # noqa: ARG002
            server_url: str,  # noqa: ARG002
        ) -> Route:
            raise LookupError(operation.path)

    transport = ScriptedTransport()
    result = await models_list(MistralCore(cloud=Broken(), transport=transport))
    assert isinstance(result, Err)
    assert str(result.error) == "The cloud failed to route the call: LookupError('/v1/models')"
    assert not transport.requests
