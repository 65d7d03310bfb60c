"""The settings in a `session.update` of a realtime session."""

from collections.abc import Collection, Mapping
from typing import Any, cast

from mistral_funcs.sandbox.error_responses import refuse


def read_settings(message: Mapping[str, Any], names: Collection[str]) -> dict[str, Any]:
    """Return the settings in a message, or refuse unsupported settings."""
    settings = message.get("session")
    if not isinstance(settings, dict):
        refuse(422, "`session` must be an object")
    given = cast("dict[str, Any]", settings)
    for name in given:
        if name not in names:
            refuse(422, f"`session` must not contain {name!r}")
    return given
