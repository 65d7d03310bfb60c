"""Building requests: URL, headers and body. The only module that sets headers."""

from collections.abc import Mapping
from typing import Any

from mistral_core.auth.credentials import Credentials
from mistral_core.errors import InvalidRequestError, RequestTimeoutError
from mistral_core.http.headers import check_headers
from mistral_core.http.messages import Request, RequestBody
from mistral_core.http.secret import Secret
from mistral_core.http.servers import join
from mistral_core.operations.declaration import Arguments, Operation
from mistral_core.options import Timeout
from mistral_core.request.encode import encode_fields, encode_json
from mistral_core.request.multipart import Multipart
from mistral_core.request.parameters import target_of
from mistral_core.request.uploads import as_file
from mistral_core.runtime.deadline import Deadline
from mistral_core.schema import UNSET


async def build_form(
    operation: Operation[Any], fields: Mapping[str, object], deadline: float | None
) -> Multipart:
    """Encode a form, and open its files.

    Raises:
        InvalidRequestError: A field cannot be sent, a file cannot be read, or no asyncio task is
                running.
        RequestTimeoutError: A file could not be opened in time.
    """
    try:
        with Deadline(deadline):
            return await Multipart.of(_with_files(operation, fields), audio=operation.audio)
    except InvalidRequestError:
        raise
    except TimeoutError:
        message = "A file could not be opened before the deadline of the call"
        raise RequestTimeoutError(message, "deadline") from None
    except Exception as error:
        raise InvalidRequestError(f"The form cannot be sent: {error!r}") from error


def _with_files(operation: Operation[Any], fields: Mapping[str, Any]) -> Mapping[str, object]:
    """Return the fields, with the content of each upload as a `File`."""
    uploads = {
        operation.keys.get(name, name)
        for name, place in operation.fields.items()
        if place == "file"
    }
    required = {operation.keys.get(name, name) for name in operation.required}
    return {
        name: as_file(value)
        if name in uploads and (value is not None or name in required)
        else value
        for name, value in fields.items()
    }


def build_request(
    operation: Operation[Any],
    arguments: Arguments,
    form: Multipart | None,
    *,
    server_url: str,
    headers: Mapping[str, str],
    credentials: Credentials,
    timeout: Timeout,
) -> Request:
    """Build the request of a call.

    Args:
        operation: The operation.
        arguments: Its arguments.
        form: The body, if it is a form.
        server_url: The server URL.
        headers: The headers of the client and the call, with names in lower case.
        credentials: The source of the `Authorization` header, unless it is in `headers`.
        timeout: Time limits.

    Raises:
        InvalidRequestError: An argument cannot be sent, or the API key is missing.
    """
    returns = operation.returns
    target = target_of(operation, arguments.path, arguments.query)
    all_headers = {"accept": returns.accept, **headers}
    if arguments.headers:
        all_headers = _header_parameters(arguments.headers) | all_headers
    if returns.streamed:  # Compression delays a stream and hides whether it is complete.
        all_headers.setdefault("accept-encoding", "identity")
    body: bytes | RequestBody | None = form
    if form is not None:
        all_headers["content-type"] = form.content_type
    elif arguments.json is not None:
        all_headers["content-type"] = "application/json"
        body = encode_fields(operation, arguments.json)
    elif isinstance(arguments.body, bytes):
        all_headers.setdefault("content-type", "application/octet-stream")
        body = arguments.body
    elif arguments.body is not UNSET and arguments.body is not None:
        all_headers["content-type"] = "application/json"
        body = encode_json(arguments.body)
    authorization = all_headers.pop("authorization", None)
    return Request(
        method=operation.method,
        url=join(server_url, target),
        path_template=operation.path,
        headers=all_headers,
        body=body,
        authorization=Secret(authorization) if authorization else credentials.header(),
        connect_timeout=timeout.connect,
        # A stream may outlast the deadline, but its server must not be silent for that long.
        read_timeout=timeout.read or (timeout.deadline if returns.streamed else None),
        streamed=returns.streamed,
        idempotent=operation.idempotent,
        redirects=operation.redirects,
        websocket=returns.websocket,
    )


def _header_parameters(headers: Mapping[str, object]) -> dict[str, str]:
    try:
        return check_headers(
            {
                name: str(value)
                for name, value in headers.items()
                if value is not None and value is not UNSET
            }
        )
    except ValueError as error:
        raise InvalidRequestError(f"A parameter cannot be sent: {error}") from None
