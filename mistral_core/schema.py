"""The base class of API schemas, and types that schemas use."""

from enum import Enum
from importlib import import_module
from typing import Annotated, Any, ClassVar, Final, Literal, TypeAlias, final

import attrs

UnixTime: TypeAlias = Annotated[int, "seconds since the Unix epoch"]
"""A time in seconds since the Unix epoch. Fractions of a second are dropped."""


def _represent(self: Any) -> str:
    """Return a short representation, with the fields that are set."""
    from mistral_core.display import represent  # noqa: PLC0415 - not needed to make a call

    return represent(self)


def _as_html(value: Any) -> str:
    """Return a table for notebooks."""
    from mistral_core.display import as_html  # noqa: PLC0415 - as above

    return as_html(value)


def _pydantic_schema(cls: type[Any], *_: object) -> Any:
    """Return the pydantic core schema of a class."""
    # Imported by name: the module belongs to a package above this one.
    return import_module("mistral_core.serialization.pydantic_types").core_schema_of(cls)


@attrs.frozen(kw_only=True)
class Schema:
    """Base class for API objects.

    Attributes:
        additional_properties: Fields that the API sent but the specification does not define.
    """

    _may_be_empty: ClassVar[bool] = False
    """Whether a response without any of the fields is valid."""

    additional_properties: dict[str, Any] = attrs.field(factory=dict[str, Any], repr=False)

    __repr__ = _represent
    _repr_html_ = _as_html
    __get_pydantic_core_schema__ = classmethod(_pydantic_schema)

    @classmethod
    def __attrs_init_subclass__(cls) -> None:
        """Keep the inherited `__repr__` instead of the one that attrs generates."""
        code = getattr(vars(cls).get("__repr__"), "__code__", None)
        if code is not None and code.co_filename.startswith("<attrs generated"):
            del cls.__repr__


EXTRA = attrs.fields(Schema).additional_properties.name
_extra: Any = vars(Schema)[EXTRA]


def _additional_properties(schema: Schema) -> Any:
    """Return the additional properties. The dictionary is created on first access."""
    try:
        return _extra.__get__(schema)
    except AttributeError:
        _extra.__set__(schema, {})
        return _extra.__get__(schema)


# Created on first access: most responses have none, and an empty dictionary takes as much memory as
# 8 fields.
setattr(Schema, EXTRA, property(_additional_properties, _extra.__set__))


def key_of(field: "attrs.Attribute[Any]") -> str:
    """Return the name of a field in JSON: `json_key` in its metadata, or else its name."""
    key: str = field.metadata.get("json_key", field.name)
    return key


@final
@attrs.frozen
class Unknown:
    """A value that the API sent but this version of the SDK has no schema for.

    It replaces an object of an unknown type and an invalid item of a list, so that neither fails
    the call.

    The fields of an object are attributes of type `Any`, so that `card.id` works for all items of
    a list of models.

    Attributes:
        raw: The JSON value as received.
        reason: Why there is no schema for it.
    """

    raw: Any
    reason: str = attrs.field(default="", eq=False)

    __repr__ = _represent
    _repr_html_ = _as_html
    __get_pydantic_core_schema__ = classmethod(_pydantic_schema)

    def __getattr__(self, name: str) -> Any:
        """Return a field of the object that was received."""
        # `raw` itself is missing while an instance is copied or unpickled.
        received: Any = None if name.startswith("_") or name == "raw" else self.raw
        if received.__class__ is dict and name in received:
            return received[name]
        message = f"{name!r} is not a field of the unknown object that was received"
        raise AttributeError(message, name=name, obj=self)


class _Unset(Enum):
    UNSET = "UNSET"

    def __bool__(self) -> Literal[False]:
        return False

    def __repr__(self) -> str:
        return "UNSET"


Unset: TypeAlias = Literal[_Unset.UNSET]
"""The type of `UNSET`."""

UNSET: Final = _Unset.UNSET
"""An omitted argument: not sent at all, whereas `None` is sent as `null`."""
