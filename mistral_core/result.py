"""What every operation returns: `Ok`, or `Err`."""

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
    """Hold the value of a call that succeeded.

    Attributes:
        value: What the operation returned.
        call: How the call went. Takes no part in `==`, `repr` or patterns.
    """

    value: T_co
    call: Call = attrs.field(default=NO_CALL, kw_only=True, eq=False, repr=False)

    def unwrap(self) -> T_co:
        """Return the value."""
        return self.value

    def unwrap_or(self, default: object) -> T_co:  # noqa: ARG002
        """Return the value; the default is for `Err`."""
        return self.value

    def map(self, function: Callable[[T_co], U]) -> "Ok[U]":
        """Return an `Ok` of what the function makes of the value."""
        return Ok(function(self.value), call=self.call)

    def map_err(self, function: Callable[[Any], Exception]) -> "Ok[T_co]":  # noqa: ARG002
        """Return this `Ok` as it is."""
        return self


@final
@attrs.frozen
class Err(Generic[E_co]):
    """Hold the error of a call that failed.

    Attributes:
        error: What went wrong, an exception that was not raised.
        call: How the call went. Takes no part in `==`, `repr` or patterns.
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
        """Return this `Err` as it is."""
        return self

    def map_err(self, function: Callable[[E_co], F]) -> "Err[F]":
        """Return an `Err` of what the function makes of the error."""
        return Err(function(self.error), call=self.call)


Result: TypeAlias = Ok[T] | Err[E]
"""`Ok[T]` or `Err[E]`: match on it, or ask `isinstance(result, Ok)`."""
