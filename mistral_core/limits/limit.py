"""The limit of a model, and the windows in which a server counts."""

import math
from typing import Literal, final

import attrs

MINUTE = 60.0
"""The length of a minute, in seconds."""

MARGIN = 0.01
"""The default margin of a window, as a fraction of its length."""

MIN_MARGIN = 0.02
"""The shortest default margin, in seconds."""


@final
@attrs.frozen
class Window:
    """A sliding window: an allowance for any period of a certain length.

    A client that stays within it also stays within the same allowance on a server that uses a
    sliding window, a fixed window or a token bucket.

    Attributes:
        unit: The unit of the allowance.
        allowance: Maximum number of requests or tokens in a period.
        seconds: Length of the period.
    """

    unit: Literal["requests", "tokens"]
    allowance: int
    seconds: float


def _positive(_: object, field: "attrs.Attribute[float | None]", value: float | None) -> None:
    if value is not None and not 0 < value < math.inf:
        raise ValueError(f"`{field.name}` must be positive and finite, got {value!r}")


@final
@attrs.frozen(kw_only=True)
class Limit:
    """The limit of one model. `None` means no limit.

    Attributes:
        requests_per_second: Requests per second. 0.08 is one request in 12.5 seconds.
        requests_per_minute: Requests per minute.
        tokens_per_minute: Tokens per minute, of prompts and completions together.
        concurrency: Concurrent calls in this process. A stream counts until it ends.
    """

    requests_per_second: float | None = attrs.field(default=None, validator=_positive)
    requests_per_minute: float | None = attrs.field(default=None, validator=_positive)
    tokens_per_minute: float | None = attrs.field(default=None, validator=_positive)
    concurrency: int | None = attrs.field(
        default=None, validator=attrs.validators.optional(attrs.validators.ge(1))
    )

    def windows(self, margin: float | None = None) -> tuple[Window, ...]:
        """Return the windows of the limit.

        Args:
            margin: Seconds to add to each window, since requests take varying times to arrive.
                Defaults to 1 % of the window, at least 20 ms.
        """
        windows = [
            _window("requests", self.requests_per_second, 1.0),
            _window("requests", self.requests_per_minute, MINUTE),
            _window("tokens", self.tokens_per_minute, MINUTE),
        ]
        return tuple(
            attrs.evolve(window, seconds=window.seconds + _margin(window.seconds, margin))
            for window in windows
            if window is not None
        )


NO_LIMIT = Limit()


def _margin(seconds: float, margin: float | None) -> float:
    return max(MIN_MARGIN, seconds * MARGIN) if margin is None else margin


def _window(
    unit: Literal["requests", "tokens"], rate: float | None, seconds: float
) -> Window | None:
    """Return the window of a rate, which allows a whole number of units."""
    if rate is None:
        return None
    allowance = max(1, math.floor(rate))
    return Window(unit, allowance, seconds * allowance / rate)
