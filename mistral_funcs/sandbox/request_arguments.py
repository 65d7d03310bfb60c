"""The arguments of a request, structured with the types of the operation's parameters."""

import re
from collections.abc import Mapping, Set as AbstractSet
from datetime import datetime
from typing import Any, NoReturn, TypeVar, cast, final

import attrs

from mistral_core import Operation
from mistral_core.operations.inspection import Parameter
from mistral_core.structuring.converter import Fault, converter, faults
from mistral_funcs.sandbox.argument_types import (
    InvalidArgumentError,
    accepts,
    allows_null,
    is_list,
    structured,
)
from mistral_funcs.sandbox.error_responses import RefusalError, detail, refuse_body
from mistral_funcs.sandbox.forms import Form, read_form
from mistral_funcs.sandbox.routing import Incoming
from mistral_funcs.sandbox.rules import ANY_OBJECT
from mistral_funcs.sandbox.strict_json import parse_json

T = TypeVar("T")

PATH_PART = re.compile(r"\.(\w+)|\[(\d+)\]")
"""A field or an index in a JSON path."""

INTEGER = re.compile(r"-?[0-9]{1,10}")
NUMBER = re.compile(r"-?[0-9]{1,10}(\.[0-9]{1,10})?")
BOOLEANS = {"true": True, "false": False}
MISSING = "is missing"
PARSED = {
    "must be a number": "int_parsing",
    "must be an integer": "int_parsing",
    "must be a boolean": "bool_parsing",
    "must be a date": "datetime_parsing",
}
STRUCTURED = {"must be a string,": "string_type", "must be a string or null,": "string_type"}
"""Error types of invalid values by message prefix, for query parameters and bodies."""

IN_BODY = {"json", "form", "file", "body"}


@final
@attrs.frozen
class Arguments:
    """The arguments of a request.

    Attributes:
        values: The structured values, by their names in Python, without those that were not sent.
        sent: The fields of the body as JSON, by their names on the wire.
        stream: Whether the request asks for a stream.
    """

    values: Mapping[str, Any]
    sent: Mapping[str, Any]
    stream: bool = False


def read_arguments(operation: Operation[Any], request: Incoming) -> Arguments:
    """Return the arguments of a request.

    Raises:
        RefusalError: 422 that lists all missing and invalid arguments, or 400 for a body that
            cannot be parsed.
    """
    form, value = _read_body(operation, request)
    body: dict[str, Any] = value if value.__class__ is dict else {}
    values: dict[str, Any] = {}
    sent: dict[str, Any] = {}
    details: list[dict[str, Any]] = []
    for each in operation.parameters:
        raw = value if each.place == "body" else _raw(each, request, form, body)
        if each.place == "query" and accepts(each.type, Mapping):
            raw = _pairs(each.key, request, {other.key for other in operation.parameters})
        where = "body" if each.place in IN_BODY else each.place
        loc: list[str] = [where] if each.place == "body" else [where, each.key]
        is_null = each.nullable and each.key in body and allows_null(each.type)
        if raw is None and not is_null:
            if each.required and not allows_null(each.type):
                details.append(detail("missing", loc, "Field required", None))
            continue
        kind = dict[str, Any] if (operation.path, each.key) in ANY_OBJECT else each.type
        try:
            values[each.name] = raw if each.place == "file" else structured(raw, kind)
        except InvalidArgumentError as error:
            details += [_detail(fault, loc, raw) for fault in error.faults]
        if each.place in {"json", "form"}:
            sent[each.key] = raw
    stream = body.get("stream", BOOLEANS.get(form.fields.get("stream", "false")))
    if not isinstance(stream, bool | None):
        details.append(detail("bool_type", ["body", "stream"], "Input should be a boolean", stream))
    if details:
        raise RefusalError(422, {"detail": details})
    return Arguments(values, sent or body, stream=bool(stream))


def read_object(request: Incoming) -> dict[str, Any]:
    """Parse a body as a JSON object, or respond with 422."""
    value = read_json(request)
    if not isinstance(value, dict):
        refuse_body("model_attributes_type", ["body"], "Input should be a valid dictionary", value)
    return cast("dict[str, Any]", value)


