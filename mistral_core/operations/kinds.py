"""How an answer is read: each operation says which of these its answer is.

Operations are made of these when they are imported; what reads the answers is loaded by the first
client, and only looked up here.
"""

from collections.abc import Callable
from typing import TYPE_CHECKING, Generic, Protocol, TypeVar, final

import attrs

from mistral_core.http.messages import Response

if TYPE_CHECKING:
    from typing_extensions import TypeForm

    from mistral_core.response.byte_stream import ByteStream
    from mistral_core.response.event_stream import EventStream
    from mistral_core.response.sse import ServerSentEvent
    from mistral_core.response.streaming import Reading

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

    def read(self, response: Response, reading: "Reading") -> T_co:
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

    def read(self, response: Response, reading: "Reading | None" = None) -> T:  # noqa: ARG002
        """Parse and structure a body."""
        import mistral_core.response.decode as answers  # noqa: PLC0415 - the quickest form

        made: T = answers.read_json(response, self.schema)
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

    def read(self, response: Response, reading: "Reading") -> "ByteStream":
        """Return the stream of the body."""
        from mistral_core.response.byte_stream import ByteStream  # noqa: PLC0415

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

    def read(self, response: Response, reading: "Reading") -> "EventStream[T]":
        """Return the stream of the events."""
        from mistral_core.response.decode import read_event  # noqa: PLC0415
        from mistral_core.response.event_stream import EventStream  # noqa: PLC0415

        def read(response: Response, event: "ServerSentEvent") -> T:
            made: T = read_event(response, event, self.schema)
            return made

        return EventStream(response, reading, read, self.is_last)


@final
@attrs.frozen
class NoContent:
    """A response without a body, such as a 204: the operation returns `None`."""

    @property
    def accept(self) -> str:
        """Return the media type to ask for."""
        return "*/*"

    @property
    def streamed(self) -> bool:
        """Whether the body is read while it arrives: no."""
        return False

    def read(self, response: Response, reading: "Reading | None" = None) -> None:
        """Ignore the body, if there is one."""
