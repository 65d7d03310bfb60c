"""What the sandbox knows, and the errors that it answers with."""

import json
from typing import Any, NoReturn, TypeAlias, cast, final

import attrs

from mistral_funcs.sandbox.routing import Incoming, RefusalError
from mistral_funcs.schemas.models import BaseModelCard, FTModelCard

Card: TypeAlias = BaseModelCard | FTModelCard


@final
@attrs.define
class State:
    """Hold what the sandbox knows; a test may set and read it.

    Attributes:
        models: The models, by their ids.
    """

    models: dict[str, Card] = attrs.field(factory=dict[str, Card])


def error_body(message: str, kind: str, code: str | None = None) -> dict[str, object]:
    """Return an error in the API's usual shape."""
    return {"object": "error", "message": message, "type": kind, "param": None, "code": code}


def refuse(status: int, message: str, kind: str = "invalid_request_error") -> NoReturn:
    """Answer with an error in the API's usual shape."""
    raise RefusalError(status, error_body(message, kind))


def refuse_body(kind: str, loc: list[str | int], msg: str, value: object) -> NoReturn:
    """Answer 422 with one fault of the body."""
    raise RefusalError(422, {"detail": [{"type": kind, "loc": loc, "msg": msg, "input": value}]})


def read_object(request: Incoming) -> dict[str, Any]:
    """Return the JSON object that a body is, or answer 422."""
    if not request.body:
        refuse_body("missing", ["body"], "Field required", None)
    try:
        value = json.loads(request.body)
    except ValueError:
        refuse_body("json_invalid", ["body", 0], "JSON decode error", {})
    if not isinstance(value, dict):
        refuse_body("model_attributes_type", ["body"], "Input should be a valid dictionary", value)
    return cast("dict[str, Any]", value)
