"""The schemas of the voices API.

Only ids are required: what older and self-hosted servers leave out fails no call.
"""

from datetime import datetime
from typing import Literal, final

import attrs

from mistral_core import Schema, Unknown


@final
@attrs.frozen(kw_only=True)
class VoiceResponse(Schema):
    """Describe a voice.

    Attributes:
        name: Its name.
        slug: Its name, as a part of a URL.
        languages: The languages that it speaks.
        gender: Its gender.
        age: Its age.
        tags: What else it is known by.
        color: The color that it is shown with.
        description: What it is like.
        retention_notice: The notice of its retention, in days.
        id: The id, by which calls name it.
        created_at: When it was made.
        user_id: Who made it; `None` is for a voice that Mistral made.
        trimmed_seconds: The seconds of the recording that were cut off.
        type: `"preset"` for a voice that Mistral made, `"custom"` for one of your own.
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
    """List voices, one page of them.

    Attributes:
        items: The voices.
        total: How many there are on all pages.
        page: The number of the page.
        page_size: The most voices on a page.
        total_pages: How many pages there are.
    """

    items: list[VoiceResponse | Unknown] = attrs.field(factory=list[VoiceResponse | Unknown])
    total: int | None = None
    page: int | None = None
    page_size: int | None = None
    total_pages: int | None = None

    @property
    def data(self) -> list[VoiceResponse | Unknown]:
        """The voices, under the name that other lists have for what they hold."""
        return self.items
