"""The prompts and skills that a sandbox stores, each with its versions."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any, final

import attrs


@final
@attrs.define
class StoredVersion:
    """A version.

    Attributes:
        number: Its number, from 1.
        definition: The content.
        notes: The notes.
        created_at: When it was created.
        aliases: The aliases that name it.
    """

    number: int
    definition: Any
    notes: str | None
    created_at: datetime
    aliases: list[str] = attrs.field(factory=list[str])


@final
@attrs.define
class StoredVersions:
    """A prompt or a skill.

    Attributes:
        common: The fields that all versions have in common, by their names.
        versions: The versions, the oldest first.
    """

    common: dict[str, Any]
    versions: list[StoredVersion] = attrs.field(factory=list[StoredVersion])

    @property
    def latest(self) -> StoredVersion:
        """The latest version."""
        return self.versions[-1]

    def numbered(self, number: int) -> StoredVersion | None:
        """Return the version with a number."""
        return next((each for each in self.versions if each.number == number), None)

    def named(self, alias: str) -> StoredVersion | None:
        """Return the version that an alias names."""
        return next((each for each in self.versions if alias in each.aliases), None)

    def add(self, version: StoredVersion, most: int) -> None:
        """Add a version. Remove the oldest if there are too many."""
        self.versions.append(version)
        del self.versions[:-most]

    def move_aliases(self, version: StoredVersion, aliases: Iterable[str]) -> None:
        """Move aliases to a version."""
        moved = [*dict.fromkeys(aliases)]
        for each in self.versions:
            each.aliases = [alias for alias in each.aliases if alias not in moved]
        version.aliases += moved
