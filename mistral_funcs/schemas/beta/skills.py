"""Skills and their versions."""

from datetime import datetime
from typing import ClassVar, TypeAlias, final

import attrs

from mistral_core import Schema, Unknown
from mistral_funcs.schemas.shared.registry import RegistrySharingScope


@final
@attrs.frozen(kw_only=True)
class SkillAssetContentTextContent(Schema):
    """A file of a skill with text content.

    Attributes:
        text_content: The text.
        is_executable: Whether the file can be executed.
    """

    text_content: str = attrs.field(metadata={"json_key": "textContent"})
    is_executable: bool | None = attrs.field(default=None, metadata={"json_key": "isExecutable"})


@final
@attrs.frozen(kw_only=True)
class RawContent(Schema):
    """A file of a skill with binary content.

    Attributes:
        raw_content: The content in base64.
        is_executable: Whether the file can be executed.
    """

    raw_content: str = attrs.field(metadata={"json_key": "rawContent"})
    is_executable: bool | None = attrs.field(default=None, metadata={"json_key": "isExecutable"})


SkillAssetContent: TypeAlias = SkillAssetContentTextContent | RawContent | Unknown
"""A file of a skill: text or binary."""


@final
@attrs.frozen(kw_only=True)
class SkillDefinition(Schema):
    """The content of a skill.

    Attributes:
        description: What the skill does and when to use it, for the model.
        body: The instructions.
        assets: Other files of the skill, by path.
    """

    description: str | None = None
    body: str | None = None
    assets: dict[str, SkillAssetContent] | None = None


@final
@attrs.frozen(kw_only=True)
class Skill(Schema):
    """A version of a skill, with its metadata.

    Attributes:
        id: ID of the skill.
        name: Name of the skill. It cannot be changed.
        definition: Content of the version.
        version: Version number.
        notes: Notes on the version.
        aliases: Aliases of the version.
        sharing_scope: Who has access.
        created_at: When it was created.
        updated_at: When it was last updated.
        latest_version: Number of the latest version.
    """

    _may_be_empty: ClassVar[bool] = True

    id: str | None = None
    name: str | None = None
    definition: SkillDefinition | None = None
    version: int | None = None
    notes: str | None = None
    aliases: list[str] = attrs.field(factory=list[str])
    sharing_scope: RegistrySharingScope | None = attrs.field(
        default=None, metadata={"json_key": "sharingScope"}
    )
    created_at: datetime | None = attrs.field(default=None, metadata={"json_key": "createdAt"})
    updated_at: datetime | None = attrs.field(default=None, metadata={"json_key": "updatedAt"})
    latest_version: int | None = attrs.field(default=None, metadata={"json_key": "latestVersion"})


@final
@attrs.frozen(kw_only=True)
class SkillVersion(Schema):
    """A version of a skill.

    Attributes:
        version: Version number.
        definition: Content of the version.
        notes: Notes on the version.
        aliases: Aliases of the version.
        created_at: When the version was created.
    """

    version: int | None = None
    definition: SkillDefinition | None = None
    notes: str | None = None
    aliases: list[str] = attrs.field(factory=list[str])
    created_at: datetime | None = attrs.field(default=None, metadata={"json_key": "createdAt"})


@final
@attrs.frozen(kw_only=True)
class ListSkillsResponse(Schema):
    """A page of skills.

    Attributes:
        data: Skills on this page.
        next_page_token: Token of the next page. `None` on the last page.
    """

    _may_be_empty: ClassVar[bool] = True

    data: list[Skill | Unknown] = attrs.field(factory=list[Skill | Unknown])
    next_page_token: str | None = attrs.field(default=None, metadata={"json_key": "nextPageToken"})


@final
@attrs.frozen(kw_only=True)
class ListSkillVersionsResponse(Schema):
    """All versions of a skill.

    Attributes:
        data: The versions.
    """

    _may_be_empty: ClassVar[bool] = True

    data: list[SkillVersion | Unknown] = attrs.field(factory=list[SkillVersion | Unknown])


@final
@attrs.frozen(kw_only=True)
class CreateSkillVersionResponse(Schema):
    """A new version of a skill.

    Attributes:
        version: Version number.
        deduplicated: Whether an existing version has the same content, so that none was created.
    """

    _may_be_empty: ClassVar[bool] = True

    version: int | None = None
    deduplicated: bool | None = None
