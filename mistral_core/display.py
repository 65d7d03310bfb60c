"""Representations of schema objects: a `repr` of one or two lines, and a table for notebooks.

Only fields that are set are shown. Fields with `repr=False`, which are secret or long, stay hidden.
"""

from collections.abc import Iterator
from html import escape
from typing import Any, cast, final

import attrs

MAX_LENGTH = 200
"""Maximum length of a representation: two lines of 100 columns."""

MAX_CELL_LENGTH = 2_000
MAX_CELL_ITEMS = 20
MAX_TABLE_DEPTH = 6
"""Limits of a table in a notebook: characters of a string, items of a list, nested tables."""


@final
@attrs.frozen
class Limits:
    """Limits on how much of a value is shown.

    Attributes:
        text: Maximum number of characters of a string.
        items: Maximum number of items of a list or a mapping.
        depth: Maximum number of levels of nested objects.
    """

    text: int
    items: int
    depth: int

    def inner(self) -> "Limits":
        """Return the limits of nested objects."""
        return Limits(self.text, self.items, self.depth - 1)


LIMITS = Limits(80, 4, 4), Limits(40, 3, 3), Limits(32, 2, 2), Limits(24, 1, 1), Limits(24, 1, 0)
"""The limits to try, from the loosest to the tightest, until the result is short enough."""


BRACKETS: dict[type, tuple[str, str]] = {dict: ("{", "}"), list: ("[", "]"), tuple: ("(", ")")}


def represent(value: Any) -> str:
    """Return the representation of an object, with the fields that are set."""
    own = type(value).__repr__
    text = ""
    for limits in LIMITS:
        text = _object(value, own, limits)
        if len(text) <= MAX_LENGTH:
            return text
    fields = [*_fields(value, own, LIMITS[-1])]
    while len(text) > MAX_LENGTH:
        fields.pop()
        text = f"{_name(value)}({', '.join([*fields, '...'])})"
    return text


def set_fields(value: Any) -> Iterator[tuple[str, Any]]:
    """Yield the names and values of the fields that are shown and differ from their defaults."""
    cls: Any = value.__class__
    for field in attrs.fields(cls):
        if field.repr is not False:
            each, default = getattr(value, field.name), _default(field)
            if type(each) is not type(default) or each != default:
                yield field.name, each


def _default(field: Any) -> Any:
    default = field.default
    is_factory = isinstance(default, cast("Any", attrs.Factory)) and not default.takes_self
    return default.factory() if is_factory else default


def _name(value: Any) -> str:
    return type(value).__qualname__.rpartition(">.")[2]


def _object(value: Any, own: Any, limits: Limits) -> str:
    return f"{_name(value)}({', '.join(_fields(value, own, limits))})"


def _fields(value: Any, own: Any, limits: Limits) -> Iterator[str]:
    return (f"{name}={_brief(each, own, limits)}" for name, each in set_fields(value))


def _brief(value: Any, own: Any, limits: Limits) -> str:
    """Return a short representation of a value.

    Args:
        value: The value.
        own: The `__repr__` of objects whose fields are shown. Others are shown by their `repr`.
        limits: How much to show.
    """
    kind: Any = value.__class__
    if kind.__repr__ is own:
        return _object(value, own, limits.inner()) if limits.depth else f"{_name(value)}(...)"
    if kind in (str, bytes):
        is_short = len(value) <= limits.text
        dots: Any = "..." if kind is str else b"..."
        return repr(value if is_short else value[: limits.text - 3] + dots)
    if kind in BRACKETS:
        return _collection(value, own, limits)
    return _cut(repr(value), limits.text)


def _collection(value: Any, own: Any, limits: Limits) -> str:
    """Return a short representation of a list, a tuple or a dictionary."""
    opening, closing = BRACKETS[type(value)]
    count = len(value)
    if count and limits.depth <= 0:
        return f"{opening}... {count:,}{closing}"
    inner = limits.inner()
    shown = [each for each, _ in zip(value, range(limits.items), strict=False)]
    if opening == "{":
        items = [f"{_brief(key, own, inner)}: {_brief(value[key], own, inner)}" for key in shown]
    else:
        items = [_brief(each, own, inner) for each in shown]
    if count > len(items):
        items.append(f"... {count - len(items):,} more")
    elif opening == "(" and count == 1:
        items.append("")
    return f"{opening}{', '.join(items).rstrip()}{closing}"


def _cut(text: str, length: int) -> str:
    return text if len(text) <= length else f"{text[: length - 3]}..."


def as_html(value: Any) -> str:
    """Return an object as an HTML table, for notebooks. All of its text is escaped."""
    return _table(value, type(value).__repr__, MAX_TABLE_DEPTH)


def _table(value: Any, own: Any, depth: int) -> str:
    rows = "".join(
        f"<tr><th>{escape(name)}</th><td>{_cell(each, own, depth - 1)}</td></tr>"
        for name, each in set_fields(value)
    )
    return f"<table><caption>{escape(_name(value))}</caption>{rows}</table>"


def _cell(value: Any, own: Any, depth: int) -> str:
    if type(value).__repr__ is own and depth:
        return _table(value, own, depth)
    if value.__class__ is list and depth:
        items = [_cell(each, own, depth - 1) for each in value[:MAX_CELL_ITEMS]]
        if len(value) > len(items):
            items.append(f"... {len(value) - len(items):,} more")
        return f"<ol start=0>{''.join(f'<li>{each}</li>' for each in items)}</ol>"
    if type(value) is str:
        return f"<pre>{escape(_cut(value, MAX_CELL_LENGTH))}</pre>"
    return f"<code>{escape(_brief(value, own, LIMITS[0]))}</code>"
