"""Dates and times are sent in RFC 3339 format, in queries, bodies and forms."""

import json
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from urllib.parse import parse_qs
from zoneinfo import ZoneInfo

import pytest

from mistral_core import JSON, InvalidRequestError, Operation
from mistral_core.request.encode import encode_fields
from mistral_core.request.multipart import Multipart
from mistral_core.request.parameters import target_of

LIST = Operation("GET", "/v1/x", returns=JSON(object))


def at(hours: int, minutes: int = 0, seconds: float = 0) -> timezone:
    """Return a time zone with an offset from UTC."""
    return timezone(timedelta(hours=hours, minutes=minutes, seconds=seconds))


SENT: dict[str, tuple[datetime, str]] = {
    "UTC": (datetime(2025, 6, 1, tzinfo=UTC), "2025-06-01T00:00:00+00:00"),
    "an offset": (datetime(2025, 6, 1, 12, tzinfo=at(2)), "2025-06-01T12:00:00+02:00"),
    "west": (datetime(2025, 6, 1, tzinfo=at(-3, -30)), "2025-06-01T00:00:00-03:30"),
    "Paris before 1911": (
        datetime(1900, 1, 1, tzinfo=ZoneInfo("Europe/Paris")),
        "1899-12-31T23:50:39+00:00",
    ),
    "New York before 1883": (
        datetime(1880, 1, 1, tzinfo=ZoneInfo("America/New_York")),
        "1880-01-01T04:56:02+00:00",
    ),
    "an offset of seconds": (
        datetime(2025, 6, 1, tzinfo=at(0, 0, 1)),
        "2025-05-31T23:59:59+00:00",
    ),
    "an offset of microseconds": (
        datetime(2025, 6, 1, tzinfo=at(1, 0, 0.5)),
        "2025-05-31T22:59:59.500000+00:00",
    ),
    "microseconds": (
        datetime(2025, 6, 1, 0, 0, 0, 7, tzinfo=UTC),
        "2025-06-01T00:00:00.000007+00:00",
    ),
    "the year 33": (datetime(33, 4, 3, tzinfo=UTC), "0033-04-03T00:00:00+00:00"),
    "the last year": (datetime(9999, 12, 31, tzinfo=at(-12)), "9999-12-31T00:00:00-12:00"),
}
"""Datetimes, and the text that is sent."""


class Nowhere(tzinfo):
    """A time zone without an offset."""

    def utcoffset(self, _: datetime | None) -> timedelta | None:
        """Return `None`."""
        return None

    def dst(self, _: datetime | None) -> timedelta | None:
        """Return `None`."""
        return None

    def tzname(self, _: datetime | None) -> str | None:
        """Return `None`."""
        return None


class Broken(Nowhere):
    """A time zone that raises an error."""

    def utcoffset(self, _: datetime | None) -> timedelta | None:
        """Raise an error."""
        raise NotImplementedError("no utcoffset")


REFUSED: dict[str, tuple[datetime, str]] = {
    "no zone": (datetime(2025, 6, 1), "has no time zone"),  # noqa: DTZ001
    "a zone without an offset": (datetime(2025, 6, 1, tzinfo=Nowhere()), "has no time zone"),
    "a zone that fails": (datetime(2025, 6, 1, tzinfo=Broken()), "utcoffset"),
    "before the year 1 in UTC": (datetime(1, 1, 1, tzinfo=at(0, 9, 21)), "out of range"),
    "after the year 9999 in UTC": (
        datetime(9999, 12, 31, 23, 59, 59, tzinfo=at(0, -9, -21)),
        "out of range",
    ),
}
"""Datetimes that cannot be sent, and the error message."""


@pytest.mark.parametrize("name", SENT)
async def test_a_datetime_is_sent_in_the_same_format_everywhere(name: str) -> None:
    """It is the same moment, in UTC if the offset has seconds."""
    moment, expected = SENT[name]
    assert datetime.fromisoformat(expected) == moment
    _, _, query = target_of(LIST, {}, {"q": moment}).partition("?")
    assert parse_qs(query) == {"q": [expected]}
    assert json.loads(encode_fields(LIST, {"q": moment})) == {"q": expected}
    form = b"".join([chunk async for chunk in await Multipart.of({"q": moment})])
    assert f"\r\n\r\n{expected}\r\n".encode() in form


@pytest.mark.parametrize("name", REFUSED)
async def test_an_invalid_datetime_is_refused_everywhere(name: str) -> None:
    """The error gives the reason."""
    moment, says = REFUSED[name]
    with pytest.raises(InvalidRequestError, match=says):
        target_of(LIST, {}, {"q": moment})
    with pytest.raises(InvalidRequestError, match=says):
        encode_fields(LIST, {"q": moment})
    if name != "a zone that fails":  # `execute` catches what the form raises
        with pytest.raises(InvalidRequestError, match=says):
            await Multipart.of({"q": moment})
