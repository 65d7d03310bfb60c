"""Kinds of responses, as data. The package `response` reads responses by kind."""

from typing import TYPE_CHECKING, Any, ClassVar, Generic, TypeVar, final

import attrs

if TYPE_CHECKING:
    from typing_extensions import TypeForm

    from mistral_core.response.byte_stream import ByteStream  # noqa: F401 - in a base class
    from mistral_core.response.event_stream import EventStream  # noqa: F401 - the same
    from mistral_core.response.message_stream import MessageStream  # noqa: F401 - the same


T = TypeVar("T")
T_co = TypeVar("T_co", covariant=True)


class Returns(Generic[T_co]):
    """Base class for kinds of responses. `T_co` is the type that the operation returns.

    Attributes:
        accept: The media type for the `Accept` header.
        streamed: Whether the body is streamed.
        websocket: Whether the response is a WebSocket.
    """

    accept: str
    streamed: ClassVar[bool] = False
    websocket: ClassVar[bool] = False


@final
@attrs.frozen
class JSON(Returns[T]):
    """A JSON response, whatever its content type.

    Attributes:
        schema: An attrs class, or a type composed of attrs classes.
    """

    schema: "TypeForm[T]"
    accept: ClassVar[str] = "application/json"  # type: ignore[misc]


@final
@attrs.frozen
class NoContent(Returns[None]):
    """A response without a body, such as a 204: the operation returns `None`."""

    accept: ClassVar[str] = "*/*"  # type: ignore[misc]


@final
@attrs.frozen
class Binary(Returns["ByteStream"]):
    """A streamed binary response.

    Attributes:
        accept: The media type for the `Accept` header.
    """

    accept: str = "application/octet-stream"
    streamed: ClassVar[bool] = True


@final
@attrs.frozen
class Events(Returns["EventStream[T]"], Generic[T]):
    """A stream of server-sent events with JSON data.

    Attributes:
        schema: An attrs class, or a type composed of attrs classes.
        last: The class of the event that ends the stream, or several. `[DONE]` always ends it.
        ends_with_body: Whether the stream ends with the body, for lack of another end marker.
    """

    schema: "TypeForm[T]"
    last: type[Any] | tuple[type[Any], ...] | None = attrs.field(default=None, kw_only=True)
    ends_with_body: bool = attrs.field(default=False, kw_only=True)
    accept: ClassVar[str] = "text/event-stream"  # type: ignore[misc]
    streamed: ClassVar[bool] = True


@final
@attrs.frozen
class JSONLines(Returns["EventStream[T]"], Generic[T]):
    """A stream of lines of JSON.

    Attributes:
        schema: An attrs class, or a type composed of attrs classes.
    """

    schema: "TypeForm[T]"
    accept: ClassVar[str] = "application/jsonl"  # type: ignore[misc]
    streamed: ClassVar[bool] = True


@final
@attrs.frozen
class Messages(Returns["MessageStream[T]"], Generic[T]):
    """A WebSocket over which both sides send JSON objects with a `type`.

    Attributes:
        schema: The type of the server's messages, composed of attrs classes.
        first: The class of the first message. Nothing is sent before it.
        last: The class of the message that ends the stream, once the input has ended.
    """

    schema: "TypeForm[T]"
    first: type[Any] = attrs.field(kw_only=True)
    last: type[Any] = attrs.field(kw_only=True)
    accept: ClassVar[str] = "*/*"  # type: ignore[misc]
    websocket: ClassVar[bool] = True
