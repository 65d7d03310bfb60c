"""Error responses, in every shape that the API and its gateways use.

Reading never fails: a body of unknown shape becomes the message.
"""

import json
import re
from typing import Any, TypeGuard

from mistral_core.errors import HTTPValidationError, SDKError, ValidationError
from mistral_core.http.headers import request_id
from mistral_core.http.messages import Response
from mistral_core.http.text import in_one_line, without_userinfo
from mistral_core.structuring.primitives import take_any

MESSAGE_KEYS = ("message", "detail", "error", "title", "msg")
"""Keys of an error object that contain the message, or a nested error, in order of preference."""

MAX_MESSAGE_LENGTH = 2_000
MAX_EXCERPT_LENGTH = 200
HTML_TITLE = re.compile(r"<title[^<>]*>([^<]*)", re.IGNORECASE)
WHAT_HAPPENED = re.compile(r"What happened\?\s*</h2>\s*<p[^<>]*>([^<]*)", re.IGNORECASE)
"""The explanation in an error page of Cloudflare, the proxy of the API."""


def read_error(response: Response) -> SDKError | HTTPValidationError:
    """Map an error response to an exception.

    A 422 is an `HTTPValidationError`, whatever its body. All others are `SDKError`s.
    """
    text = response.body.decode("utf-8", "replace").removeprefix("\ufeff").strip()
    body = _parse(text)
    layers: list[dict[str, Any]] = [] if body is text else _layers(body)
    message = _shown(next((each for each in map(_message, layers) if each), ""))
    message = message or _shown(_fallback_message(response, text))
    message = message or "The response contains no readable message"
    # Workflow streams use `reason`, observability uses `error_code`.
    error_type = _scalar(layers, "type") or _scalar(layers, "reason")
    code = _scalar(layers, "code") or _scalar(layers, "error_code")
    param = _scalar(layers, "param")
    identifier = request_id(response.headers) or _scalar(layers, "request_id")
    metadata = identifier, response.headers, response.body
    if response.status == 422:
        detail = next((each for each in map(_validation_errors, layers) if each), ())
        return HTTPValidationError(message, detail, error_type, code, param, *metadata)
    return SDKError(message, response.status, error_type, code, param, *metadata)


def _shown(text: str) -> str:
    return in_one_line(without_userinfo(text), MAX_MESSAGE_LENGTH)


def _parse(text: str) -> Any:
    """Parse a JSON object, array or string, or return the text itself."""
    if not text.startswith(("{", "[", '"')):
        return text
    try:
        return json.loads(text, strict=False)
    except (ValueError, RecursionError):
        return text


def _is_object(value: Any) -> TypeGuard[dict[str, Any]]:
    return isinstance(value, dict)


def _is_array(value: Any) -> TypeGuard[list[Any]]:
    return isinstance(value, list)


def _array(value: Any) -> list[Any]:
    return value if _is_array(value) else []


def _layers(body: Any) -> list[dict[str, Any]]:
    """Return the error object of a body, followed by those nested in it.

    A nested error is an object, a list of validation errors, or either of them as a JSON string.
    """
    layers = [body if _is_object(body) else {"detail": body}]
    for layer in layers:
        for key in MESSAGE_KEYS:
            value = layer.get(key)
            nested = _parse(value) if isinstance(value, str) else value
            if _is_object(nested):
                layers.append(nested)
            elif _array(nested) and nested is not value:
                layers.append({"detail": nested})
    return layers


def _scalar(layers: list[dict[str, Any]], name: str) -> str | None:
    """Return the first string or number of this name, as a string."""
    for layer in layers:
        value = layer.get(name)
        if isinstance(value, str | int | float) and not isinstance(value, bool):
            text = in_one_line(str(value))
            if text:
                return text
    return None


def _validation_errors(layer: dict[str, Any]) -> tuple[ValidationError, ...]:
    """Return the validation errors that an error object lists."""
    return tuple(
        ValidationError(
            loc=tuple(
                step if isinstance(step, int) else str(step) for step in _array(fault.get("loc"))
            ),
            msg=fault["msg"],
            type=str(fault.get("type") or ""),
            input=_if_finite(fault.get("input")),
            ctx=_if_finite(fault["ctx"]) if _is_object(fault.get("ctx")) else None,
        )
        for fault in _array(layer.get("detail"))
        if _is_object(fault) and isinstance(fault.get("msg"), str)
    )


def _if_finite(value: Any) -> Any:
    """Return a value, or `None` if it is too deep to pickle or contains an infinite number."""
    try:
        return take_any(value)
    except ValueError:
        return None


def _message(layer: dict[str, Any]) -> str:
    """Return the message of an error object itself, without those of nested errors."""
    if validation_errors := _validation_errors(layer):
        return "; ".join(map(str, validation_errors))
    message = "; ".join(item for item in _array(layer.get("detail")) if isinstance(item, str))
    for key in MESSAGE_KEYS:
        value = layer.get(key)
        if not message and isinstance(value, str) and isinstance(_parse(value), str):
            message = value.strip()
    description = layer.get("description")
    if isinstance(description, str) and description not in message:
        message = f"{message}: {description}" if message else description
    lines = [
        f"line {line['line_number']}: {line['message']}"
        if "line_number" in line
        else line["message"]
        for line in _array(layer.get("errors"))
        if _is_object(line) and isinstance(line.get("message"), str)
    ]
    return " ".join(filter(None, (message, f"({'; '.join(lines)})" if lines else "")))


def _fallback_message(response: Response, text: str) -> str:
    """Return a message for a body of unknown shape: its title, or the beginning of its text."""
    location = response.headers.get("location")
    if 300 <= response.status < 400 and location:
        return f"The server redirects to {location}, which is not followed"
    title = HTML_TITLE.search(text)
    if title:
        explanation = WHAT_HAPPENED.search(text, title.end())
        return f"An HTML page: {_plain(title)}" + (
            f". {_plain(explanation)}" if explanation else ""
        )
    if not text:
        return "The response has no body"
    return text if len(text) <= MAX_EXCERPT_LENGTH else f"{text[:MAX_EXCERPT_LENGTH]}..."


def _plain(match: re.Match[str]) -> str:
    from html import unescape  # noqa: PLC0415 - the API rarely responds with HTML

    return unescape(match.group(1)).strip()
