"""The result of an operation: `Ok` or `Err`."""

from collections.abc import Callable
from typing import Any, Generic, NoReturn, TypeAlias, TypeVar, final

import attrs

from mistral_core.http.metadata import NO_CALL, Call

T = TypeVar("T")
U = TypeVar("U")
E = TypeVar("E", bound=Exception)
F = TypeVar("F", bound=Exception)
T_co = TypeVar("T_co", covariant=True)
E_co = TypeVar("E_co", bound=Exception, covariant=True)


@final
@attrs.frozen
class Ok(Generic[T_co]):
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
class Err(Generic[E_co]):
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
