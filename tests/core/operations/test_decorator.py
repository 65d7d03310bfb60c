"""A declared operation behaves like a plain function: arguments, name, signature, pickling."""

import inspect
import pickle
import sys
import traceback
from collections.abc import Callable
from types import FrameType
from typing import Any

import pytest

from mistral_core import (
    MistralCore,
)
from mistral_core.testing import ScriptedTransport, json_response
from mistral_funcs import models_list, models_retrieve
from tests.core.operations.cards import (
    cards_delete,
    cards_draw,
    cards_draw_stream,
    cards_get,
)

WRONG: dict[str, tuple[Callable[..., Any], tuple[Any, ...], dict[str, Any], str]] = {
    "no client": (cards_delete, (), {"ids": []}, "missing a required argument: 'client'"),
    "no path parameter": (cards_get, (1, "a"), {}, "missing a required argument: 'card'"),
    "one too many": (cards_get, (1, "a", 7, "red"), {}, "too many positional arguments"),
    "twice": (cards_get, (1, "a", 7), {"card": 7}, "multiple values for argument 'card'"),
    "a typo": (cards_get, (1, "a", 7), {"colour": "red"}, "unexpected keyword argument 'colour'"),
    "no field": (cards_draw, (1,), {}, "missing a required"),
    "no field of the twin": (cards_draw_stream, (1,), {}, "missing a required"),
}
"""Calls with wrong arguments, and a part of the error message."""


@pytest.mark.parametrize("name", WRONG)
async def test_wrong_arguments_are_a_type_error(name: str) -> None:
    """The message names the operation, as that of any function does."""
    function, args, named, says = WRONG[name]
    with pytest.raises(TypeError, match=says) as raised:
        await function(*args, **named)
    assert str(raised.value).startswith(f"{function.__name__}(): ")
    assert raised.value.__cause__ is None


async def test_traceback_and_profiler_show_the_operation() -> None:
    """Rather than a wrapper with the same name for all operations."""
    names: list[str] = []

    def profile(frame: FrameType, event: str, _: object) -> None:
        if event == "call":
            names.append(frame.f_code.co_qualname)

    client = MistralCore("key", transport=ScriptedTransport(json_response({})))
    sys.setprofile(profile)
    try:
        await cards_get(client, "a", 7)
    finally:
        sys.setprofile(None)
    assert "cards_get" in names
    missing: Any = object()
    with pytest.raises(AttributeError) as raised:
        await cards_get(missing, "a", 7)
    assert "cards_get" in [each.name for each in traceback.extract_tb(raised.value.__traceback__)]


def test_function_has_the_metadata_of_its_declaration() -> None:
    """Name, module, signature and docstring."""
    assert cards_get.__name__ == cards_get.__qualname__ == "cards_get"
    assert cards_get.__module__ == "tests.core.operations.cards"
    assert [*inspect.signature(cards_get).parameters] == [
        *("client", "deck_id", "card", "color", "from_", "last_seen", "options")
    ]
    assert inspect.iscoroutinefunction(cards_get)
    assert inspect.iscoroutinefunction(cards_draw_stream)
    assert (cards_get.__doc__ or "").startswith("Get a card.\n")


def test_twin_has_the_parameters_and_their_documentation() -> None:
    """They are inserted between the twin's first line and its `Returns:`."""
    plain, twin = inspect.signature(cards_draw), inspect.signature(cards_draw_stream)
    assert [*twin.parameters.values()] == [*plain.parameters.values()]
    assert "EventStream" in str(twin.return_annotation)
    summary, arguments, returns = (cards_draw_stream.__doc__ or "").split("\n\n")
    assert summary == "Draw cards as a stream."
    assert arguments == inspect.cleandoc(cards_draw.__doc__ or "").partition("\n\n")[2]
    assert returns == "Returns:\n    The stream."


@pytest.mark.parametrize("function", [models_list, models_retrieve, cards_get, cards_draw_stream])
def test_function_is_pickled_by_its_name(function: Callable[..., Any]) -> None:
    """So that it can be sent to a worker process."""
    assert pickle.loads(pickle.dumps(function)) is function  # noqa: S301
