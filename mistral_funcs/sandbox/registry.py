"""The registry of hand-written behaviors, by operation."""

from collections.abc import Callable, Coroutine, Mapping
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from inspect import signature
from typing import Any, TypeAlias, TypeVar

from mistral_core import Failure, Response, Result, operation_of
from mistral_funcs.sandbox import behaviors

T = TypeVar("T")

Behavior: TypeAlias = Callable[..., Any]
"""A function that takes the state and any arguments of an operation, by name.

It returns the value of the response, or a complete `Response`. Its parameter `arguments` receives
all arguments that were sent, `request` the `Incoming` request, and `stream` whether the request
asks for a stream.
"""

ALIASES = {"events": "workflows_events"}
"""Resources that are aliases of another resource."""

_BEHAVIORS: dict[tuple[str, str], Behavior] = {}


def responds_to(
    function: Callable[..., Coroutine[Any, Any, Result[T, Failure]]],
) -> Callable[[Callable[..., T | Response]], Callable[..., T | Response]]:
    """Register a behavior for an operation and its streaming twin, which share an endpoint."""
    operation = operation_of(function)

    def register(behavior: Callable[..., T | Response]) -> Callable[..., T | Response]:
        _BEHAVIORS[operation.method, operation.path] = behavior
        return behavior

    return register


def behavior_of(method: str, path: str, module: str) -> Behavior | None:
    """Return the behavior of an operation, if it has one.

    Args:
        method: The HTTP method of the operation.
        path: The path template of the operation.
        module: The module of the operation, such as `audio.voices.list`: the behaviors of a
            resource are in `behaviors/audio_voices.py`, which is imported here on first use.
    """
    _load(module.rpartition(".")[0].replace(".", "_"))
    return _BEHAVIORS.get((method, path))


@cache
def parameters_of(behavior: Behavior) -> frozenset[str]:
    """Return the names of the parameters of a behavior besides `state`."""
    return frozenset(signature(behavior).parameters) - {"state"}


def select(behavior: Behavior, values: Mapping[str, Any]) -> dict[str, Any]:
    """Return the values that a behavior takes."""
    return {name: values[name] for name in parameters_of(behavior) & values.keys()}


@cache
def _load(resource: str) -> None:
    name = f"{behaviors.__name__}.{ALIASES.get(resource, resource)}"
    if find_spec(name) is not None:
        import_module(name)
