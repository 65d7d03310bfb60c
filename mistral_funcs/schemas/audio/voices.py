"""Schemas of the voice operations.

Only IDs are required, because older and self-hosted servers omit other fields.
"""

from datetime import datetime
from typing import Literal, final

import attrs

from mistral_core import Schema, Unknown


@final
@attrs.frozen(kw_only=True)
class VoiceResponse(Schema):
    """A voice.

    Attributes:
        name: Name of the voice.
        slug: URL-friendly name.
        languages: Languages that the voice speaks.
        gender: Gender of the voice.
        age: Age of the voice.
        tags: Tags that describe the voice.
        color: Display color of the voice.
        description: Description of the voice.
        retention_notice: Retention notice in days.
        id: ID to pass to the API.
        created_at: Time of creation.
        user_id: ID of the owner. `None` for a preset voice.
        trimmed_seconds: Seconds trimmed from the recording.
        type: `"preset"` for a voice provided by Mistral, `"custom"` for your own.
        kind: `"ivc"` for instant voice cloning, `"pvc"` for professional voice cloning.
    """

    name: str | None = None
    slug: str | None = None
    languages: list[str] = attrs.field(factory=list[str])
    gender: str | None = None
    age: int | None = None
    tags: list[str] | None = None
    color: str | None = None
    description: str | None = None
    retention_notice: int = 30
    id: str
    created_at: datetime | None = None
    user_id: str | None = None
    trimmed_seconds: float | None = None
    type: Literal["preset", "custom"] | str | None = None
    kind: Literal["ivc", "pvc"] | str | None = None


@final
@attrs.frozen(kw_only=True)
class VoiceListResponse(Schema):
    """A page of voices.

    Attributes:
        items: The voices.
        total: Total number of voices on all pages.
        page: Page number.
        page_size: Maximum number of voices per page.
        total_pages: Number of pages.
    """

    items: list[VoiceResponse | Unknown] = attrs.field(factory=list[VoiceResponse | Unknown])
    total: int | None = None
    page: int | None = None
    page_size: int | None = None
    total_pages: int | None = None

    @property
    def data(self) -> list[VoiceResponse | Unknown]:
        """The voices, under the name that other pages use for their items."""
        return self.items


@final
@attrs.frozen(kw_only=True)
class VoiceListPage(Schema):
    """A page of voices.

    Attributes:
        data: Voices on this page.
        next_page_token: Token of the next page. `None` on the last page.
    """

    data: list[VoiceResponse | Unknown] = attrs.field(factory=list[VoiceResponse | Unknown])
    next_page_token: str | None = None
