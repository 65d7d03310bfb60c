"""Encoding of parameters in paths, queries and forms."""

import math
import re
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any, cast
from urllib.parse import quote, urlencode

from mistral_core.errors import InvalidRequestError
from mistral_core.http.text import rfc3339
from mistral_core.operations.declaration import Operation
from mistral_core.request.encode import encode_json, unstructure
from mistral_core.schema import UNSET, Schema

INTEGER_LIMIT = 10**100

PLAIN = re.compile(r"[0-9A-Za-z_~-][0-9A-Za-z._~-]*", re.ASCII)
"""A path segment that needs neither encoding nor checks, such as most IDs."""

PCHAR = ":@!$&'()*+,="
"""Characters that RFC 3986 allows in a path segment besides letters, digits and `-._~`.

`;` is left out: for Java servers it begins parameters, so they read `..;` as `..`.
"""

SEPARATORS = re.compile(r"[/\\]")


def target_of(
    operation: Operation[Any], path: Mapping[str, object], query: Mapping[str, object]
) -> str:
    """Return the path and query of a request, percent-encoded.

    Raises:
        InvalidRequestError: A parameter cannot be sent.
    """
    target = operation.path
    try:
        for name, value in path.items():
            target = target.replace(f"{{{name}}}", path_segment(name, value))
        pairs = query_pairs(operation, query) if query else []
        return f"{target}?{urlencode(pairs, quote_via=quote, safe='')}" if pairs else target
    except InvalidRequestError:
        raise
    except UnicodeEncodeError as error:
        raise InvalidRequestError(f"The query is not valid Unicode: {error}") from error
    except Exception as error:
        raise InvalidRequestError(f"A parameter cannot be sent: {error!r}") from error


def path_segment(name: str, value: object) -> str:
    """Encode a path parameter so that it remains one segment, even if a proxy decodes it.

    Raises:
        InvalidRequestError: The value is not valid as a path segment.
    """
    if value.__class__ is int:
        value = str(value)
    if not isinstance(value, str):
        kind = type(value).__name__
        raise InvalidRequestError(f"`{name}` must be a string, got {kind}", name)
    if PLAIN.fullmatch(value):
        return value
    if not value:
        raise InvalidRequestError(f"`{name}` must not be empty", name)
    if not value.isprintable() and any(ord(char) < 32 or ord(char) == 127 for char in value):
        raise InvalidRequestError(f"`{name}` must not contain control characters: {value!r}", name)
    if any(part.partition(";")[0] in (".", "..") for part in SEPARATORS.split(value)):
        raise InvalidRequestError(
            f"`{name}` must not contain path segments such as `..`: {value!r}", name
        )
    try:
        return quote(value, safe=PCHAR)
    except UnicodeEncodeError as error:
        raise InvalidRequestError(f"`{name}` is not valid Unicode: {value!r}", name) from error


def query_pairs(operation: Operation[Any], query: Mapping[str, object]) -> list[tuple[str, str]]:
    """Return query parameters as pairs. An object becomes one parameter per key.

    Raises:
        InvalidRequestError: A value cannot be sent, or a key of an object names a parameter.
    """
    pairs: list[tuple[str, str]] = []
    for name, argument in query.items():
        value = unstructure(argument) if isinstance(argument, Schema) else argument
        if name in operation.json_text and value is not None and value is not UNSET:
            pairs.append((name, encode_json(value, name).decode()))
        elif isinstance(value, Mapping):
            taken = {*query, *operation.query}
            for key, each in cast("Mapping[object, object]", value).items():
                if not isinstance(key, str):
                    raise InvalidRequestError(f"`{name}` must have string keys, got {key!r}", name)
                if key in taken:
                    message = f"`{name}` must not contain {key!r}: it is a separate parameter"
                    raise InvalidRequestError(message, name)
                pairs += text_pairs(key, each)
        else:
            pairs += text_pairs(name, value)
    return pairs


def text_pairs(name: str, value: object) -> list[tuple[str, str]]:
    """Return a parameter of a query or form as pairs. A list is repeated, `None` is omitted.

    Raises:
        InvalidRequestError: The value cannot be sent.
    """
    if value is None or value is UNSET:
        return []
    if isinstance(value, list | tuple):
        items = cast("Iterable[object]", value)
        return [(name, _text(name, item)) for item in items if item is not None]
    return [(name, _text(name, value))]


def _text(name: str, value: object) -> str:
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int) and abs(value) < INTEGER_LIMIT:
        return str(value)
    if isinstance(value, float) and math.isfinite(value):
        return str(value)
    if isinstance(value, datetime):
        try:
            return rfc3339(value)
        except ValueError as error:
            raise InvalidRequestError(f"`{name}` cannot be sent: {error}", name) from error
    kind = type(value).__name__
    raise InvalidRequestError(f"`{name}` has a type or value that cannot be sent: {kind}", name)