def read_json(request: Incoming) -> Any:
    """Parse a body as JSON, or respond with 422."""
    if not request.body:
        refuse_body("missing", ["body"], "Field required", None)
    try:
        return parse_json(request.body)
    except ValueError:
        refuse_body("json_invalid", ["body", 0], "JSON decode error", {})


def invalid(field: str, message: str, value: object = None, *, place: str = "body") -> NoReturn:
    """Respond with 422 for one invalid field."""
    refuse_body("value_error", [place, field], message, value)


def check_range(field: str, value: int | None, least: int, most: int) -> int | None:
    """Return a number in the body, or respond with 422 if it is out of range."""
    if value is not None and not least <= value <= most:
        invalid(field, f"Input should be from {least} to {most}")
    return value


def _read_body(operation: Operation[Any], request: Incoming) -> tuple[Form, Any]:
    """Return the form and the JSON value of a body, one of which is empty."""
    places = {each.place for each in operation.parameters}
    if places & {"form", "file"} and request.content_type.startswith("multipart/form-data"):
        return read_form(request), None
    optional = "body" in places and not operation.required
    if places.isdisjoint(IN_BODY) or (optional and not request.body):
        return Form(), None
    return Form(), read_json(request) if "body" in places else read_object(request)


def _raw(parameter: Parameter, request: Incoming, form: Form, body: Mapping[str, Any]) -> Any:
    """Return the value of a parameter as JSON or as a form with a file, or `None` if not sent."""
    key = parameter.key
    if parameter.place == "path":
        return _parsed(request.path[key], parameter.type)
    if parameter.place == "header":
        return request.headers.get(key)
    if parameter.place == "query":
        return _texts(request.query_lists.get(key), parameter.type)
    if key in form.lists:
        return _texts(form.lists[key], parameter.type)
    return form if parameter.place == "file" and form.file is not None else body.get(key)


def _pairs(key: str, request: Incoming, others: AbstractSet[str]) -> Any:
    """Return an object in the query: JSON under its key, or one key per field."""
    if key not in request.query:
        return {name: request.query[name] for name in request.query.keys() - others} or None
    try:
        return parse_json(request.query[key].encode())
    except ValueError:
        invalid(key, "JSON decode error", request.query[key], place="query")


def _texts(texts: Any, kind: Any) -> Any:
    if not texts:
        return None
    return [_parsed(text, kind) for text in texts] if is_list(kind) else _parsed(texts[-1], kind)


def _parsed(text: str, kind: Any) -> Any:
    """Convert a string in a path, query or form to a JSON value."""
    if accepts(kind, bool) and text in BOOLEANS:
        return BOOLEANS[text]
    if accepts(kind, int) and INTEGER.fullmatch(text):
        return int(text)
    if accepts(kind, float) and NUMBER.fullmatch(text):
        return float(text)
    return text


def _detail(fault: Fault, loc: list[str], value: Any) -> dict[str, Any]:
    parts = [field or int(index) for field, index in PATH_PART.findall(fault.path)]
    for part in parts:
        value = value.get(part) if value.__class__ is dict else value[int(part)]
    kinds = PARSED if loc[0] == "query" else {**STRUCTURED, MISSING: "missing"}
    kind = next((kind for start, kind in kinds.items() if fault.problem.startswith(start)), None)
    return detail(kind or "value_error", [*loc, *parts], fault.problem, value)


def structure_body(request: Incoming, schema: type[T]) -> T:
    """Structure the body with a schema defined by the sandbox, or respond with 422."""
    value = read_object(request)
    try:
        return converter.structure(value, schema)
    except Exception as error:  # noqa: BLE001 - hooks raise errors of many kinds
        details = [_detail(fault, ["body"], value) for fault in faults(error)]
        raise RefusalError(422, {"detail": details}) from None


def timestamp(moment: datetime | None, default: float) -> float:
    """Return a time in seconds since the Unix epoch."""
    return default if moment is None else moment.timestamp()
