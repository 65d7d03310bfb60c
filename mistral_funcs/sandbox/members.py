"""The members of rule-based collections, as JSON by path. Their number is bounded."""

from collections.abc import Iterable, Iterator
from typing import Any, final
from urllib.parse import quote

import attrs

Member = dict[str, Any]

MOST_MEMBERS = 1000
"""Maximum number of members of the collections of one shape."""


@final
@attrs.define
class Members:
    """The members of all collections.

    Attributes:
        by_shape: The members of each collection by their paths, the oldest first.
    """

    by_shape: dict[str, dict[str, Member]] = attrs.field(factory=dict[str, dict[str, Member]])

    def get(self, shape: str, path: str) -> Member | None:
        """Return a member."""
        return self.by_shape.get(shape, {}).get(path)

    def of(self, shape: str, parent: str) -> Iterator[Member]:
        """Yield the members of one collection, the newest first."""
        for path, member in reversed(self.by_shape.get(shape, {}).items()):
            if path.rpartition("/")[0] == parent:
                yield member

    def put(self, shape: str, path: str, member: Member) -> None:
        """Add or replace a member. Remove the oldest if a shape has too many."""
        members = self.by_shape.setdefault(shape, {})
        members[path] = member
        if len(members) > MOST_MEMBERS:
            self.remove(shape, next(iter(members)))

    def remove(self, shape: str, path: str) -> None:
        """Remove a member and everything below it."""
        del self.by_shape[shape][path]
        for members in self.by_shape.values():
            for below in [each for each in members if each.startswith(f"{path}/")]:
                del members[below]


def path_of(shape: str, ids: Iterable[str]) -> str:
    """Return the path of a shape with ids in place of its parameters."""
    quoted = iter([quote(each, safe="") for each in ids])
    return "/".join(next(quoted) if part == "{}" else part for part in shape.split("/"))
