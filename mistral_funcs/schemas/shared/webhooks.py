"""Webhooks, which are also the event sources of triggers."""

from datetime import datetime
from typing import Literal, final

import attrs

from mistral_core import Schema


@final
@attrs.frozen(kw_only=True)
class Webhook(Schema):
    """A webhook: a URL that receives the events of a provider.

    Attributes:
        id: ID of the webhook.
        creator_id: ID of the creator.
        organization_id: ID of the organization that it belongs to.
        workspace_id: ID of the workspace that it belongs to.
        owner_type: Whether a workspace or a user owns the webhook.
        provider: Service that sends the events.
        name: Name of the webhook.
        url: URL of the webhook.
        http_method: HTTP method of the webhook.
        url_verified: Whether the URL is verified.
        signature_hash_algorithm: Hash algorithm of the signature.
        signature_header_name: Name of the header that contains the signature.
        validity_period_second: Validity period, in seconds.
        signature_extractor_regex: Regular expression that extracts the signature.
        timestamp_extractor_regex: Regular expression that extracts the timestamp.
        signature_payload_pattern: Pattern of the signed payload.
        signature_encoding: Encoding of the signature.
        success_status_code: HTTP status code for success.
        event_type_path: Path of the event type.
        expires_at: When the webhook expires.
        created_at: When it was created.
        updated_at: When it was last updated.
    """

    id: str
    creator_id: str | None = None
    organization_id: str | None = None
    workspace_id: str | None = None
    owner_type: Literal["workspace", "user"] | str | None = None
    provider: (
        Literal["slack", "github", "notion", "lucca", "linear", "microsoft", "ashby", "custom"]
        | str
        | None
    ) = None
    name: str | None = None
    url: str | None = None
    http_method: str | None = None
    url_verified: bool | None = None
    signature_hash_algorithm: Literal["sha256", "sha1"] | str | None = None
    signature_header_name: str | None = None
    validity_period_second: int | None = None
    signature_extractor_regex: str | None = None
    timestamp_extractor_regex: str | None = None
    signature_payload_pattern: str | None = None
    signature_encoding: Literal["hex", "base64"] | str | None = None
    success_status_code: int | None = None
    event_type_path: str | None = None
    expires_at: datetime | None = None
    created_at: datetime | None = None
    updated_at: datetime | None = None
