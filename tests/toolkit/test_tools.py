"""Functions as tools: definitions, arguments of the model, and functions that are refused."""

import asyncio
import inspect
import sys
import threading
from collections.abc import AsyncIterator, Iterator
from contextvars import ContextVar
from functools import partial, wraps
from typing import Annotated, Any, Literal, NamedTuple, TypedDict

import attrs
import pytest
from hypothesis import given, settings, strategies as st
from pydantic import BaseModel, Field
from typing_extensions import Doc

from mistral_funcs import CallableTool, tool
from mistral_funcs.toolkit.tools.docstrings import read_docstring
from mistral_funcs.toolkit.tools.runnable import RunnableTool, ToolError


@attrs.frozen
class Place:
    """A place on a map."""

    name: str
    kind: Literal["city", "island"] = "city"


def get_weather(
    place: Place,
    days: Annotated[int, "Number of days"] = 1,
    unit: Literal["C", "F"] | None = None,
) -> str:
    """Return the forecast.

    It is updated every hour.

    Args:
        place: Where.
        days: Not shown: the annotation has a description.
        unit: Unit of temperatures. Defaults to
            that of the country.
    """
    return f"{place.name} ({place.kind}): {days} days, {unit}"


def test_definition_describes_the_function() -> None:
    """Name, docstring, types, descriptions and defaults. Parameters with a default are optional."""
    definition = tool(get_weather).definition
    assert definition.name == "get_weather"
    assert definition.description == "Return the forecast.\n\nIt is updated every hour."
    assert definition.parameters == {
        "type": "object",
        "properties": {
            "place": {"anyOf": [{"$ref": "#/$defs/Place"}], "description": "Where."},
            "days": {"type": "integer", "description": "Number of days", "default": 1},
            "unit": {
                "anyOf": [{"type": "string", "enum": ["C", "F"]}, {"type": "null"}],
                "description": "Unit of temperatures. Defaults to that of the country.",
            },
        },
        "required": ["place"],
        "additionalProperties": False,
        "$defs": {
            "Place": {
                "type": "object",
                "title": "Place",
                "description": "A place on a map.",
                "properties": {
                    "name": {"type": "string"},
                    "kind": {"type": "string", "enum": ["city", "island"], "default": "city"},
                },
                "required": ["name"],
                "additionalProperties": False,
            }
        },
    }


def test_a_tool_is_runnable_and_still_a_function() -> None:
    """It has the options of runs, and can still be called."""
    weather = tool(get_weather, name="weather", description="Forecast", confirm=True, timeout=3)
    runnable: RunnableTool = weather
    assert (runnable.definition.name, runnable.definition.description) == ("weather", "Forecast")
    assert (runnable.confirm, runnable.timeout) == (True, 3)
    assert weather(Place("Rome"), unit="C") == "Rome (city): 1 days, C"
    assert tool(weather).definition.name == "get_weather"


async def test_arguments_are_converted_to_the_annotated_types() -> None:
    """The function receives instances of its annotations."""
    weather = tool(get_weather)
    arguments = {"place": {"name": "Malta", "kind": "island"}, "days": 2, "unit": "F"}
    assert await weather.run(arguments) == "Malta (island): 2 days, F"
    assert await weather.run({"place": {"name": "Rome"}, "days": None}) == (
        "Rome (city): 1 days, None"
    )


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({}, "`place` is missing"),
        ({"place": "Rome"}, "`place` must be an object, got a string"),
        ({"place": {"name": 7}}, "`place.name` must be a string, got a number"),
        ({"place": {"name": "R"}, "days": "two"}, "`days` must be an integer, got a string"),
        ({"place": {"name": "R"}, "unit": "K"}, "`unit` must be 'C' or 'F', got 'K'"),
        ({"place": {"name": "R"}, "city": 1}, "`city` is not a parameter"),
        (
            {"days": [], "x": 1},
            "`place` is missing; `days` must be an integer, got an array; `x` is not a parameter",
        ),
        ({"place": None}, "`place` must be an object, got null"),
    ],
)
async def test_invalid_arguments_are_reported_to_the_model(
    arguments: dict[str, Any], message: str
) -> None:
    """All of them, with paths and without a traceback."""
    with pytest.raises(ToolError) as caught:
        await tool(get_weather).run(arguments)
    assert str(caught.value) == f"Invalid arguments for `get_weather`: {message}."
    assert caught.value.__context__ is None


