"""Lossless conversion between schema objects and the JSON that the API sends and accepts."""

import json
from typing import TYPE_CHECKING, Any, TypeVar, cast, overload

from mistral_core.errors import InvalidDataError
from mistral_core.response.json_text import decode_json
from mistral_core.result import Err, Ok, Result
from mistral_core.schema import Schema
from mistral_core.structuring.converter import StructureHandlerNotFoundError, converter, faults

if TYPE_CHECKING:
    from typing_extensions import TypeForm

T = TypeVar("T")

MAX_SHOWN = 3
"""Maximum number of invalid values in a message. `errors` has the others."""


@overload
def to_dict(value: Schema) -> dict[str, Any]: ...
@overload
def to_dict(value: object) -> Any: ...
def to_dict(value: object) -> Any:
    """Convert a value to JSON values: an object to a dictionary, a list of objects to a list.

    Keys are the API's field names. Unknown fields and objects are included. `UNSET` is omitted, and
    so is `None` where it is the default. `from_dict` restores the value.

    Args:
        value: An object of the API, such as a response, a message or an event, a list or a
            dictionary of them, or the state of a run.

    Raises:
        TypeError: The value is a result rather than its value.
    """
    if isinstance(value, Ok | Err):
        raise TypeError(
            "A result cannot be serialized. Pass its value, or the message of its error"
        )
    saved: Any = value
    if hasattr(type(value), "to_json"):  # Such as the state of a run.
        return json.loads(saved.to_json())
    return converter.unstructure(saved)


def to_json(value: object, *, indent: int | None = None) -> str:
    """Convert a value to JSON text. `from_json` restores the value.

    Args:
        value: The value, as for `to_dict`.
        indent: Spaces of indentation. Defaults to JSON in one line.

    Raises:
        TypeError: It contains a value that JSON does not support, such as bytes.
        ValueError: It contains an infinite number or NaN.
    """
    data = to_dict(value)
    separators = (",", ":") if indent is None else None
    text = json.dumps(
        data, allow_nan=False, ensure_ascii=False, indent=indent, separators=separators
    )
    try:
        text.encode()
    except UnicodeEncodeError:  # A lone surrogate, which only an escape can express.
        return json.dumps(data, allow_nan=False, indent=indent, separators=separators)
    return text


def from_dict(kind: "TypeForm[T]", data: object) -> Result[T, InvalidDataError]:
    """Convert JSON values to an object of a class, with the rules for responses.

    Unknown fields are kept. Objects of unknown types become `Unknown` where the class allows it.

    Args:
        kind: The class, or another type such as `list[ModelCard]`.
        data: The JSON values, as from `to_dict` or `json.loads`.

    Returns:
        The object, or an `Err` with the paths of the invalid values.

    Raises:
        StructureHandlerNotFoundError: `kind` is not a type of JSON values.
    """
    cls: Any = kind
    if hasattr(cls, "from_json"):
        saved: Result[T, Any] = cls.from_json(json.dumps(data, default=repr))
        return saved.map_err(lambda error: InvalidDataError(error.message))
    try:
        return Ok(cast("T", converter.structure(data, cls)))
    except StructureHandlerNotFoundError:
        raise
    except Exception as error:  # noqa: BLE001
        invalid = faults(error)
    errors = tuple(map(str, invalid))
    shown = "; ".join(errors[:MAX_SHOWN])
    more = f"; and {len(errors) - MAX_SHOWN} more" if len(errors) > MAX_SHOWN else ""
    message = f"Invalid data for `{_name(cls)}`: {shown}{more}"
    return Err(InvalidDataError(message, invalid[0].path, errors))


def from_json(kind: "TypeForm[T]", text: str | bytes) -> Result[T, InvalidDataError]:
    """Convert JSON text to an object of a class, with the rules for responses.

    Args:
        kind: The class, or another type such as `list[ModelCard]`.
        text: The JSON.

    Returns:
        The object, or an `Err`: the text is not JSON, or has invalid values, each with its path.
    """
    encoded = text.encode(errors="surrogatepass") if isinstance(text, str) else text
    try:
        data = decode_json(encoded)
    except (ValueError, RecursionError) as error:
        return Err(InvalidDataError(f"The text is not JSON: {error}", errors=(str(error),)))
    return from_dict(kind, data)


def _name(kind: Any) -> str:
    return kind.__name__ if isinstance(kind, type) else str(kind)
