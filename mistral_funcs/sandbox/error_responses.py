"""The error responses of the API, raised to refuse a request."""

from collections.abc import Sequence
from typing import Any, NoReturn, final


@final
class RefusalError(Exception):
    """Respond with an error instead of a value."""

    def __init__(self, status: int, body: object) -> None:
        """Store the status and the JSON value of the body."""
        super().__init__(status, body)
        self.status = status
        self.body = body


def error_body(message: str, kind: str, code: str | None = None) -> dict[str, object]:
    """Return an error in the API's usual shape."""
    return {"object": "error", "message": message, "type": kind, "param": None, "code": code}


def refuse(status: int, message: str, kind: str = "invalid_request_error") -> NoReturn:
    """Respond with an error in the API's usual shape."""
    raise RefusalError(status, error_body(message, kind))


def refuse_body(kind: str, loc: Sequence[str | int], msg: str, value: object) -> NoReturn:
    """Respond with 422 for one invalid value."""
    raise RefusalError(422, {"detail": [detail(kind, loc, msg, value)]})


def detail(kind: str, loc: Sequence[str | int], msg: str, value: object) -> dict[str, Any]:
    """Return one entry of a 422 response."""
    return {"type": kind, "loc": [*loc], "msg": msg, "input": value}
