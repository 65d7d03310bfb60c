"""Methods that attrs classes share, rather than have attrs generate and compile them for each.

That is most of what it takes to import a class, and few programs ever call them.
"""

from functools import cache
from reprlib import recursive_repr
from typing import Any

import attrs


def equals(self: Any, other: Any) -> Any:
    """Return whether the other object is of the same class and has equal fields."""
    cls: Any = self.__class__
    if other.__class__ != cls:
        return NotImplemented
    for name, key in _compared(cls):
        mine, others = getattr(self, name), getattr(other, name)
        if not (mine == others if key is None else key(mine) == key(others)):
            return False
    return True


def hash_of(self: Any) -> int:
    """Return the hash of the fields."""
    cls: Any = self.__class__
    values = [(getattr(self, name), key) for name, key in _compared(cls)]
    return hash((cls, *(each if key is None else key(each) for each, key in values)))


@recursive_repr()
def representation(self: Any) -> str:
    """Show the class and its fields."""
    cls: Any = self.__class__
    shown: list[str] = []
    for field in attrs.fields(cls):
        if field.repr is not False:
            value = getattr(self, field.name)
            text = repr(value) if field.repr is True else field.repr(value)
            shown.append(f"{field.name}={text}")
    return f"{cls.__qualname__.rpartition('>.')[2]}({', '.join(shown)})"


def share(cls: type, *names: str) -> None:
    """Give a class its own references to inherited methods, so that attrs generates no others."""
    for name in names:
        if name not in vars(cls):
            setattr(cls, name, getattr(cls, name))


class SharedRepr:
    """Base class for attrs classes that share `repr`."""

    __slots__ = ()

    def __repr__(self) -> str:
        """Show the class and its fields."""
        return representation(self)

    def __init_subclass__(cls) -> None:
        """Share the method."""
        super().__init_subclass__()
        share(cls, "__repr__")


class SharedMethods(SharedRepr):
    """Base class for attrs classes that share `==`, `hash` and `repr`."""

    __slots__ = ()

    __eq__ = equals
    __hash__ = hash_of

    def __init_subclass__(cls) -> None:
        """Share the methods."""
        super().__init_subclass__()
        share(cls, "__eq__", "__hash__")


@cache
def _compared(cls: Any) -> tuple[tuple[str, Any], ...]:
    """Return the names of the fields that are compared, with the key to compare by, if any."""
    return tuple((field.name, field.eq_key) for field in attrs.fields(cls) if field.eq)
