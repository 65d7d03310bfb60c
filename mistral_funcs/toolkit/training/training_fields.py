"""Checks of the fields of JSON objects in training files."""

from collections.abc import Callable, Mapping
from typing import Any, Final, TypeAlias, cast

Check: TypeAlias = Callable[[Any, str], None]
"""Raises a `FieldError` for a value with a path."""


class FieldError(ValueError):
    """A line of a training file that is not valid. The message is the reason."""


def check_object(value: Any, path: str, fields: Mapping[str, Check], *required: str) -> None:
    """Check an object and its fields. Other fields are invalid.

    Args:
        value: The value.
        path: Its path.
        fields: The check of each field.
        required: The required fields.

    Raises:
        FieldError: The value is invalid.
    """
    if value.__class__ is not dict:
        raise FieldError(f"{_name(path)} must be an object, got {kind_of(value)}")
    given = cast("dict[str, Any]", value)
    for name in required:
        if name not in given:
            raise FieldError(f"{_join(path, name)} is missing")
    for name, each in given.items():
        if name not in fields:
            raise FieldError(f"{_join(path, name)} is not a known field")
        fields[name](each, _join(path, name))


def typed(*types: type, null: bool = False) -> Check:
    """Return a check of a type. An integer is a number, a boolean is not."""
    names = {
        str: "a string",
        bool: "a boolean",
        int: "a number",
        float: "a number",
        dict: "an object",
    }
    expected = " or ".join(dict.fromkeys(names[each] for each in types))

    def check(value: Any, path: str) -> None:
        if (value is None and null) or value.__class__ in types:
            return
        raise FieldError(f"{_name(path)} must be {expected}, got {kind_of(value)}")

    return check


def is_one_of(*values: str) -> Check:
    """Return a check of a constant."""

    def check(value: Any, path: str) -> None:
        if value not in values or value.__class__ is not str:
            expected = " or ".join(map(repr, values))
            raise FieldError(f"{_name(path)} must be {expected}, got {shown(value)}")

    return check


def list_of(item: Check, *, null: bool = False) -> Check:
    """Return a check of a list."""

    def check(value: Any, path: str) -> None:
        if value.__class__ is list:
            items: list[Any] = value
            for index, each in enumerate(items):
                item(each, f"{path}[{index}]")
        elif not (value is None and null):
            raise FieldError(f"{_name(path)} must be a list, got {kind_of(value)}")

    return check


KINDS: Final[Mapping[type, str]] = {
    str: "a string",
    bool: "a boolean",
    int: "a number",
    float: "a number",
    dict: "an object",
    list: "a list",
}


def kind_of(value: Any) -> str:
    """Return the JSON type of a value."""
    return KINDS.get(value.__class__, "null")


def shown(value: Any) -> str:
    """Return a string in quotes, and the type of anything else."""
    return repr(value[:50]) if isinstance(value, str) else kind_of(value)


def _join(path: str, name: str) -> str:
    return f"{path}.{name[:50]}" if path else name[:50]


def _name(path: str) -> str:
    return path or "the line"
