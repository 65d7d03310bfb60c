"""Opening of sessions: the handshake as an operation, and the settings to send first."""

import re
from collections.abc import Mapping
from typing import Any, TypeVar

import attrs

from mistral_core import (
    UNSET,
    Err,
    Failure,
    InvalidRequestError,
    MistralCore,
    Ok,
    Operation,
    RequestOptions,
    Result,
)
from mistral_core.request.encode import encode_json
from mistral_core.response.message_stream import MessageStream

T = TypeVar("T")

PATH = re.compile(r"(/[A-Za-z0-9_~!$&'()*+,=:@%.-]+)+")


async def open_stream(  # noqa: PLR0917
    client: MistralCore,
    operation: Operation[MessageStream[T]],
    model: str,
    settings: Mapping[str, object],
    path: str | None,
    options: RequestOptions | None,
) -> Result[MessageStream[T], Failure]:
    """Open a WebSocket, and wait for the session to be created.

    Args:
        client: The client to use.
        operation: The endpoint.
        model: ID of the model.
        settings: The settings that will be sent first; they are only checked here.
        path: The path of another server, in place of the API's.
        options: Per-call overrides.
    """
    if path is not None:
        if not PATH.fullmatch(path) or not {".", ".."}.isdisjoint(path.split("/")):
            message = f"`path` must begin with `/` and contain no query or dot segments: {path!r}"
            return Err(InvalidRequestError(message, "path"))
        operation = attrs.evolve(operation, path=path)
    try:
        encode_json(settings)
    except InvalidRequestError as error:
        return Err(error)
    return await client.execute(operation, query={"model": model}, options=options)


async def enter(stream: MessageStream[Any], settings: Mapping[str, object]) -> None:
    """Enter a stream, and send the settings of the session."""
    await stream.__aenter__()
    if settings:
        try:
            await update(stream, settings)  # The stream itself reports a failure.
        except BaseException as error:
            await stream.__aexit__(type(error), error, None)
            raise


async def update(
    stream: MessageStream[Any], settings: Mapping[str, object]
) -> Result[None, Failure]:
    """Change the settings of a session."""
    if not settings:
        return Ok(None)
    return await stream.send({"type": "session.update", "session": settings})


def without_unset(**settings: object) -> dict[str, object]:
    """Return the settings that the caller gave."""
    return {name: value for name, value in settings.items() if value is not UNSET}
