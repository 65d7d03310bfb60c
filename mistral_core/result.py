"""The result of an operation: `Ok` or `Err`."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Generic, NoReturn, TypeAlias, TypeVar, final

import attrs

from mistral_core.http.metadata import NO_CALL, Call

T = TypeVar("T")
U = TypeVar("U")
E = TypeVar("E", bound=Exception)
F = TypeVar("F", bound=Exception)
T_co = TypeVar("T_co", covariant=True)
E_co = TypeVar("E_co", bound=Exception, covariant=True)

MYPY = False
"""True only for mypy, whose `truthy-bool` reports `if result:` unless `__bool__` is defined."""

ADVICE = "Match on `Ok(value)` and `Err(error)`, or call `unwrap()`"


class _Checked:
    """Helpful errors for code that uses a result as if it were the value.

    The methods are hidden from type checkers, which report such code themselves.
    """

    __slots__ = ()

    if not MYPY:  # pragma: no branch

        def __bool__(self) -> NoReturn:
            """Refuse `if result:`, which would be true for an `Err` as well."""
            raise TypeError(
                f"A result is neither true nor false. {ADVICE}; or test `isinstance(result, Ok)`."
            )

    if not TYPE_CHECKING:  # pragma: no branch

        def __getattr__(self, name: str) -> NoReturn:
            """Refuse access to the attributes of the value."""
            raise AttributeError(
                f"{type(self).__name__!r} object has no attribute {name!r}. A call returns a "
                f"result, not the value itself. {ADVICE}.",
                name=name,
                obj=self,
            )

        def __iter__(self) -> NoReturn:
            """Refuse to iterate over the value."""
            raise TypeError(f"{type(self).__name__!r} object is not iterable. {ADVICE}.")

        def __getitem__(self, _: object) -> NoReturn:
            """Refuse access to the items of the value."""
            raise TypeError(f"{type(self).__name__!r} object is not subscriptable. {ADVICE}.")


@final
@attrs.frozen
class Ok(_Checked, Generic[T_co]):
    """The result of a successful call.

    Attributes:
        value: The value of the operation.
        call: Metadata of the call. Not part of `==`, `repr` or patterns.
    """

    value: T_co
    call: Call = attrs.field(default=NO_CALL, kw_only=True, eq=False, repr=False)

    def unwrap(self) -> T_co:
        """Return the value."""
        return self.value

    def unwrap_or(self, default: object) -> T_co:  # noqa: ARG002
        """Return the value; the default is ignored."""
        return self.value

    def map(self, function: Callable[[T_co], U]) -> "Ok[U]":
        """Return an `Ok` with the function applied to the value."""
        return Ok(function(self.value), call=self.call)

    def map_err(self, function: Callable[[Any], Exception]) -> "Ok[T_co]":  # noqa: ARG002
        """Return this `Ok` unchanged."""
        return self


@final
@attrs.frozen
class Err(_Checked, Generic[E_co]):
    """The result of a failed call.

    Attributes:
        error: The error, an exception that was not raised.
        call: Metadata of the call. Not part of `==`, `repr` or patterns.
    """

    error: E_co
    call: Call = attrs.field(default=NO_CALL, kw_only=True, eq=False, repr=False)

    def unwrap(self) -> NoReturn:
        """Raise the error."""
        raise self.error

    def unwrap_or(self, default: U) -> U:
        """Return the default."""
        return default

    def map(self, function: Callable[[Any], object]) -> "Err[E_co]":  # noqa: ARG002
        """Return this `Err` unchanged."""
        return self

    def map_err(self, function: Callable[[E_co], F]) -> "Err[F]":
        """Return an `Err` with the function applied to the error."""
        return Err(function(self.error), call=self.call)


Result: TypeAlias = Ok[T] | Err[E]
"""`Ok[T]` or `Err[E]`: match on it, or test `isinstance(result, Ok)`."""
