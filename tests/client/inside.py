"""Access to the private settings and the transport of a client."""

from typing import Any

import attrs

from mistral_core import MistralCore, Transport
from mistral_core.pipeline.run import Pipeline
from mistral_core.pipeline.settings import Settings


def settings_of(client: MistralCore) -> Settings:
    """Return the settings of a client."""
    return client._pipeline.settings


def transport_of(client: MistralCore) -> Any:
    """Return the transport of a client."""
    return settings_of(client).transport


def send_through(client: MistralCore, transport: Transport) -> None:
    """Replace the transport of a client."""
    client._pipeline = Pipeline(attrs.evolve(settings_of(client), transport=transport))
