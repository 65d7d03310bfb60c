"""How an answer is read: each operation says which of these its answer is."""

import json
from typing import TYPE_CHECKING, Any, Generic, NoReturn, Protocol, TypeVar, final

import attrs

from mistral_core.call import request_id
from mistral_core.converter import Fault, converter, faults
from mistral_core.error_bodies import read_error
from mistral_core.errors import ResponseValidationError
from mistral_core.wire import Response

if TYPE_CHECKING:
    from typing_extensions import TypeForm

T = TypeVar("T")
T_co = TypeVar("T_co", covariant=True)


class Returns(Protocol[T_co]):
    """Read the answer of an operation.

    Attributes:
        accept: The media type to ask for.
    """

    @property
    def accept(self) -> str:
        """Return the media type to ask for."""
        ...

    def read(self, response: Response) -> T_co:
        """Read a successful answer.

        Raises:
            ResponseValidationError: The answer is not what the operation says.
        """
        ...


@final
@attrs.frozen
class JSON(Generic[T]):
    """Read the answer as JSON of a schema, whatever its content type says.

    Attributes:
        schema: An attrs class, or any type that is made of them.
    """

    schema: "TypeForm[T]"

    @property
    def accept(self) -> str:
        """Return the media type to ask for."""
        return "application/json"

    def read(self, response: Response) -> T:
        """Parse and structure a body."""
        try:
            value = decode_json(response.body)
        except (ValueError, RecursionError) as error:
            _refuse(response, [Fault("$", f"is not JSON: {error}")])
        if _is_error(value):
            told = read_error(response).message
            _refuse(response, [Fault("$", f"is an error, for all its status: {told}")])
        try:
            return converter.structure(value, self.schema)  # type: ignore[arg-type]
        except Exception as error:  # noqa: BLE001
            _refuse(response, faults(error))


def _is_error(value: Any) -> bool:
    return value.__class__ is dict and value.get("object") == "error"


def decode_json(body: bytes) -> object:
    """Parse JSON text in UTF-8, with or without a byte order mark.

    Raises:
        ValueError: It is not JSON, or not UTF-8, or bears a number that JSON has not.
        RecursionError: It is nested too deep.
    """
    return _decoder.decode(body.decode("utf-8-sig"))


def _refuse_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is not a number of JSON")


def _refuse_duplicates(pairs: list[tuple[str, object]]) -> dict[str, object]:
    made = dict(pairs)
    if len(made) < len(pairs):
        raise ValueError("an object has a key twice")
    return made


_decoder = json.JSONDecoder(object_pairs_hook=_refuse_duplicates, parse_constant=_refuse_constant)


def _refuse(response: Response, found: list[Fault]) -> NoReturn:
    first, *others = found
    more = f" (and {len(others)} more)" if others else ""
    raise ResponseValidationError(
        f"The answer cannot be read: {first}{more}",
        first.path,
        tuple(map(str, found)),
        response.status,
        request_id(response.headers),
        response.headers,
        response.body,
    ) from None
