"""Schemas of webhooks."""

from typing import final

import attrs

from mistral_core import Schema


@final
@attrs.frozen(kw_only=True)
class WebhookSigningSecret(Schema):
    """The signing secret of a webhook.

    Attributes:
        signing_secret: The secret. Not part of the repr.
    """

    signing_secret: str = attrs.field(repr=False)
