"""Properties of a response that a command needs in advance, derived from its declaration."""

from types import NoneType, UnionType
from typing import Any, Literal, Union, get_args, get_origin

import attrs

from mistral_core import UNSET, Binary, Operation

TEXT_DELTAS = (".text.delta", "output_text.delta", "message.output.delta")
"""Suffixes of the types of events with text."""


def members(annotation: Any) -> tuple[Any, ...]:
    """Return the types that a value may have, without `None` and `UNSET`."""
    kinds = get_args(annotation) if get_origin(annotation) in {Union, UnionType} else (annotation,)
    return tuple(kind for kind in kinds if kind is not NoneType and get_args(kind) != (UNSET,))


def schemas_of(operation: Operation[Any]) -> tuple[Any, ...]:
    """Return the classes of a response, or of the events in it."""
    return members(getattr(operation.returns, "schema", None))


def is_binary(operation: Operation[Any]) -> bool:
    """Return whether a response is bytes, which cannot be printed as JSON."""
    return isinstance(operation.returns, Binary)


def has_audio(operation: Operation[Any]) -> bool:
    """Return whether a response, or an event in it, contains audio in base64."""
    return any(isinstance(getattr(each, "audio", None), property) for each in _classes(operation))


def is_completion(operation: Operation[Any]) -> bool:
    """Return whether a response consists of choices, whose text can be printed as it arrives."""
    return any("choices" in attrs.fields_dict(each) for each in _classes(operation))


def has_text(operation: Operation[Any]) -> bool:
    """Return whether the events of a stream contain text to print as it arrives."""
    return is_completion(operation) or any(map(is_text_delta, _classes(operation)))


def is_text_delta(event: Any) -> bool:
    """Return whether an event or a class of events contains text, judging by its `type`."""
    if isinstance(event, type):
        annotation = attrs.fields_dict(event)["type"].type if _has_type(event) else None
        names = get_args(annotation) if get_origin(annotation) is Literal else ()
    else:
        names = (getattr(event, "type", None),)
    return any(str(name).endswith(TEXT_DELTAS) for name in names)


def _has_type(cls: Any) -> bool:
    return "type" in attrs.fields_dict(cls)


def _classes(operation: Operation[Any]) -> list[Any]:
    return [each for each in schemas_of(operation) if attrs.has(each)]
