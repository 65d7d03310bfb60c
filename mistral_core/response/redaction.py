"""Redaction of the API key in failures, since some servers echo it."""

from typing import Any, TypeVar, cast

import attrs

from mistral_core.errors import (
    HTTPValidationError,
    MistralError,
    ResponseValidationError,
    SDKError,
)
from mistral_core.http.headers import Headers
from mistral_core.http.messages import Response
from mistral_core.http.secret import Secret
from mistral_core.response.error_bodies import read_error

F = TypeVar("F", bound=MistralError)


def redact(failure: F, secret: Secret | None) -> F:
    """Return a failure with a secret redacted in its message, headers, body and errors."""
    if secret is None:
        return failure
    redacted: dict[str, Any] = {"message": secret.hide_in(failure.message)}
    if isinstance(failure, ResponseValidationError | SDKError | HTTPValidationError):
        redacted["headers"] = headers = Headers(
            (name, secret.hide_in(text)) for name, text in failure.headers.items()
        )
        redacted["body"] = body = secret.hide_in(failure.body)
        if body != failure.body and not isinstance(failure, ResponseValidationError):
            return cast("F", read_error(Response(failure.status, headers, body)))
    if isinstance(failure, ResponseValidationError):
        redacted["errors"] = tuple(map(secret.hide_in, failure.errors))
    if all(getattr(failure, name) == value for name, value in redacted.items()):
        return failure
    return cast("F", attrs.evolve(cast("Any", failure), **redacted))
