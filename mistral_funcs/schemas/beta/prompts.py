"""Prompts and their versions."""

from datetime import datetime
from typing import ClassVar, final

import attrs

from mistral_core import Schema, Unknown
from mistral_funcs.schemas.shared.registry import RegistrySharingScope


@final
@attrs.frozen(kw_only=True)
class PromptVariable(Schema):
    """A variable of a prompt.

    Attributes:
        name: Name of the variable.
    """

    name: str | None = None


@final
@attrs.frozen(kw_only=True)
class PromptDefinition(Schema):
    """The content of a prompt.

    Attributes:
        content: The template.
        variables: Variables of the template.
    """

    content: str
    variables: list[PromptVariable] | None = None


@final
@attrs.frozen(kw_only=True)
class Prompt(Schema):
    """A version of a prompt, with its metadata.

    Attributes:
        id: ID of the prompt.
        name: Name of the prompt. It cannot be changed.
        definition: Content of the version.
        version: Version number.
        notes: Notes on the version.
        aliases: Aliases of the version.
        sharing_scope: Who has access.
        created_at: When it was created.
        updated_at: When it was last updated.
        latest_version: Number of the latest version.
        title: Display title.
        description: Display description.
        created_by: Who created it.
        version_created_at: When the version was created.
    """

    _may_be_empty: ClassVar[bool] = True

    id: str | None = None
    name: str | None = None
    definition: PromptDefinition | None = None
    version: int | None = None
    notes: str | None = None
    aliases: list[str] = attrs.field(factory=list[str])
    sharing_scope: RegistrySharingScope | None = attrs.field(
        default=None, metadata={"json_key": "sharingScope"}
    )
    created_at: datetime | None = attrs.field(default=None, metadata={"json_key": "createdAt"})
    updated_at: datetime | None = attrs.field(default=None, metadata={"json_key": "updatedAt"})
    latest_version: int | None = attrs.field(default=None, metadata={"json_key": "latestVersion"})
    title: str | None = None
    description: str | None = None
    created_by: str | None = attrs.field(default=None, metadata={"json_key": "createdBy"})
    version_created_at: datetime | None = attrs.field(
        default=None, metadata={"json_key": "versionCreatedAt"}
    )


@final
@attrs.frozen(kw_only=True)
class PromptVersion(Schema):
    """A version of a prompt.

    Attributes:
        version: Version number.
        definition: Content of the version.
        notes: Notes on the version.
        aliases: Aliases of the version.
        created_at: When the version was created.
    """

    version: int | None = None
    definition: PromptDefinition | None = None
    notes: str | None = None
    aliases: list[str] = attrs.field(factory=list[str])
    created_at: datetime | None = attrs.field(default=None, metadata={"json_key": "createdAt"})


@final
@attrs.frozen(kw_only=True)
class ListPromptsResponse(Schema):
    """A page of prompts.

    Attributes:
        data: Prompts on this page.
        next_page_token: Token of the next page. `None` on the last page.
    """

    _may_be_empty: ClassVar[bool] = True

    data: list[Prompt | Unknown] = attrs.field(factory=list[Prompt | Unknown])
    next_page_token: str | None = attrs.field(default=None, metadata={"json_key": "nextPageToken"})


@final
@attrs.frozen(kw_only=True)
class ListPromptVersionsResponse(Schema):
    """All versions of a prompt.

    Attributes:
        data: The versions.
    """

    _may_be_empty: ClassVar[bool] = True

    data: list[PromptVersion | Unknown] = attrs.field(factory=list[PromptVersion | Unknown])


@final
@attrs.frozen(kw_only=True)
class CreatePromptVersionResponse(Schema):
    """A new version of a prompt.

    Attributes:
        version: Version number.
        deduplicated: Whether an existing version has the same content, so that none was created.
    """

    _may_be_empty: ClassVar[bool] = True

    version: int | None = None
    deduplicated: bool | None = None
