"""Operations raise nothing but cancellation, whatever a caller's functions do."""

import asyncio
import io
import logging
import time
from collections.abc import AsyncGenerator, AsyncIterator, Callable
from functools import partial
from typing import Any

import attrs
import pytest

from mistral_core import (
    APIConnectionError,
    Err,
    Failure,
    File,
    Hooks,
    InvalidRequestError,
    MistralCore,
    Ok,
    Request,
    RequestOptions,
    RequestTimeoutError,
    Response,
    Result,
    RetryConfig,
)
from mistral_core.testing import ScriptedTransport, json_response
from mistral_funcs import audio_transcriptions_complete, files_upload, models_list
from tests.client.file_server import serving_files

ODD: dict[str, BaseException] = {
    "an exception": RuntimeError("odd"),
    "one without a message": RuntimeError(),
    "StopIteration": StopIteration("odd"),
    "StopAsyncIteration": StopAsyncIteration("odd"),
    "TimeoutError": TimeoutError("odd"),
    "an exception group": ExceptionGroup("odd", [ValueError("x")]),
    "GeneratorExit": GeneratorExit("odd"),
    "SystemExit": SystemExit("odd"),
    "CancelledError": asyncio.CancelledError("odd"),
}
"""Exceptions of a caller's function. The last three only occur in threads of the SDK."""

EXCEPTIONS = [name for name, error in ODD.items() if isinstance(error, Exception)]

ITERATION = [name for name in EXCEPTIONS if name != "StopAsyncIteration"]
"""Exceptions of an iterator that do not mean its end."""

# -------------------------------------------------------------------------------------------- hooks

RETURNED: dict[str, tuple[Callable[[Any], Any], str]] = {
    "True, as a semaphore's": (lambda _: asyncio.Semaphore(1).acquire(), "of type bool"),
    "False": (lambda _: False, "of type bool"),
    "a string": (lambda _: "https://example.com", "of type str"),
    "headers": (lambda attempt: {**attempt.request.headers, "x": "y"}, "of type dict"),
    "the attempt": (lambda attempt: attempt, "of type Attempt"),
    "the class": (lambda _: Request, "of type type"),
    "a response": (lambda _: Response(200), "of type Response"),
    "an awaitable of an awaitable": (lambda _: twice(), "of type coroutine"),
    "a key that is a string": (
        lambda attempt: attrs.evolve(attempt.request, authorization="Bearer x"),
        "whose `authorization` is of type str",
    ),
    "headers that are a list": (
        lambda attempt: attrs.evolve(attempt.request, headers=[("x", "y")]),
        "whose `headers` is of type list",
    ),
    "a URL that is none": (
        lambda attempt: attrs.evolve(attempt.request, url=None),
        "whose `url` is of type NoneType",
    ),
}
"""Invalid results of `before_request`, and the part of the error message about them."""


async def twice() -> Any:
    """Return a coroutine."""
    return models_list(MistralCore("key", transport=ScriptedTransport()))


@pytest.mark.filterwarnings("ignore:coroutine 'models_list' was never awaited")
@pytest.mark.parametrize("name", RETURNED)
async def test_a_hook_that_returns_no_request_ends_the_call(name: str) -> None:
    """The error describes the returned value. Nothing is sent."""
    hook, says = RETURNED[name]
    transport = ScriptedTransport(json_response([]))
    client = MistralCore("a-long-key", transport=transport, hooks=Hooks(before_request=hook))
    result = await models_list(client)
    assert isinstance(result, Err)
    assert isinstance(result.error, InvalidRequestError)
    assert result.error.message.startswith("The hook `before_request` returned")
    assert says in result.error.message
    assert not transport.requests


def raising(error: BaseException) -> Callable[..., Any]:
    """Return a function that raises an error."""

    def function(*_: object) -> Any:
        raise error

    return function


def raising_later(error: BaseException) -> Callable[..., Any]:
    """Return a coroutine function that raises an error."""

    async def function(*_: object) -> Any:
        await asyncio.sleep(0)
        raise error

    return function


def wrong(returned: object) -> Callable[..., Any]:
    """Return a function that returns an invalid value."""
    return lambda *_: returned


@pytest.mark.parametrize("hook", ["before_request", "after_response", "before_retry"])
@pytest.mark.parametrize("make", [raising, raising_later])
@pytest.mark.parametrize("name", EXCEPTIONS)
async def test_an_exception_of_a_hook_is_an_err_or_logged(
    name: str, make: Any, hook: str, caplog: pytest.LogCaptureFixture
) -> None:
    """Before the request it ends the call and nothing is sent. Afterwards the response is kept."""
    hooks = Hooks(**{hook: make(ODD[name])})
    transport = ScriptedTransport(json_response({}, 503), json_response([]))
    once_more = RetryConfig(initial_interval=0)
    client = MistralCore("key", transport=transport, hooks=hooks, retry_config=once_more)
    result = await models_list(client)
    if hook == "before_request":
        assert isinstance(result, Err)
        assert result.error.message.startswith("The hook `before_request` raised ")
        assert not transport.requests
    else:
        assert isinstance(result, Ok)
        assert "Ignored an error that a hook raised" in caplog.text


