"""How an error answer is read, in every shape that the API and its gateways have.

Reading never fails: a body of no known shape becomes a message of its own words.
"""

import json
import re
from typing import Any, TypeGuard

from mistral_core.errors import HTTPValidationError, SDKError, ValidationError
from mistral_core.http.messages import Response
from mistral_core.http.metadata import request_id
from mistral_core.http.text import in_one_line, without_userinfo
from mistral_core.structuring.primitives import take_any

MESSAGE_KEYS = ("message", "detail", "error", "title", "msg")
"""Where an error object says what happened, or wraps another that does; the best first."""

LONGEST_MESSAGE = 2_000
FIRST_WORDS = 200
HTML_TITLE = re.compile(r"<title[^<>]*>([^<]*)", re.IGNORECASE)
WHAT_HAPPENED = re.compile(r"What happened\?\s*</h2>\s*<p[^<>]*>([^<]*)", re.IGNORECASE)
"""The explanation in a page of Cloudflare's, which stands in front of the API."""


def read_error(response: Response) -> SDKError | HTTPValidationError:
    """Return the error that an answer with an error status stands for.

    A 422 is an `HTTPValidationError`, whatever its body; all else is an `SDKError`.
    """
    text = response.body.decode("utf-8", "replace").removeprefix("\ufeff").strip()
    body = _parse(text)
    layers: list[dict[str, Any]] = [] if body is text else _layers(body)
    said = next((said for said in map(_message, layers) if said), "")
    words = in_one_line(without_userinfo(said), LONGEST_MESSAGE)
    words = words or in_one_line(without_userinfo(_in_other_words(response, text)), LONGEST_MESSAGE)
    message = words or "The answer says nothing that can be shown"
    kind, code, param = (_fact(layers, name) for name in ("type", "code", "param"))
    request = request_id(response.headers) or _fact(layers, "request_id")
    seen = request, response.headers, response.body
    if response.status == 422:
        found = next((found for found in map(_faults, layers) if found), ())
        return HTTPValidationError(message, found, kind, code, param, *seen)
    return SDKError(message, response.status, kind, code, param, *seen)


def _parse(text: str) -> Any:
    """Return the JSON value of a text, or the text itself where it has none to tell."""
    if not text.startswith(("{", "[", '"')):
        return text
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return text


def _is_object(value: Any) -> TypeGuard[dict[str, Any]]:
    return isinstance(value, dict)


def _is_array(value: Any) -> TypeGuard[list[Any]]:
    return isinstance(value, list)


def _array(value: Any) -> list[Any]:
    return value if _is_array(value) else []


def _layers(body: Any) -> list[dict[str, Any]]:
    """Return the error objects of a body: the outer one, and then those that it wraps.

    What is wrapped may be an object, a list of faults, or text that is either in JSON.
    """
    layers = [body if _is_object(body) else {"detail": body}]
    for layer in layers:
        for key in MESSAGE_KEYS:
            value = layer.get(key)
            wrapped = _parse(value) if isinstance(value, str) else value
            if _is_object(wrapped):
                layers.append(wrapped)
            elif _array(wrapped) and wrapped is not value:
                layers.append({"detail": wrapped})
    return layers


def _fact(layers: list[dict[str, Any]], name: str) -> str | None:
    """Return the first text or number of this name."""
    for layer in layers:
        value = layer.get(name)
        if isinstance(value, str | int | float) and not isinstance(value, bool):
            told = in_one_line(str(value))
            if told:
                return told
    return None


def _faults(layer: dict[str, Any]) -> tuple[ValidationError, ...]:
    """Return the validation errors that an error object lists."""
    return tuple(
        ValidationError(
            loc=tuple(
                step if isinstance(step, int) else str(step) for step in _array(fault.get("loc"))
            ),
            msg=fault["msg"],
            type=str(fault.get("type") or ""),
            input=_kept(fault.get("input")),
            ctx=_kept(fault["ctx"]) if _is_object(fault.get("ctx")) else None,
        )
        for fault in _array(layer.get("detail"))
        if _is_object(fault) and isinstance(fault.get("msg"), str)
    )


def _kept(value: Any) -> Any:
    """Return a value, or `None` in place of one that could not be pickled or sent."""
    try:
        return take_any(value)
    except ValueError:
        return None


def _message(layer: dict[str, Any]) -> str:
    """Return what an error object says itself; nothing where it only wraps another."""
    if found := _faults(layer):
        return "; ".join(map(str, found))
    said = "; ".join(item for item in _array(layer.get("detail")) if isinstance(item, str))
    for key in MESSAGE_KEYS:
        value = layer.get(key)
        if not said and isinstance(value, str) and isinstance(_parse(value), str):
            said = value.strip()
    description = layer.get("description")
    if isinstance(description, str) and description not in said:
        said = f"{said}: {description}" if said else description
    lines = [
        f"line {line['line_number']}: {line['message']}"
        if "line_number" in line
        else line["message"]
        for line in _array(layer.get("errors"))
        if _is_object(line) and isinstance(line.get("message"), str)
    ]
    return " ".join(filter(None, (said, f"({'; '.join(lines)})" if lines else "")))


def _in_other_words(response: Response, text: str) -> str:
    """Return a message for a body of no known shape: its title, or its first words."""
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
        return "The answer has no body"
    return text if len(text) <= FIRST_WORDS else f"{text[:FIRST_WORDS]}..."


def _plain(found: re.Match[str]) -> str:
    from html import unescape  # noqa: PLC0415 - pages are seldom what the API responds with

    return unescape(found.group(1)).strip()
