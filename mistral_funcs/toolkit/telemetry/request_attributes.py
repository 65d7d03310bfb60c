"""Attributes of a call that its arguments contain, without content."""

from collections.abc import Iterator, Mapping
from typing import Any, Final, TypeAlias, cast
from urllib.parse import urlsplit

from mistral_core import Operation, StartedCall
from mistral_funcs.toolkit.telemetry.genai_operations import (
    OUTPUT_TYPES,
    PROVIDER,
    operation_name,
)

Value: TypeAlias = str | int | float | bool | list[str]

NUMBERS: Final[Mapping[str, tuple[str, type[int] | type[float]]]] = {
    "max_tokens": ("gen_ai.request.max_tokens", int),
    "max_output_tokens": ("gen_ai.request.max_tokens", int),
    "random_seed": ("gen_ai.request.seed", int),
    "temperature": ("gen_ai.request.temperature", float),
    "top_p": ("gen_ai.request.top_p", float),
    "top_k": ("gen_ai.request.top_k", float),
    "frequency_penalty": ("gen_ai.request.frequency_penalty", float),
    "presence_penalty": ("gen_ai.request.presence_penalty", float),
    "output_dimension": ("gen_ai.embeddings.dimension.count", int),
}
"""The attribute of each numeric argument, and its type."""

STRINGS: Final[Mapping[str, str]] = {
    "model": "gen_ai.request.model",
    "agent_id": "gen_ai.agent.id",
    "conversation_id": "gen_ai.conversation.id",
    "index_name": "gen_ai.data_source.id",
}

AGENT: Final[Mapping[str, str]] = {
    "name": "gen_ai.agent.name",
    "description": "gen_ai.agent.description",
}
"""The attributes of arguments of `create_agent`."""


def call_attributes(started: StartedCall) -> dict[str, Value]:
    """Return the attributes of a call that are known when it starts."""
    name = started.operation.name
    operation = operation_name(started.operation)
    attributes: dict[str, Value] = {
        "gen_ai.operation.name": operation or name or _endpoint(started.operation),
        "gen_ai.provider.name": PROVIDER,
        **_address(started.server_url),
    }
    arguments = arguments_of(started)
    if operation is None:
        model = arguments.get("model")
        return attributes | ({"gen_ai.request.model": model} if isinstance(model, str) else {})
    returns = started.operation.returns
    if returns.streamed or returns.websocket:
        attributes["gen_ai.request.stream"] = True
    if name in OUTPUT_TYPES:
        attributes["gen_ai.output.type"] = OUTPUT_TYPES[name]
    if operation == "create_agent":
        attributes.update(_strings(arguments, AGENT))
    return attributes | completion_attributes(arguments)


def _endpoint(operation: Operation[Any]) -> str:
    return f"{operation.method} {operation.path}"


def _address(server_url: str) -> dict[str, Value]:
    """Return the address of the server, if the URL of the call is valid."""
    try:
        parts = urlsplit(server_url)
        port = parts.port or (80 if parts.scheme == "http" else 443)
    except ValueError:
        return {}
    return {"server.address": parts.hostname, "server.port": port} if parts.hostname else {}


def arguments_of(started: StartedCall) -> dict[str, Any]:
    """Return the arguments of a call by name, wherever they are sent."""
    given = started.arguments
    return {**given.path, **given.query, **(given.json or {}), **(given.form or {})}


def completion_attributes(arguments: Mapping[str, Any]) -> dict[str, Value]:
    """Return the attributes that the arguments of a completion contain."""
    attributes: dict[str, Value] = dict(_strings(arguments, STRINGS))
    settings = arguments.get("completion_args")
    for source in (arguments, settings):
        attributes |= dict(_settings(source))
    return attributes


def field_of(source: Any, name: str) -> Any:
    """Return a field of an object or mapping, or `None`."""
    if not isinstance(source, Mapping):
        return getattr(source, name, None)
    return cast("Mapping[str, Any]", source).get(name)


def _strings(source: Any, names: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    for name, attribute in names.items():
        value = field_of(source, name)
        if isinstance(value, str) and value:
            yield attribute, value


def _settings(source: Any) -> Iterator[tuple[str, Value]]:
    """Yield the attributes of the settings of a completion that are valid and known."""
    for name, (attribute, kind) in NUMBERS.items():
        value = field_of(source, name)
        if isinstance(value, int if kind is int else int | float) and value.__class__ is not bool:
            yield attribute, kind(value)
    count = field_of(source, "n")
    if count.__class__ is int and count != 1:
        yield "gen_ai.request.choice.count", count
    stop = field_of(source, "stop")
    sequences: Any = [stop] if isinstance(stop, str) else stop
    if isinstance(sequences, list | tuple):
        yield "gen_ai.request.stop_sequences", [*map(str, cast("list[Any]", sequences))]
    encoding = field_of(source, "encoding_format")
    if isinstance(encoding, str):
        yield "gen_ai.request.encoding_formats", [encoding]
    form = field_of(field_of(source, "response_format"), "type")
    form = form or field_of(field_of(field_of(source, "text"), "format"), "type")
    if form in ("json_object", "json_schema"):
        yield "gen_ai.output.type", "json"
    elif form == "text":
        yield "gen_ai.output.type", "text"
