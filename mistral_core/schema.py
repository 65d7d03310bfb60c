"""The base class of API schemas, and types that schemas use."""

from enum import Enum
from typing import Annotated, Any, ClassVar, Final, Literal, TypeAlias, final

import attrs

UnixTime: TypeAlias = Annotated[int, "seconds since the Unix epoch"]
"""A time in seconds since the Unix epoch. Fractions of a second are dropped."""


@attrs.frozen(kw_only=True)
class Schema:
    """Base class for API objects.

    Attributes:
        additional_properties: Fields that the API sent and the specification does not define.
    """

    _may_be_empty: ClassVar[bool] = False
    """Whether a response without any of the fields is valid."""

    additional_properties: dict[str, Any] = attrs.field(factory=dict[str, Any], repr=False)


EXTRA = attrs.fields(Schema).additional_properties.name
_extra: Any = vars(Schema)[EXTRA]


def _additional_properties(schema: Schema) -> Any:
    """Return fields that the API sent and the specification does not define."""
    try:
        return _extra.__get__(schema)
    except AttributeError:
        _extra.__set__(schema, {})
        return _extra.__get__(schema)


# Created on first access: most responses have none, and an empty dictionary takes the memory of 8
# fields.
setattr(Schema, EXTRA, property(_additional_properties, _extra.__set__))


def key_of(field: "attrs.Attribute[Any]") -> str:
    """Return the name of a field in JSON: `json_key` in its metadata, or else its name."""
    key: str = field.metadata.get("json_key", field.name)
    return key


@final
@attrs.frozen
class Unknown:
    """A value that the API sent and this version of the SDK has no schema for.

    It replaces an object of an unknown type and an invalid item of a list, so that neither fails
    the call.

    Attributes:
        raw: The JSON value as received.
        reason: Why there is no schema for it.
    """

    raw: Any = attrs.field(repr=lambda raw: repr(raw)[:200])
    reason: str = attrs.field(default="", eq=False)


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
