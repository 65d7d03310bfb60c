"""HTTP requests to a connector, through Mistral's connectors gateway."""

from collections.abc import Mapping, Sequence
from typing import Any, final
from urllib.parse import unquote

import attrs

from mistral_core import (
    UNSET,
    Binary,
    ByteStream,
    Err,
    Failure,
    Headers,
    HTTPValidationError,
    InvalidRequestError,
    MistralCore,
    Ok,
    Operation,
    RequestOptions,
    Result,
    SDKError,
)
from mistral_core.http.headers import NO_HEADERS
from mistral_core.operations.declaration import NOTHING, Method
from mistral_funcs.toolkit.mcp.proxy_status import read_gateway_error

__all__ = ["ConnectorResponse", "connector_request"]

CREDENTIALS_NAME = "x-credentials-name"

PREFIX = "/v1/connectors-gateway/{connector}/http/"

METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE")

MAX_DECODINGS = 5
"""How often a path segment is decoded to find dots in it."""


@final
@attrs.frozen
class ConnectorResponse:
    """The response of the server behind a connector, with any status.

    Attributes:
        status: The HTTP status.
        headers: The headers.
        body: The complete body. That of an error is truncated at 1 MiB.
    """

    status: int
    headers: Headers = attrs.field(default=NO_HEADERS, repr=False)
    body: bytes = attrs.field(default=b"", repr=False)


async def connector_request(
    client: MistralCore,
    connector: str,
    method: Method,
    path: str | Sequence[str] = "",
    *,
    query: Mapping[str, object] = NOTHING,
    json: object = UNSET,
    body: bytes | None = None,
    headers: Mapping[str, str] = NO_HEADERS,
    credentials_name: str | None = None,
    options: RequestOptions | None = None,
) -> Result[ConnectorResponse, Failure]:
    """Send an HTTP request to the server behind a connector.

    The connectors gateway adds the credentials of the connector. Redirects are not followed.

    Args:
        client: The client to use.
        connector: Name or ID of the connector.
        method: The HTTP method.
        path: Path at the server, such as `"repos/mistralai/client-python"`. It is encoded, so pass
            it as it is read. A sequence of segments may contain slashes within a segment.
        query: Query parameters. `None` is omitted; a list repeats its key.
        json: A JSON body. It may contain attrs classes.
        body: A body in any other format. Pass its `content-type` in `headers`.
        headers: Headers of the request.
        credentials_name: Name of the credentials to use. Defaults to those of the connector.
        options: Per-call overrides: headers, timeout, retries, server URL.

    Returns:
        `Ok` with the response of the server, whatever its status. `Err` if there is none, or if the
        gateway responded with an error of its own, which `gateway_error` describes.
    """
    try:
        check_segment("connector", connector)
        accept, others = _headers(headers)
        operation, parameters = _operation(method, _segments(path), accept)
        if json is not UNSET and body is not None:
            raise InvalidRequestError("`json` and `body` cannot be combined", "body")  # noqa: TRY301
    except InvalidRequestError as error:
        return Err(error.with_traceback(None))
    result = await client.execute(
        operation,
        path={"connector": connector, **parameters},
        query=query,
        headers={**others, CREDENTIALS_NAME: credentials_name},
        body=json if body is None else body,
        options=options,
    )
    if isinstance(result, Err):
        return _response_of(result)
    received: Result[bytes, Failure] = await result.value.read()
    if isinstance(received, Err):
        return Err(received.error, call=result.call)
    response = ConnectorResponse(result.call.status or 200, result.value.headers, received.value)
    return Ok(response, call=result.call)


def _response_of(result: Err[Failure]) -> Result[ConnectorResponse, Failure]:
    """Return the error response of a server as a response, and that of the gateway as an error."""
    error = result.error
    if isinstance(error, SDKError | HTTPValidationError) and (
        read_gateway_error(error.headers) is None
    ):
        return Ok(ConnectorResponse(error.status, error.headers, error.body), call=result.call)
    return result


def _headers(headers: Mapping[str, str]) -> tuple[str, dict[str, str]]:
    """Return the `Accept` header, and all others.

    Raises:
        InvalidRequestError: A header would replace one of the gateway.
    """
    others = {str(name).lower(): text for name, text in headers.items()}
    for name in ("authorization", CREDENTIALS_NAME):
        if name in others:
            message = f"`headers` must not contain `{name}`: pass `credentials_name` instead"
            raise InvalidRequestError(message, "headers")
    return others.pop("accept", "*/*"), others


def _operation(
    method: Any, segments: Sequence[str], accept: str
) -> tuple[Operation[ByteStream], dict[str, str]]:
    """Return the operation for a path, and its path parameters: one for each segment.

    Raises:
        InvalidRequestError: The method is not supported.
    """
    if method not in METHODS:
        message = f"`method` must be one of {', '.join(METHODS)}, got {method!r}"
        raise InvalidRequestError(message, "method")
    parameters = {f"path_{index}": segment for index, segment in enumerate(segments) if segment}
    template = "/".join(
        f"{{path_{index}}}" if segment else "" for index, segment in enumerate(segments)
    )
    operation = Operation(method, PREFIX + template, returns=Binary(accept), redirects=False)
    return operation, parameters


def _segments(path: Any) -> list[str]:
    """Return the segments of a path. An empty one is allowed at the end only: a final slash.

    Raises:
        InvalidRequestError: The path is not valid, or would lead out of the connector.
    """
    if isinstance(path, str):
        for mark, advice in (("?", "Pass the query as `query=`"), ("#", "Remove the fragment")):
            if mark in path:
                raise InvalidRequestError(f"`path` must not contain {mark!r}. {advice}.", "path")
        if "\\" in path or "://" in path:
            raise InvalidRequestError(f"`path` must be a path at the server, got {path!r}", "path")
        path = path.removeprefix("/").split("/")
    segments = [*path]
    for segment in segments:
        check_segment("path", segment)
    if not all(segments[:-1]):
        raise InvalidRequestError("`path` must not contain empty segments", "path")
    return segments


def check_segment(name: str, segment: Any) -> None:
    """Check that a segment contains no dot segment, even if a server decodes it several times.

    Raises:
        InvalidRequestError: It does, or is not a string.
    """
    if not isinstance(segment, str):
        kind = type(segment).__name__
        raise InvalidRequestError(f"`{name}` must consist of strings, got {kind}", name)
    decoded = segment
    for _ in range(MAX_DECODINGS):
        parts = decoded.replace("\\", "/").split("/")
        if any(part.partition(";")[0] in (".", "..") for part in parts):
            message = f"`{name}` must not contain segments such as `..`: {segment!r}"
            raise InvalidRequestError(message, name)
        decoded = unquote(decoded)