async def test_report_of_many_invalid_arguments_is_short() -> None:
    """The first ten are listed."""
    with pytest.raises(ToolError) as caught:
        await tool(get_weather).run({f"a{index}": 1 for index in range(50)})
    assert str(caught.value).endswith("`a8` is not a parameter; and 41 more.")


# --------------------------------------------------------------------------------------- docstrings

NUMPY = """Return the forecast.

Parameters
----------
city : str
    Name of the city,
    in English.
days
    Number of days.

Returns
-------
str
    The forecast.
"""

SPHINX = """Return the forecast.

:param city: Name of the city,
    in English.
:param int days: Number of days.
:returns: The forecast.
"""

GOOGLE = """Return the forecast.

Args:
    city (str): Name of the city,
        in English.
    days: Number of days.

Returns:
    The forecast.
"""


@pytest.mark.parametrize("docstring", [NUMPY, SPHINX, GOOGLE], ids=["numpy", "sphinx", "google"])
def test_docstring_describes_the_parameters(docstring: str) -> None:
    """In each of the common styles. The description of the result is not sent."""
    read = read_docstring(docstring)
    assert read.description == "Return the forecast."
    assert read.parameters == {"city": "Name of the city, in English.", "days": "Number of days."}


@pytest.mark.parametrize(
    ("docstring", "description"),
    [(None, ""), ("", ""), ("  One\n   line.  ", "One line."), ("A.\n\nB.\n\n:param x: C", "A.")],
)
def test_first_paragraph_is_the_description_without_the_parser(
    docstring: str | None, description: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The docstring parser is an extra."""
    monkeypatch.setitem(sys.modules, "docstring_parser", None)
    read = read_docstring(docstring)
    assert (read.description, read.parameters) == (description, {})


@settings(deadline=None)
@given(st.text() | st.text(alphabet="Args:x\n -:param ") | st.just("Args:\n    :x"))
def test_any_docstring_is_accepted(docstring: str) -> None:
    """Nothing is raised."""
    assert isinstance(read_docstring(docstring).description, str)


# ------------------------------------------------------------------------------- kinds of callables


class Database:
    """An object that models must not see."""

    def __init__(self, name: str) -> None:
        """Open a database."""
        self.name = name

    def find(self, key: str) -> str:
        """Find a value."""
        return f"{self.name}:{key}"

    @tool
    def search(self, query: str) -> str:
        """Search for a value."""
        return f"{self.name}?{query}"

    @tool(confirm=True)
    async def delete(self, key: str) -> str:
        """Delete a value."""
        return f"{self.name}-{key}"

    @classmethod
    def count(cls, of: str) -> str:
        """Count values."""
        return f"{cls.__name__} {of}"

    @staticmethod
    @tool
    def ping(host: str) -> str:
        """Ping a host."""
        return f"pong {host}"

    @tool
    @staticmethod
    def trace(host: str) -> str:
        """Trace a host."""
        return f"trace {host}"

    def __call__(self, key: str) -> str:  # noqa: D102 - the description is that of the class
        return f"call {key}"


def lookup(db: Database, key: str, *, limit: int = 3) -> str:
    """Look a key up."""
    return f"{db.name} {key} {limit}"


def logged(function: Any) -> Any:
    """Wrap a function."""

    @wraps(function)
    def wrapper(*args: Any, **kwargs: Any) -> Any:
        return function(*args, **kwargs)

    return wrapper


@logged
def wrapped(key: str) -> str:
    """Return the key."""
    return f"wrapped {key}"


@logged
async def wrapped_async(key: str) -> str:
    """Return the key."""
    return f"wrapped async {key}"


async def fetch(session: Database, key: str) -> str:
    """Fetch a key."""
    return f"{session.name} {key}"


DB = Database("db")
TRACE: Any = vars(Database)["trace"]
CALLABLES: list[tuple[CallableTool[..., Any], str, str | None, list[str], str]] = [
    (tool(DB.find), "find", "Find a value.", ["key"], "db:x"),
    (DB.search, "search", "Search for a value.", ["query"], "db?x"),
    (DB.delete, "delete", "Delete a value.", ["key"], "db-x"),
    (tool(Database.count), "count", "Count values.", ["of"], "Database x"),
    (Database.ping, "ping", "Ping a host.", ["host"], "pong x"),
    (TRACE.__get__(DB), "trace", "Trace a host.", ["host"], "trace x"),
    (tool(DB), "Database", "An object that models must not see.", ["key"], "call x"),
    (tool(partial(lookup, db=DB)), "lookup", "Look a key up.", ["key"], "db x 3"),
    (tool(partial(lookup, DB, limit=1)), "lookup", "Look a key up.", ["key"], "db x 1"),
    (
        tool(partial(partial(lookup, DB), limit=2)),
        "lookup",
        "Look a key up.",
        ["key"],
        "db x 2",
    ),
    (tool(wrapped), "wrapped", "Return the key.", ["key"], "wrapped x"),
    (tool(wrapped_async), "wrapped_async", "Return the key.", ["key"], "wrapped async x"),
    (tool(partial(DB.search)), "search", "Search for a value.", ["query"], "db?x"),
    (tool(partial(fetch, DB)), "fetch", "Fetch a key.", ["key"], "db x"),
    (tool(tool(wrapped)), "wrapped", "Return the key.", ["key"], "wrapped x"),
    (tool(name="shout")(str.upper.__get__("x")), "shout", None, [], "X"),
    (
        tool(Place, name="place"),
        "place",
        "A place on a map.",
        ["name"],
        '{"name": "x", "kind": "city"}',
    ),
]


@pytest.mark.parametrize(("created", "name", "description", "required", "output"), CALLABLES)
async def test_every_callable_can_be_a_tool(
    created: CallableTool[..., Any],
    name: str,
    description: str | None,
    required: list[str],
    output: str,
) -> None:
    """Bound arguments and `self` are not parameters."""
    assert created.definition.name == name
    assert created.definition.parameters["required"] == required
    if description:
        assert created.definition.description == description
    assert await created.run(dict.fromkeys(required, "x")) == output


async def test_method_needs_its_instance() -> None:
    """The tool of the class can be described and called, but not run."""
    assert Database.search(DB, "x") == "db?x"
    assert Database.search.definition.parameters["required"] == ["query"]
    with pytest.raises(TypeError, match=r"`search` is a method. Pass the tool of an instance"):
        await Database.search.run({"query": "x"})


async def test_tool_can_run_concurrently() -> None:
    """Calls share nothing."""
    both = threading.Barrier(2, timeout=30)

    def meet(name: str) -> str:
        both.wait()
        return name

    created = tool(meet)
    assert await asyncio.gather(*(created.run({"name": name}) for name in "ab")) == ["a", "b"]


def test_names_of_local_classes_are_resolved() -> None:
    """Postponed annotations may refer to a class in the function that defines the tool."""

    @attrs.frozen
    class Inner:
        value: "int"

    class Outer(TypedDict):
        inner: "Inner"

    def use(outer: "Outer", more: "list[Inner] | None" = None) -> str:
        return f"{outer['inner'].value} {more}"

    created = tool(use)
    assert set(created.definition.parameters["$defs"]) == {"Inner", "Outer"}
    output = asyncio.run(created.run({"outer": {"inner": {"value": 7}}, "more": []}))
    assert output == "7 []"


def test_names_of_the_closure_are_resolved() -> None:
    """The function that defines the class may have returned already."""

    def create() -> Any:
        @attrs.frozen
        class Inner:
            value: int

        @tool
        def use(inner: "Inner | None" = None) -> "Inner":
            return inner or use(Inner(7))

        return use.function

    created: CallableTool[..., Any] = tool(create())
    assert asyncio.run(created.run({})) == '{"value": 7}'


def test_tool_has_the_metadata_of_its_function() -> None:
    """For `inspect` and `help`."""
    weather = tool(get_weather, name="weather")
    assert inspect.signature(weather) == inspect.signature(get_weather)
    assert "function" in inspect.signature(CallableTool).parameters
    assert weather.__doc__ == get_weather.__doc__
    assert getattr(weather, "__name__", "") == "weather"
    assert repr(DB.search).startswith("CallableTool(function=<bound method Database.search of")
    with pytest.raises(attrs.exceptions.FrozenInstanceError):
        weather.confirm = True  # type: ignore[misc] # pyright: ignore[reportAttributeAccessIssue]


# -------------------------------------------------------------------------------- refused functions


def variable(*values: int) -> None:
    """Sum."""


def keywords(**values: int) -> None:
    """Sum."""


def positional(value: int, /) -> None:
    """Sum."""


def untyped(value) -> None:  # type: ignore[no-untyped-def] # noqa: ANN001  # pyright: ignore[reportMissingParameterType, reportUnknownParameterType]
    """Sum."""


def impossible(value: complex) -> None:
    """Sum."""


def nested(value: dict[str, list[bytes]]) -> None:
    """Sum."""


def unknown_name(value: "Missing") -> None:  # type: ignore[name-defined] # noqa: F821  # pyright: ignore[reportUndefinedVariable]
    """Sum."""


def generator(value: int) -> Iterator[int]:
    """Yield."""
    yield value


async def async_generator(value: int) -> AsyncIterator[int]:
    """Yield."""
    yield value


def local() -> Any:
    """Return a function that is no method, despite its parameter `self`."""

    def function(self) -> None:  # type: ignore[no-untyped-def] # noqa: ANN001  # pyright: ignore[reportMissingParameterType, reportUnknownParameterType]
        """Do nothing."""

    return function  # pyright: ignore[reportUnknownVariableType]


class ClassMethods:
    """A class method before it is bound."""

    @classmethod
    def count(cls) -> int:
        """Count."""
        return 1


REFUSED: list[tuple[Any, str]] = [
    (
        variable,
        "`variable` cannot be a tool: parameter `values`: a model cannot pass a variable",
    ),
    (
        keywords,
        "`keywords` cannot be a tool: parameter `values`: a model cannot pass a variable",
    ),
    (positional, "parameter `value`: it is positional-only"),
    (untyped, "parameter `value`: it has no type annotation"),
    (impossible, "parameter `value`: No JSON schema for <class 'complex'>"),
    (nested, "parameter `value`: No JSON schema for <class 'bytes'>"),
    (unknown_name, "parameter `value`: name 'Missing' is not defined"),
    (generator, "`generator` cannot be a tool: it is a generator"),
    (async_generator, "it is a generator"),
    (vars(ClassMethods)["count"], "it is not callable. Pass a class method of its class"),
    (dict.fromkeys, "cannot be a tool: "),
    (range, "`range` cannot be a tool: no signature found"),
    (local(), "parameter `self`: it has no type annotation"),
]


@pytest.mark.parametrize(("function", "message"), REFUSED)
def test_function_that_cannot_be_a_tool_is_refused(function: Any, message: str) -> None:
    """When the tool is created, with the parameter and the reason."""
    with pytest.raises(TypeError) as caught:
        tool(function)
    assert message in str(caught.value)


@pytest.mark.parametrize("name", ["", "a b", "é", "a.b", "x" * 65, "tool\n"])
def test_invalid_name_is_refused(name: str) -> None:
    """With the rule."""
    with pytest.raises(ValueError, match=r"1 to 64 letters, digits, `_` and `-`. Pass `name=`"):
        tool(get_weather, name=name)
    with pytest.raises(ValueError, match="'<lambda>' cannot be the name of a tool"):
        tool(lambda: "x")


@pytest.mark.parametrize("timeout", [0, -1.5, float("nan")])
def test_timeout_is_positive(timeout: float) -> None:
    """Another limit is a programming error."""
    with pytest.raises(ValueError, match="`timeout` must be a positive number of seconds"):
        tool(get_weather, timeout=timeout)


# -------------------------------------------------------------------------------- running functions

USER: ContextVar[str] = ContextVar("USER")


def who() -> str:
    """Return the user and the thread."""
    return f"{USER.get()} {threading.current_thread() is threading.main_thread()}"


async def test_plain_functions_run_in_a_thread_with_the_context_of_the_caller() -> None:
    """Or on the thread of the loop, by an option."""
    USER.set("ada")
    assert await tool(who).run({}) == "ada False"
    assert await tool(who, thread=False).run({}) == "ada True"


async def test_cancellation_does_not_wait_for_the_thread() -> None:
    """The late result is dropped."""
    release, started = threading.Event(), asyncio.Event()
    loop = asyncio.get_running_loop()

    def block() -> str:
        loop.call_soon_threadsafe(started.set)
        release.wait()
        return "late"

    task = asyncio.create_task(tool(block).run({}))
    await started.wait()
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    release.set()


@pytest.mark.parametrize("error", [ToolError("Try again"), ValueError("secret"), KeyError("x")])
async def test_errors_of_the_function_propagate_unchanged(error: Exception) -> None:
    """The run decides what the model receives."""

    def fail() -> None:
        raise error

    async def fail_async() -> None:
        raise error

    for function in (fail, fail_async):
        with pytest.raises(type(error)) as caught:
            await tool(function).run({})
        assert caught.value is error


async def test_cancelled_error_in_a_tool_is_raised() -> None:
    """It is no error of the tool, as everywhere in asyncio."""

    async def cancel() -> None:
        raise asyncio.CancelledError

    with pytest.raises(asyncio.CancelledError):
        await tool(cancel).run({})


# ------------------------------------------------------------------------------ types of parameters


class Point(NamedTuple):
    """A point."""

    x: float
    y: float = 0.0


class Order(BaseModel):
    """An order."""

    item: str
    amount: int = Field(1, ge=1, description="How many")


async def test_every_kind_of_type_is_supported() -> None:
    """Named tuples, models, constraints, and descriptions with `Doc` or pydantic's `Field`."""

    def use(
        point: Annotated[Point, Doc("Where")],
        order: Order,
        count: Annotated[int, Field(description="How often", ge=1, le=3)] = 1,
        limit: float = float("inf"),
    ) -> str:
        return f"{point} {order!r} {count} {limit}"

    created = tool(use)
    properties = created.definition.parameters["properties"]
    assert properties["point"] == {"anyOf": [{"$ref": "#/$defs/Point"}], "description": "Where"}
    assert properties["order"]["properties"]["amount"]["description"] == "How many"
    assert properties["count"] == {
        "type": "integer",
        "minimum": 1,
        "maximum": 3,
        "description": "How often",
        "default": 1,
    }
    assert properties["limit"] == {"type": "number"}
    assert await created.run({"point": {"x": 1}, "order": {"item": "pen"}, "count": 2}) == (
        "Point(x=1.0, y=0.0) Order(item='pen', amount=1) 2 inf"
    )
    with pytest.raises(ToolError) as caught:
        await created.run({"point": {"x": "a"}, "order": {"item": "pen", "amount": 0}, "count": 4})
    assert str(caught.value) == (
        "Invalid arguments for `use`: `point.x` must be a number, got a string; "
        "`order.amount`: Input should be greater than or equal to 1; "
        "`count` must be at most 3, got 4."
    )
