"""POST /v1/webhooks."""

from datetime import datetime
from typing import Literal

from mistral_core import JSON, UNSET, Failure, MistralCore, RequestOptions, Result, Unset, operation
from mistral_funcs.schemas.shared.webhooks import Webhook


@operation("POST", "/v1/webhooks", returns=JSON(Webhook))
async def beta_webhooks_create(
    client: MistralCore,
    *,
    provider: (
        Literal["slack", "github", "notion", "lucca", "linear", "microsoft", "ashby", "custom"]
        | str
    ),
    name: str,
    owner_type: Literal["workspace", "user"] | str | None = None,
    secret: str | None | Unset = UNSET,
    encryption_key: str | None | Unset = UNSET,
    expires_at: datetime | None | Unset = UNSET,
    signature_hash_algorithm: Literal["sha256", "sha1"] | str | None | Unset = UNSET,
    signature_header_name: str | None | Unset = UNSET,
    validity_period_second: int | None | Unset = UNSET,
    signature_extractor_regex: str | None | Unset = UNSET,
    timestamp_extractor_regex: str | None | Unset = UNSET,
    signature_payload_pattern: str | None | Unset = UNSET,
    signature_encoding: Literal["hex", "base64"] | str | None | Unset = UNSET,
    success_status_code: int | None | Unset = UNSET,
    event_type_path: str | None | Unset = UNSET,
    options: RequestOptions | None = None,
) -> Result[Webhook, Failure]:
    """Create a webhook.

    Args:
        client: The client that sends the request.
        provider: Service that sends the events.
        name: Name of the webhook.
        owner_type: Whether a workspace or a user owns the webhook.
        secret: Secret of the webhook.
        encryption_key: Encryption key of the webhook.
        expires_at: When the webhook expires.
        signature_hash_algorithm: Hash algorithm of the signature.
        signature_header_name: Name of the header that contains the signature.
        validity_period_second: Validity period, in seconds.
        signature_extractor_regex: Regular expression that extracts the signature.
        timestamp_extractor_regex: Regular expression that extracts the timestamp.
        signature_payload_pattern: Pattern of the signed payload.
        signature_encoding: Encoding of the signature.
        success_status_code: HTTP status code for success.
        event_type_path: Path of the event type.
        options: Per-call overrides: headers, timeout, retries, server URL.

    Returns:
        The new webhook, with the URL that receives its events.
    """
    ...
