"""Credentials for realtime sessions."""

from datetime import datetime
from typing import Literal, final

import attrs

from mistral_core import Schema


@final
@attrs.frozen(kw_only=True)
class ClientSecret(Schema):
    """A short-lived key.

    Attributes:
        value: The key. Not part of the repr.
        expires_at: When the key expires.
    """

    value: str | None = attrs.field(default=None, repr=False)
    expires_at: datetime | None = None


@final
@attrs.frozen(kw_only=True)
class CreateRealtimeSessionResponse(Schema):
    """The credentials for a realtime session.

    Attributes:
        object: `"client.session"`.
        purpose: `"realtime"`.
        expires_at: When the session expires.
        client_secret: The key.
    """

    object: str = "client.session"
    purpose: Literal["realtime"] = "realtime"
    expires_at: datetime | None = None
    client_secret: ClientSecret = attrs.field(factory=ClientSecret)
