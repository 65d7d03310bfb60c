"""Structured output of streams: the JSON as it grows, and the complete instance at the end."""

from collections.abc import AsyncIterator, Callable, Coroutine, Mapping
from typing import TYPE_CHECKING, Any, Generic, ParamSpec, Self, TypeAlias, TypeVar, final

import attrs

from mistral_core import Call, Err, EventStream, Failure, InvalidRequestError, Ok, Result
from mistral_funcs.toolkit.conversation_errors import reported_error
from mistral_funcs.toolkit.partial_json import PartialJSON, Snapshot
from mistral_funcs.toolkit.structured_output import (
    finish_reason,
    structure_response,
    with_response_format,
)

__all__ = ["Complete", "ParsedStream", "Partial", "parse_stream"]

if TYPE_CHECKING:
    from typing_extensions import TypeForm

    from mistral_funcs.schemas.beta.conversations.events import ConversationEventsData
    from mistral_funcs.schemas.shared.completions import CompletionChunk

P = ParamSpec("P")
T = TypeVar("T")
E = TypeVar("E", "CompletionChunk", "ConversationEventsData")


@final
class Partial(Generic[T]):
    """The part of an instance that has been generated so far. It is not validated."""

    def __init__(self, snapshot: Snapshot) -> None:
        """Create a partial value from what was parsed."""
        self._snapshot = snapshot

    def __repr__(self) -> str:
        return f"Partial({self.value!r})"

    @property
    def value(self) -> Mapping[str, Any]:
        """The fields so far. Strings may be incomplete, numbers are shown when they are complete.

        A type that is not an object is in the field `value`. Each read copies what is incomplete.
        """
        value: Mapping[str, Any] | None = self._snapshot.value()
        return value or {}

    @property
    def incomplete(self) -> tuple[str | int, ...]:
        """The path of the value that is being generated, such as `("pets", 0, "name")`."""
        return self._snapshot.path


@final
@attrs.frozen
class Complete(Generic[T]):
    """The validated instance at the end of a stream.

    Attributes:
        value: The instance.
    """

    value: T


Item: TypeAlias = Result[Partial[T] | Complete[T], Failure]


async def parse_stream(
    schema: "TypeForm[T]",
    function: Callable[P, Coroutine[Any, Any, Result[EventStream[E], Failure]]],
    *args: P.args,
    **kwargs: P.kwargs,
) -> "Result[ParsedStream[T], Failure]":
    """Stream a completion as an instance of a class: `parse_stream(Person, chat_stream, ...)`.

    Args:
        schema: An attrs class, dataclass, `TypedDict`, `NamedTuple` or pydantic model, or another
            type that JSON can represent. Its strict JSON schema is sent as `response_format`.
        function: The operation to call: `chat_stream`, `agents_stream`, or one that streams a
            conversation.
        args: Its positional arguments: the client.
        kwargs: Its keyword arguments, except `response_format`.

    Returns:
        The stream. Enter it with `async with` before iterating. An item is `Ok(Partial)` for each
        part of the text, and at the end `Ok(Complete)` or an `Err`.
    """
    call: Any = function
    try:
        arguments = with_response_format(schema, function, kwargs)
    except TypeError as error:
        return Err(InvalidRequestError(str(error), "schema"))
    result: Result[EventStream[E], Failure] = await call(*args, **arguments)
    if isinstance(result, Err):
        return result
    return Ok(ParsedStream(result.value, schema, result.call), call=result.call)


@final
class ParsedStream(Generic[T]):
    """A stream of the parts of an instance, read once.

    Enter it first, so that leaving early frees the connection:
    `async with stream as items: async for item in items: ...`. Waiting is safe to cancel, as it is
    for `EventStream`.
    """

    def __init__(self, stream: EventStream[Any], schema: "TypeForm[T]", call: Call) -> None:
        """Create a stream over one that was not entered.

        Args:
            stream: The stream of events with text.
            schema: The type of the instance.
            call: Metadata of the call, for errors.
        """
        self._stream = stream
        self._schema = schema
        self._call = call

    async def __aenter__(self) -> "AsyncIterator[Item[T]]":
        """Return an iterator over the items. Can be called once."""
        return _Items(await self._stream.__aenter__(), self._schema, self._call)

    async def __aexit__(self, *_: object) -> None:
        """Free the connection."""
        await self._stream.__aexit__()


@final
class _Items(Generic[T]):
    """An iterator over the items. Its state is outside of coroutines, so waits can be cancelled."""

    def __init__(
        self,
        events: AsyncIterator[Result[Any, Failure]],
        schema: "TypeForm[T]",
        call: Call,
    ) -> None:
        self._events = events
        self._schema = schema
        self._call = call
        self._ended = False
        self._reason: str | None = None
        self._message: int = 0
        self._restart()

    def __aiter__(self) -> Self:
        return self

    async def __anext__(self) -> Item[T]:
        if self._ended:
            raise StopAsyncIteration
        async for event in self._events:
            if isinstance(event, Err):
                self._ended = True
                return event
            if error := reported_error(event.value, self._call):
                self._ended = True
                return Err(error)
            if self._read(event.value):
                return Ok(Partial(self._parser.snapshot()))
        self._ended = True
        text = "".join(self._texts)
        return structure_response(text, self._schema, self._call, self._reason).map(Complete)

    def _restart(self) -> None:
        """Begin another message. The one before it is not part of the instance."""
        self._parser = PartialJSON()
        self._texts: list[str] = []
        self._started = False

    def _read(self, event: Any) -> bool:
        """Read an event, and return whether it has text.

        Text before the first brace, such as a Markdown fence, is not parsed.
        """
        self._reason = finish_reason(event) or self._reason
        text: str = getattr(event, "text", "")
        if not text:
            return False
        message = getattr(event, "output_index", 0)
        if message != self._message:
            self._message = message
            self._restart()
        self._texts.append(text)
        start = 0 if self._started else text.find("{")
        if start >= 0:
            self._started = True
            self._parser.feed(text[start:])
        return True