async def test_an_invalid_body_from_a_hook_is_an_err() -> None:
    """The transport cannot send it."""
    transport = ScriptedTransport(json_response([], 503))

    def change(attempt: Any) -> Any:
        return attrs.evolve(attempt.request, body="text")

    client = MistralCore("key", transport=transport, hooks=Hooks(before_request=change))
    result = await models_list(client)
    assert isinstance(result, Err)
    assert isinstance(result.error, APIConnectionError)
    assert not result.error.retryable
    assert result.call.attempts == 1


# ------------------------------------------------------------------------------------------ the key


@pytest.mark.parametrize(
    "function",
    [
        *(make(ODD[name]) for make in (raising, raising_later) for name in EXCEPTIONS),
        *map(wrong, (None, 7, b"key", object(), "a\nb", "\ud800", ["key"])),
    ],
)
async def test_a_failing_key_function_is_an_err(function: Any) -> None:
    """Exceptions and invalid keys. Nothing is sent."""
    transport = ScriptedTransport(json_response([]))
    result = await models_list(MistralCore(function, transport=transport))
    assert isinstance(result, Err)
    assert isinstance(result.error, InvalidRequestError)
    assert not transport.requests


# ------------------------------------------------------------------------------------ the transport


class Sending:
    """A custom transport."""

    def __init__(self, send: Callable[..., Any]) -> None:
        """Take the function that sends."""
        self._send = send

    async def send(self, request: Request) -> Any:
        """Send."""
        response = self._send(request)
        return await response if asyncio.iscoroutine(response) else response

    async def aclose(self) -> None:
        """Do nothing."""


@pytest.mark.parametrize(
    "send",
    [
        *(make(ODD[name]) for make in (raising, raising_later) for name in EXCEPTIONS),
        *map(wrong, (None, 200, "text", b"{}", {"status": 200}, [], object(), Response)),
        wrong(Response("200", body=b"[]")),  # type: ignore[arg-type]
        wrong(Response(None)),  # type: ignore[arg-type]
        wrong(Response(200, body="[]")),  # type: ignore[arg-type]
        wrong(Response(200, body=None)),  # type: ignore[arg-type]
        wrong(Response(400, body=None)),  # type: ignore[arg-type]
        wrong(Response(400, headers=None)),  # type: ignore[arg-type]
    ],
)
async def test_a_failing_transport_is_an_err(send: Any) -> None:
    """Exceptions and results that are no valid response."""
    client = MistralCore(
        "a-long-key", transport=Sending(send), retry_config=RetryConfig(initial_interval=0)
    )
    result = await models_list(client)
    assert isinstance(result, Err)
    assert isinstance(result.error, APIConnectionError)
    assert result.call.attempts >= 1


async def test_an_invalid_result_of_a_transport_is_not_retried() -> None:
    """It would be the same again."""
    client = MistralCore("key", transport=Sending(wrong({"status": 200})))
    result = await models_list(client)
    assert isinstance(result, Err)
    assert result.error.message == "The transport returned dict instead of a `Response`"
    assert result.call.attempts == 1


async def test_a_failing_log_is_an_err(caplog: pytest.LogCaptureFixture) -> None:
    """Such as one with a broken filter."""
    caplog.set_level(logging.DEBUG, logger="mistral_core")
    logger = logging.getLogger("mistral_core")
    raises = raising(RuntimeError("no disk"))
    logger.addFilter(raises)
    try:
        result = await models_list(
            MistralCore("key", transport=ScriptedTransport(json_response([])))
        )
    finally:
        logger.removeFilter(raises)
    assert isinstance(result, Err)
    assert "no disk" in result.error.message


# -------------------------------------------------------------------------------------------- files


class Odd:
    """An open file with one unusual method."""

    def __init__(self, name: str, does: Callable[..., Any]) -> None:
        """Take the name of the method, and its replacement."""
        self.content = iter([b"content"])
        setattr(self, name, does)

    def seekable(self) -> Any:
        """Return whether the file can seek."""
        return True

    def tell(self) -> Any:
        """Return the position."""
        return 0

    def seek(self, _: int, whence: int = 0) -> Any:
        """Return the position."""
        return 7 if whence else 0

    def read(self, _: int = -1) -> Any:
        """Read."""
        return next(self.content, b"")


class Unnamed(Odd):
    """An open file whose name cannot be read."""

    @property
    def name(self) -> str:
        """Raise an error."""
        raise RuntimeError("odd")


METHODS = ("seekable", "tell", "seek", "read")

