"""Connectors that an execution may use."""

from collections.abc import Iterable, Mapping
from typing import Any, cast, final

import attrs

__all__ = ["ConnectorBinding", "connector_extensions"]


@final
@attrs.frozen
class ConnectorBinding:
    """A connector that an execution may use.

    Attributes:
        connector_name: Name of the connector.
        credentials_name: Name of the credentials to use. Defaults to the user's own.
    """

    connector_name: str
    credentials_name: str | None = None


def connector_extensions(
    connectors: Iterable[str | ConnectorBinding], extensions: Mapping[str, Any] | None = None
) -> dict[str, Any]:
    """Return the `extensions` that bind connectors to an execution.

    Args:
        connectors: The connectors, by name or with the name of their credentials.
        extensions: Other extensions, which are kept.

    Returns:
        The argument `extensions` of `workflows_execute_workflow`.
    """
    merged = dict(extensions or {})
    bindings = [_binding(each) for each in connectors]
    if bindings:
        plugin = _object(merged.get("mistralai"))
        section = _object(plugin.get("connectors"))
        section["bindings"] = [*(section.get("bindings") or ()), *bindings]
        merged["mistralai"] = {**plugin, "connectors": section}
    return merged


def _binding(connector: str | ConnectorBinding) -> dict[str, str]:
    if isinstance(connector, str):
        return {"connector_name": connector}
    return attrs.asdict(connector, filter=lambda _, value: value is not None)


def _object(value: object) -> dict[str, Any]:
    return dict(cast("Mapping[str, Any]", value)) if isinstance(value, Mapping) else {}
