"""The header `Proxy-Status` (RFC 9209), a structured list (RFC 8941)."""

import re
from base64 import b64decode
from binascii import Error as Base64Error
from collections.abc import Mapping
from typing import TypeAlias, final

import attrs

from mistral_core import Failure, HTTPValidationError, SDKError

__all__ = ["GatewayError", "gateway_error"]

GATEWAY = "connectors-gateway"

Value: TypeAlias = str | int | float | bool | bytes

MAX_LENGTH = 16 * 2**10

SPACE = re.compile(r"[ \t]*")
KEY = re.compile(r"[a-z*][a-z0-9_.*-]*")
TOKEN = re.compile(r"[A-Za-z*][!#$%&'*+.^_`|~0-9A-Za-z:/-]*")
STRING = re.compile(r'"((?:[\x20-\x21\x23-\x5b\x5d-\x7e]|\\["\\])*)"')
DECIMAL = re.compile(r"-?\d{1,12}\.\d{1,3}(?!\d)", re.ASCII)
INTEGER = re.compile(r"-?\d{1,15}(?!\d)", re.ASCII)
BYTES = re.compile(r":([A-Za-z0-9+/=]*):")
BOOLEAN = re.compile(r"\?([01])")


@final
@attrs.frozen
class GatewayError:
    """An error of the connectors gateway itself, rather than of the server behind it.

    Attributes:
        type: The kind of error, such as `connection_timeout`. An open set.
        details: What happened. Empty if the gateway does not report it.
        status_code: The status that the gateway received from the server, if any.
    """

    type: str
    details: str = ""
    status_code: int | None = None


def gateway_error(failure: Failure) -> GatewayError | None:
    """Return the error of the connectors gateway that a failure reports, if any.

    Args:
        failure: The error of a request to a connector.

    Returns:
        The error, or `None` if the gateway did not report one. The failure then comes from
        the server behind it, or the request did not reach the gateway.
    """
    if isinstance(failure, SDKError | HTTPValidationError):
        return read_gateway_error(failure.headers)
    return None


def read_gateway_error(headers: Mapping[str, str]) -> GatewayError | None:
    """Return the error of the gateway in response headers, if any."""
    for identifier, parameters in reversed(parse_list(headers.get("proxy-status", ""))):
        error = parameters.get("error")
        if identifier == GATEWAY and isinstance(error, str):
            details, status = parameters.get("details"), parameters.get("status-code")
            return GatewayError(
                error,
                details if isinstance(details, str) else "",
                status if type(status) is int else None,
            )
    return None


def parse_list(text: str) -> list[tuple[Value, dict[str, Value]]]:
    """Parse a structured list of items. A list that is not valid is empty, as the RFC requires."""
    try:
        return _Parser(text[: MAX_LENGTH + 1]).list()
    except ValueError:
        return []


@final
class _Parser:
    """A parser of a structured list without inner lists."""

    def __init__(self, text: str) -> None:
        self._text = text.strip(" ")
        self._at = 0

    def list(self) -> list[tuple[Value, dict[str, Value]]]:
        """Parse a list of items with parameters.

        Raises:
            ValueError: It is not a list.
        """
        if len(self._text) > MAX_LENGTH:
            raise ValueError("too long")
        items: list[tuple[Value, dict[str, Value]]] = []
        while self._at < len(self._text):
            items.append((self._value(), self._parameters()))
            self._take(SPACE)
            if self._at < len(self._text):
                self._expect(",")
                self._take(SPACE)
                if self._at == len(self._text):
                    raise ValueError("a comma at the end")
        return items

    def _parameters(self) -> dict[str, Value]:
        parameters: dict[str, Value] = {}
        while self._text.startswith(";", self._at):
            self._at += 1
            self._take(SPACE)
            key = self._take(KEY)
            if key is None:
                raise ValueError("no key")
            value: Value = True
            if self._text.startswith("=", self._at):
                self._at += 1
                value = self._value()
            parameters[key[0]] = value
        return parameters

    def _value(self) -> Value:
        if (match := self._take(TOKEN)) is not None:
            return match[0]
        if (match := self._take(STRING)) is not None:
            return re.sub(r"\\(.)", r"\1", match[1])
        if (match := self._take(DECIMAL)) is not None:
            return float(match[0])
        if (match := self._take(INTEGER)) is not None:
            return int(match[0])
        if (match := self._take(BOOLEAN)) is not None:
            return match[1] == "1"
        if (match := self._take(BYTES)) is not None:
            try:
                return b64decode(match[1])
            except Base64Error as error:
                raise ValueError("no base64") from error
        raise ValueError("no value")

    def _take(self, pattern: re.Pattern[str]) -> re.Match[str] | None:
        """Return a match at the current position, and continue after it."""
        match = pattern.match(self._text, self._at)
        if match is not None:
            self._at = match.end()
        return match

    def _expect(self, char: str) -> None:
        if not self._text.startswith(char, self._at):
            raise ValueError(f"no {char}")
        self._at += 1
