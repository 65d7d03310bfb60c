"""Type annotations as data: evaluated, without aliases, and with their descriptions."""

import inspect
import sys
from collections.abc import Mapping
from types import FrameType
from typing import Annotated, Any, Generic, TypeVar, get_args, get_origin, get_type_hints

from mistral_core.schema import UNSET, Unknown
from mistral_core.structuring.unions import is_literal as is_literal, is_union as is_union

QUALIFIERS = {"Required", "NotRequired", "ReadOnly"}
"""What the annotation of a field of a `TypedDict` can begin with."""


def evaluate(annotation: Any, names: Mapping[str, Any]) -> Any:
    """Return the type of an annotation that may be postponed or contain forward references.

    Args:
        annotation: The annotation.
        names: The names that it may refer to.

    Raises:
        NameError: It refers to an unknown name.
    """
    holder = type("Holder", (), {"__annotations__": {"annotation": annotation}})
    hints = get_type_hints(holder, dict(names), {}, include_extras=True)
    return hints["annotation"]


def names_around(module_names: dict[str, Any]) -> dict[str, Any]:
    """Return the names that annotations in a module may refer to.

    Besides the names of the module, these are the local names of its functions that are running:
    an annotation may refer to a class that is defined in the same function.
    """
    frames: list[dict[str, Any]] = []
    frame: FrameType | None = inspect.currentframe()
    while frame is not None:
        if frame.f_globals is module_names and frame.f_locals is not module_names:
            frames.append(frame.f_locals)
        frame = frame.f_back
    local = {name: each for outer in reversed(frames) for name, each in outer.items()}
    return {**module_names, **local}


def members_of(union: Any) -> tuple[Any, ...]:
    """Return the members of a union that JSON can have: not `Unknown`, and not `UNSET`."""
    return tuple(
        each for each in get_args(union) if each is not Unknown and get_args(each) != (UNSET,)
    )


def is_alias(kind: Any) -> bool:
    """Return whether a type is a `NewType` or was defined by a `type` statement."""
    return hasattr(kind, "__supertype__") or is_type_alias(kind)


def is_type_alias(kind: Any) -> bool:
    """Return whether a type was defined by a `type` statement, or is `TypeAliasType`."""
    return type(kind).__name__ == "TypeAliasType"


def aliased(kind: Any) -> Any:
    """Return the type of an alias."""
    if hasattr(kind, "__supertype__"):
        return kind.__supertype__
    return evaluate(kind.__value__, vars(sys.modules[kind.__module__]))


def type_arguments(kind: Any) -> dict[Any, Any]:
    """Return the types of the type variables of a class and its bases, such as `list[int]` for `T`.

    Args:
        kind: A class, or a generic class with its arguments.
    """
    cls = get_origin(kind) or kind
    variables = getattr(cls, "__parameters__", ())
    own = dict(zip(variables, get_args(kind), strict=False))
    inherited: dict[Any, Any] = {}
    for base in getattr(cls, "__orig_bases__", ()):
        if get_origin(base) not in (None, Generic):
            inherited |= type_arguments(base)
    return {name: substituted(each, own) for name, each in inherited.items()} | own


def substituted(kind: Any, arguments: Mapping[Any, Any]) -> Any:
    """Return a type with the types of its type variables."""
    if not arguments:
        return kind
    if isinstance(kind, TypeVar):
        return arguments.get(kind, kind)
    variables = getattr(kind, "__parameters__", ())
    if isinstance(kind, type) or not variables:
        return kind
    return kind[tuple(arguments.get(each, each) for each in variables)]


def is_annotated(kind: Any) -> bool:
    """Return whether a type is `Annotated`."""
    origin: Any = get_origin(kind)
    return origin is Annotated


def split_annotated(kind: Any) -> tuple[Any, tuple[Any, ...]]:
    """Return a type without its `Annotated`, and the metadata of that."""
    if not is_annotated(kind):
        return kind, ()
    return kind.__origin__, kind.__metadata__


def split_qualifiers(kind: Any) -> tuple[Any, set[str]]:
    """Return the type of a field of a `TypedDict`, and its qualifiers such as `NotRequired`."""
    qualifiers: set[str] = set()
    while (name := getattr(get_origin(kind), "_name", None)) in QUALIFIERS:
        qualifiers.add(name)
        (kind,) = get_args(kind)
    return kind, qualifiers


def description_of(metadata: tuple[Any, ...]) -> str | None:
    """Return the description in the metadata of `Annotated`.

    It is a string, a `Doc` of `typing_extensions`, or has a `description`, as pydantic's `Field`.
    """
    for each in metadata:
        described: Any = each
        for name in ("documentation", "description"):
            described = getattr(each, name, described)
        if isinstance(described, str) and described:
            return described
    return None