LIES: dict[str, tuple[str, list[object]]] = {
    "a position": ("tell", [None, "0", 0.5, -1, 10**6]),
    "a size": ("seek", ["7", 7.0, -7, 6, 8, 10**6, [7]]),
    "bytes": ("read", ["text", "", 0, False, [b"x"], {"a": 1}, (b"x",)]),
}
"""Methods with invalid return values."""


def closed() -> Any:
    """Return a closed file."""
    file = io.BytesIO(b"content")
    file.close()
    return file


class PathOfTrouble:
    """A path that raises an error."""

    def __fspath__(self) -> str:
        """Raise an error."""
        raise RuntimeError("odd")


class Iterable:
    """An iterable that has no iterator."""

    def __init__(self, does: Callable[..., Any]) -> None:
        """Take the replacement for the iteration."""
        self._does = does

    def __aiter__(self) -> AsyncIterator[bytes]:
        """Call the replacement."""
        iterator: AsyncIterator[bytes] = self._does()
        return iterator


class Attributes:
    """An object whose attributes cannot be read."""

    def __getattr__(self, name: str) -> Any:
        """Raise an error."""
        raise RuntimeError("odd")


class Raises:
    """An iterator that raises an error."""

    def __init__(self, error: BaseException) -> None:
        """Take the error."""
        self._error = error

    def __aiter__(self) -> "Raises":
        """Return the iterator itself."""
        return self

    async def __anext__(self) -> bytes:
        """Raise the error."""
        raise self._error


async def generator(error: BaseException) -> AsyncGenerator[bytes, None]:
    """Yield a chunk, then raise the error."""
    yield b"x"
    raise error


async def stubborn() -> AsyncGenerator[Any, None]:
    """Yield no bytes, and raise when it is closed."""
    try:
        yield "text"
    finally:
        raise RuntimeError("odd")


async def yields(value: Any) -> AsyncGenerator[Any, None]:
    """Yield a value."""
    yield value


CONTENTS: dict[str, Callable[[], Any]] = {
    **{
        f"{method} raises {name}": partial(Odd, method, raising(ODD[name]))
        for method in METHODS
        for name in ODD
    },
    **{
        f"{method} returns {value!r}": partial(Odd, method, wrong(value))
        for method, values in LIES.values()
        for value in values
    },
    "no name": partial(Unnamed, "seekable", wrong(returned=False)),
    "closed": closed,
    "a path that raises": PathOfTrouble,
    "an iterable that raises": partial(Iterable, raising(RuntimeError("odd"))),
    "an iterable of nothing": partial(Iterable, wrong(None)),
    "an attribute that raises": Attributes,
    **{f"an iterator that raises {name}": partial(Raises, ODD[name]) for name in ITERATION},
    **{f"a generator that raises {name}": partial(generator, ODD[name]) for name in EXCEPTIONS},
    "a generator that raises when it is closed": stubborn,
    "a generator that yields text": partial(yields, "text"),
    "a generator that yields None": partial(yields, None),
}
"""Invalid contents of an upload."""


@pytest.mark.parametrize("name", CONTENTS)
async def test_a_failing_file_is_an_err(name: str) -> None:
    """The message describes the problem, and nothing arrives, not even partially."""
    async with (
        serving_files() as server,
        MistralCore("key", server_url=server.url, timeout=20) as client,
    ):
        result: Result[Any, Failure] = await files_upload(client, file=CONTENTS[name]())
        assert server.arrived == []
    assert isinstance(result, Err)
    assert isinstance(result.error, InvalidRequestError), result
    assert result.error.message


@pytest.mark.parametrize("make", [raising, raising_later, wrong])
@pytest.mark.parametrize("name", EXCEPTIONS)
async def test_an_exception_of_a_progress_function_is_logged(
    name: str, make: Any, caplog: pytest.LogCaptureFixture
) -> None:
    """The upload succeeds."""
    file = File(b"content", progress=make(ODD[name]))
    async with serving_files() as server, MistralCore("key", server_url=server.url) as client:
        assert isinstance(await files_upload(client, file=file), Ok)
    assert [upload.size for upload in server.arrived] == [7]
    logged = [record for record in caplog.records if record.name == "mistral_core"]
    assert bool(logged) is (make is not wrong)


async def test_a_slow_file_times_out_before_the_request() -> None:
    """Nothing is sent."""
    transport = ScriptedTransport()
    client = MistralCore("key", transport=transport)
    slow: Any = Odd("seekable", lambda: time.sleep(0.5))
    began = time.monotonic()
    result = await audio_transcriptions_complete(
        client,
        model="m",
        file=slow,
        options=RequestOptions(timeout=0.1),
    )
    assert time.monotonic() - began < 0.4
    assert isinstance(result, Err)
    assert isinstance(result.error, RequestTimeoutError)
    assert result.error.phase == "deadline"
    assert not transport.requests
