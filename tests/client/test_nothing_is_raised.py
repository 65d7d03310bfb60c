"""An operation raises nothing but cancellation, whatever the code that a caller gives it does."""

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
    "one without words": RuntimeError(),
    "StopIteration": StopIteration("odd"),
    "StopAsyncIteration": StopAsyncIteration("odd"),
    "TimeoutError": TimeoutError("odd"),
    "an exception group": ExceptionGroup("odd", [ValueError("x")]),
    "GeneratorExit": GeneratorExit("odd"),
    "SystemExit": SystemExit("odd"),
    "CancelledError": asyncio.CancelledError("odd"),
}
"""What code of a caller's may raise; the last three only in a thread of ours."""

EXCEPTIONS = [name for name, error in ODD.items() if isinstance(error, Exception)]

ITERATION = [name for name in EXCEPTIONS if name != "StopAsyncIteration"]
"""What an iterator may raise and not mean its end."""

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
"""What `before_request` returns, and what the error says."""


async def twice() -> Any:
    """Return a coroutine."""
    return models_list(MistralCore("key", transport=ScriptedTransport()))


@pytest.mark.filterwarnings("ignore:coroutine 'models_list' was never awaited")
@pytest.mark.parametrize("name", RETURNED)
async def test_a_hook_that_returns_no_request_ends_the_call(name: str) -> None:
    """With an error that says what it returned; nothing is sent."""
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
    """Return a function that returns something else than was asked for."""
    return lambda *_: returned


@pytest.mark.parametrize("hook", ["before_request", "after_response", "before_retry"])
@pytest.mark.parametrize("make", [raising, raising_later])
@pytest.mark.parametrize("name", EXCEPTIONS)
async def test_what_a_hook_raises_is_an_err_or_logged(
    name: str, make: Any, hook: str, caplog: pytest.LogCaptureFixture
) -> None:
    """Before the request it ends the call, and nothing is sent. Later, no response is lost."""
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


async def test_a_hook_that_sends_a_body_that_is_none_is_an_err() -> None:
    """Of the transport, which cannot send it."""
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
async def test_what_a_key_function_does_is_an_err(function: Any) -> None:
    """Nothing is sent without a key."""
    transport = ScriptedTransport(json_response([]))
    result = await models_list(MistralCore(function, transport=transport))
    assert isinstance(result, Err)
    assert isinstance(result.error, InvalidRequestError)
    assert not transport.requests


# ------------------------------------------------------------------------------------ the transport


class Sending:
    """A transport of a user's."""

    def __init__(self, send: Callable[..., Any]) -> None:
        """Take what sends."""
        self._send = send

    async def send(self, request: Request) -> Any:
        """Send."""
        answer = self._send(request)
        return await answer if asyncio.iscoroutine(answer) else answer

    async def aclose(self) -> None:
        """Close nothing."""


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
async def test_what_a_transport_does_is_an_err(send: Any) -> None:
    """Also where it returns something else than a response."""
    client = MistralCore(
        "a-long-key", transport=Sending(send), retry_config=RetryConfig(initial_interval=0)
    )
    result = await models_list(client)
    assert isinstance(result, Err)
    assert isinstance(result.error, APIConnectionError)
    assert result.call.attempts >= 1


async def test_what_a_transport_returns_is_named_and_not_asked_for_again() -> None:
    """It would return the same."""
    client = MistralCore("key", transport=Sending(wrong({"status": 200})))
    result = await models_list(client)
    assert isinstance(result, Err)
    assert result.error.message == "The transport returned dict instead of a `Response`"
    assert result.call.attempts == 1


async def test_a_log_that_raises_is_an_err(caplog: pytest.LogCaptureFixture) -> None:
    """A filter of a user's, say."""
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


# ---------------------------------------------------------------------------------------- the files


class Odd:
    """An open file, one method of which is odd."""

    def __init__(self, name: str, does: Callable[..., Any]) -> None:
        """Take the name of the method, and what it does."""
        self.content = iter([b"content"])
        setattr(self, name, does)

    def seekable(self) -> Any:
        """Say that it can be read again."""
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
    """An open file whose name cannot be found."""

    @property
    def name(self) -> str:
        """Fail."""
        raise RuntimeError("odd")


METHODS = ("seekable", "tell", "seek", "read")

LIES: dict[str, tuple[str, list[object]]] = {
    "a position": ("tell", [None, "0", 0.5, -1, 10**6]),
    "a size": ("seek", ["7", 7.0, -7, 6, 8, 10**6, [7]]),
    "bytes": ("read", ["text", "", 0, False, [b"x"], {"a": 1}, (b"x",)]),
}
"""What a method returns, and should not."""


def closed() -> Any:
    """Return a file that is closed."""
    file = io.BytesIO(b"content")
    file.close()
    return file


class PathOfTrouble:
    """A path that cannot be found out."""

    def __fspath__(self) -> str:
        """Fail."""
        raise RuntimeError("odd")


class Iterable:
    """An iterable that has no iterator."""

    def __init__(self, does: Callable[..., Any]) -> None:
        """Take what is done in place of iteration."""
        self._does = does

    def __aiter__(self) -> AsyncIterator[bytes]:
        """Do something else."""
        made: AsyncIterator[bytes] = self._does()
        return made


class Attributes:
    """An object that fails when it is looked at."""

    def __getattr__(self, name: str) -> Any:
        """Fail."""
        raise RuntimeError("odd")


class Raises:
    """An iterator that fails."""

    def __init__(self, error: BaseException) -> None:
        """Take the error."""
        self._error = error

    def __aiter__(self) -> "Raises":
        """Return itself."""
        return self

    async def __anext__(self) -> bytes:
        """Fail."""
        raise self._error


async def generator(error: BaseException) -> AsyncGenerator[bytes, None]:
    """Yield something, and fail."""
    yield b"x"
    raise error


async def stubborn() -> AsyncGenerator[Any, None]:
    """Yield no bytes, and fail when it is closed."""
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
    "a generator that goes on": stubborn,
    "a generator that yields text": partial(yields, "text"),
    "a generator that yields None": partial(yields, None),
}
"""What a caller gives to be uploaded."""


@pytest.mark.parametrize("name", CONTENTS)
async def test_what_a_file_does_is_an_err(name: str) -> None:
    """One that says what is wrong; nothing arrives, half of it neither."""
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
async def test_what_a_progress_function_does_is_logged(
    name: str, make: Any, caplog: pytest.LogCaptureFixture
) -> None:
    """The file arrives."""
    file = File(b"content", progress=make(ODD[name]))
    async with serving_files() as server, MistralCore("key", server_url=server.url) as client:
        assert isinstance(await files_upload(client, file=file), Ok)
    assert [upload.size for upload in server.arrived] == [7]
    logged = [record for record in caplog.records if record.name == "mistral_core"]
    assert bool(logged) is (make is not wrong)


async def test_a_file_that_cannot_be_opened_in_time_is_an_err() -> None:
    """Its disk is far away; nothing is sent."""
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
