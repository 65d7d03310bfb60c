"""What the schemas of the API are made of."""

from enum import Enum
from typing import Annotated, Any, ClassVar, Final, Literal, TypeAlias, final

import attrs

UnixTime: TypeAlias = Annotated[int, "seconds since 1970"]
"""A time in whole seconds since 1970. A fraction that a server sends is dropped."""


@attrs.frozen(kw_only=True)
class Schema:
    """Be the base of the API's objects.

    Attributes:
        additional_properties: What the API sent and the specification does not name.
    """

    _may_be_empty: ClassVar[bool] = False
    """Whether a response may have none of the fields: the specification requires none."""

    additional_properties: dict[str, Any] = attrs.field(factory=dict[str, Any], repr=False)


EXTRA = attrs.fields(Schema).additional_properties.name
_extra: Any = vars(Schema)[EXTRA]


def _made_when_asked_for(schema: Schema) -> Any:
    """What the API sent and the specification does not name."""
    try:
        return _extra.__get__(schema)
    except AttributeError:
        _extra.__set__(schema, {})
        return _extra.__get__(schema)


# What is received has nothing there as a rule, and an empty dictionary is as large as 8 fields.
setattr(Schema, EXTRA, property(_made_when_asked_for, _extra.__set__))


@final
@attrs.frozen
class Unknown:
    """Stand for what the API sent and this version of the SDK has no schema for.

    It takes the place of an object of an unknown kind, and of an item of a list that cannot be
    read: neither fails the call.

    Attributes:
        raw: What was received, as JSON gave it.
        reason: Why it is here.
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
"""Left out: absent from the wire, where `None` would be `null`."""
