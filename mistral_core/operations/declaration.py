"""An operation: a call of the API as data, and what it makes of a caller's arguments."""

import json
from collections.abc import Collection, Mapping
from typing import Any, Generic, Literal, TypeVar, cast, final
from urllib.parse import quote, urlencode

import attrs

from mistral_core.errors import InvalidRequestError
from mistral_core.http.messages import is_idempotent
from mistral_core.operations.kinds import Returns
from mistral_core.request.parameters import path_segment, query_pairs
from mistral_core.unset import UNSET

T = TypeVar("T")


@final
@attrs.frozen(eq=False)
class Operation(Generic[T]):
    """Describe one call of the API.

    Attributes:
        method: The HTTP method.
        path: The path template: `/v1/models/{model_id}`.
        returns: How a successful answer is read.
        nullable: The body's fields that may be `null`. In all others `None` is left out.
        idempotent: Whether a request may be sent twice; by default as its method has it.
        audio: Whether the files that it uploads are recordings, and have audio types.
        additional: The argument whose items are further fields of the body; `None` where there is
            no such argument.
    """

    method: Literal["GET", "POST", "PUT", "PATCH", "DELETE"]
    path: str
    returns: Returns[T] = attrs.field(kw_only=True)
    nullable: Collection[str] = attrs.field(default=(), kw_only=True)
    idempotent: bool = attrs.field(
        default=attrs.Factory(is_idempotent, takes_self=True), kw_only=True
    )
    audio: bool = attrs.field(default=False, kw_only=True)
    additional: str | None = attrs.field(default=None, kw_only=True)

    def target(self, path: Mapping[str, object], query: Mapping[str, object]) -> str:
        """Return the path and query, percent-encoded.

        Raises:
            InvalidRequestError: A parameter cannot be sent.
        """
        target = self.path
        try:
            for name, value in path.items():
                target = target.replace(f"{{{name}}}", path_segment(name, value))
            pairs = query_pairs(query) if query else []
            return f"{target}?{_encoded(pairs)}" if pairs else target
        except InvalidRequestError:
            raise
        except Exception as error:
            raise InvalidRequestError(f"A parameter cannot be sent: {error!r}") from error

    def json_body(self, fields: Mapping[str, object]) -> bytes:
        """Return the body that an object of these fields makes.

        Raises:
            InvalidRequestError: A field cannot be written as JSON.
        """
        told = {
            name: value
            for name, value in fields.items()
            if value is not UNSET and (value is not None or name in self.nullable)
        }
        if self.additional is not None and self.additional in told:
            told |= self._additional_fields(told.pop(self.additional), fields)
        return encode_json(told)

    def _additional_fields(
        self, given: object, fields: Mapping[str, object]
    ) -> Mapping[str, object]:
        """Return further fields of a body, none of which is an argument."""
        if not isinstance(given, Mapping):
            kind = type(given).__name__
            message = f"`{self.additional}` must be a mapping, got {kind}"
            raise InvalidRequestError(message, self.additional)
        for name in cast("Mapping[object, object]", given):
            if not isinstance(name, str) or name in fields:
                message = f"`{self.additional}` must not contain {name!r}: it is a field of its own"
                raise InvalidRequestError(message, self.additional)
        return cast("Mapping[str, object]", given)


def encode_json(value: object) -> bytes:
    """Return JSON text of what may have attrs classes in it.

    Raises:
        InvalidRequestError: It cannot be written as JSON.
    """
    try:
        try:
            return _encoder.encode(value).encode()
        except TypeError:  # Such as a key that is no text, but a member of an enum.
            return _encoder.encode(_unstructure(value)).encode()
    except Exception as error:
        raise InvalidRequestError(f"The body cannot be written as JSON: {error}") from error


def _unstructure(value: object) -> object:
    from mistral_core.structuring.converter import request_converter  # noqa: PLC0415 - the client loaded it

    made: object = request_converter.unstructure(value)
    return made


def _as_json(value: object) -> object:
    """Return what JSON can be made of, where that is not plain to see."""
    made = _unstructure(value)
    if isinstance(made, dict | list | str | int | float):
        return cast("object", made)
    raise TypeError(f"Object of type {type(value).__name__} is not JSON serializable")


_encoder = json.JSONEncoder(
    allow_nan=False, ensure_ascii=False, separators=(",", ":"), default=_as_json
)


def _encoded(pairs: list[tuple[str, Any]]) -> str:
    try:
        return urlencode(pairs, quote_via=quote, safe="")
    except UnicodeEncodeError as error:
        raise InvalidRequestError(f"The query is not valid Unicode: {error}") from error
