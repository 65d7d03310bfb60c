"""The recorded exchanges of a cassette, and the search for the one that a request matches."""

from collections.abc import Iterable
from pathlib import Path
from typing import final

import attrs

from mistral_core.cassettes.comparing import (
    Parts,
    described_differences,
    differences,
    distance,
)
from mistral_core.cassettes.exchange import Exchange

ADVICE = 'Record it with `record="once"`, or in pytest with `--mistral-record=once`.'


@final
@attrs.frozen
class Recorded:
    """A recorded exchange.

    Attributes:
        number: Its number, from 1.
        exchange: The exchange.
        parts: The values of its request to compare.
    """

    number: int
    exchange: Exchange
    parts: Parts

    def __str__(self) -> str:
        """Return the number, the method and the path."""
        return f"request {self.number}, {title(self.parts)}"


def title(parts: Parts) -> str:
    """Return the method and the path of a request."""
    return f"`{parts['method']} {parts['path']}`"


@final
@attrs.frozen
class Playback:
    """The exchanges to replay.

    Attributes:
        path: The file.
        strict: Whether they are replayed in the recorded order.
        exchanges: The exchanges.
    """

    path: Path
    strict: bool
    exchanges: list[Recorded]

    @property
    def unplayed(self) -> list[Recorded]:
        """The exchanges that have not been replayed."""
        return [each for each in self.exchanges if not each.exchange.played]

    def take(self, parts: Parts) -> Exchange | None:
        """Return the exchange that a request matches, and mark it as replayed.

        If several match, the first with the same dates is preferred.
        """
        unplayed = self.unplayed[:1] if self.strict else self.unplayed
        matching = [each for each in unplayed if not differences(each.parts, parts)]
        if not matching:
            return None
        taken = min(matching, key=lambda each: each.parts != parts).exchange
        taken.played = True
        return taken

    def describe_unknown(self, parts: Parts) -> str:
        """Return the message for a request that is not in the recording, or is not the next one."""
        if not self.exchanges:
            return f"{title(parts)} is not recorded: {self.path} is missing or empty. {ADVICE}"
        message = f"{title(parts)} {self._expected()}"
        # An equal request that was replayed is a better hint than a different one that was not.
        closest = _nearest(self.exchanges, parts)
        if differences(closest.parts, parts):
            closest = _nearest(self.unplayed or self.exchanges, parts)
            differing = described_differences(closest.parts, parts)
            return f"{message} The nearest recorded one is {closest}:{differing}"
        state = "has been replayed already" if closest.exchange.played else "comes later"
        return f"{message} It equals {closest}, which {state}."

    def _expected(self) -> str:
        if not self.strict:
            return f"matches no unplayed request in {self.path}."
        following = f"that is {self.unplayed[0]}" if self.unplayed else "all have been replayed"
        return f"is not the next request in {self.path}: {following}."


def _nearest(candidates: Iterable[Recorded], parts: Parts) -> Recorded:
    return min(candidates, key=lambda each: distance(each.parts, parts))
