"""How an answer is read: each operation says which of these its answer is."""

import json
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Generic, NoReturn, Protocol, TypeVar, final

import attrs

from mistral_core.byte_stream import ByteStream
from mistral_core.call import request_id
from mistral_core.converter import Fault, converter, faults
from mistral_core.error_bodies import read_error
from mistral_core.errors import MistralError, ResponseValidationError
from mistral_core.event_stream import EventStream
from mistral_core.reading import Reading
from mistral_core.sse import ServerSentEvent
from mistral_core.wire import Response

if TYPE_CHECKING:
    from typing_extensions import TypeForm

T = TypeVar("T")
T_co = TypeVar("T_co", covariant=True)


def _goes_on(_: object) -> bool:
    return False


class Returns(Protocol[T_co]):
    """Read the answer of an operation.

    Attributes:
        accept: The media type to ask for.
        streamed: Whether the answer is read while it comes.
    """

    @property
    def accept(self) -> str:
        """Return the media type to ask for."""
        ...

    @property
    def streamed(self) -> bool:
        """Whether the answer is read while it comes."""
        ...

    def read(self, response: Response, reading: Reading) -> T_co:
        """Read a successful answer.

        Args:
            response: The answer.
            reading: How its body is to be read, where that is done while it comes.

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

    @property
    def streamed(self) -> bool:
        """Whether the answer is read while it comes: no."""
        return False

    def read(self, response: Response, reading: Reading | None = None) -> T:  # noqa: ARG002
        """Parse and structure a body."""
        value = _parse(response, response.body)
        if _is_error(value):
            told = read_error(response).message
            raise _unreadable(response, [Fault("$", f"is an error, for all its status: {told}")])
        made: T = _structure(response, value, self.schema)
        return made


@final
@attrs.frozen
class Binary:
    """Hand on the answer as a stream of bytes.

    Attributes:
        accept: The media type to ask for.
    """

    accept: str = "application/octet-stream"

    @property
    def streamed(self) -> bool:
        """Whether the answer is read while it comes: yes."""
        return True

    def read(self, response: Response, reading: Reading) -> ByteStream:
        """Return the stream of the body."""
        return ByteStream(response, reading)


@final
@attrs.frozen
class Events(Generic[T]):
    """Hand on the answer as a stream of events, each of them JSON of a schema.

    Attributes:
        schema: An attrs class, or any type that is made of them.
        is_last: Tells whether an event ends the stream, where `[DONE]` does not.
    """

    schema: "TypeForm[T]"
    is_last: Callable[[T], bool] = attrs.field(default=_goes_on, kw_only=True)

    @property
    def accept(self) -> str:
        """Return the media type to ask for."""
        return "text/event-stream"

    @property
    def streamed(self) -> bool:
        """Whether the answer is read while it comes: yes."""
        return True

    def read(self, response: Response, reading: Reading) -> EventStream[T]:
        """Return the stream of the events."""
        return EventStream(response, reading, self.read_event, self.is_last)

    def read_event(self, response: Response, event: ServerSentEvent) -> T:
        """Parse and structure one event; its name is the `type` of its data, if that has none.

        Raises:
            SDKError: The event tells of an error of the server.
            HTTPValidationError: The same, where its status is 422.
            ResponseValidationError: The event cannot be read.
        """
        body = event.data.encode()
        response = attrs.evolve(response, body=body, stream=None)
        if event.event == "error":
            raise _error_in_event(response, None)
        value: Any = _parse(response, body, "An event")
        if _is_error(value) or (value.__class__ is dict and "error" in value):
            raise _error_in_event(response, value)
        if event.event and value.__class__ is dict and value.get("type") is None:
            value["type"] = event.event
        made: T = _structure(response, value, self.schema, "An event")
        return made


def _error_in_event(response: Response, value: Any) -> MistralError:
    """Return the error that an event tells of; its status is the one that the event names."""
    told: Any = value.get("raw_status_code") if value.__class__ is dict else None
    status = told if told.__class__ is int and 400 <= told < 600 else response.status
    return read_error(attrs.evolve(response, status=status))


def _parse(response: Response, body: bytes, what: str = "The answer") -> object:
    try:
        return decode_json(body)
    except (ValueError, RecursionError) as error:
        raise _unreadable(response, [Fault("$", f"is not JSON: {error}")], what) from None


def _structure(response: Response, value: object, schema: Any, what: str = "The answer") -> Any:
    try:
        return converter.structure(value, schema)
    except Exception as error:  # noqa: BLE001
        raise _unreadable(response, faults(error), what) from None


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


def _unreadable(
    response: Response, found: list[Fault], what: str = "The answer"
) -> ResponseValidationError:
    first, *others = found
    more = f" (and {len(others)} more)" if others else ""
    return ResponseValidationError(
        f"{what} cannot be read: {first}{more}",
        first.path,
        tuple(map(str, found)),
        response.status,
        request_id(response.headers),
        response.headers,
        response.body,
    )
