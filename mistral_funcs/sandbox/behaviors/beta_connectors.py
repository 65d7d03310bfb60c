"""The tools and credentials of connectors. The sandbox stores no secrets.

The collection rule lists, creates, updates and deletes the connectors themselves.
"""

from collections.abc import Mapping
from typing import Any

from mistral_funcs.beta.connectors.call_tool import beta_connectors_call_tool
from mistral_funcs.beta.connectors.create_credentials import beta_connectors_create_credentials
from mistral_funcs.beta.connectors.delete_all_user_credentials import (
    beta_connectors_delete_all_user_credentials,
)
from mistral_funcs.beta.connectors.delete_credentials import beta_connectors_delete_credentials
from mistral_funcs.beta.connectors.list_organization_credentials import (
    beta_connectors_list_organization_credentials,
)
from mistral_funcs.beta.connectors.list_tools import beta_connectors_list_tools
from mistral_funcs.beta.connectors.list_user_credentials import (
    beta_connectors_list_user_credentials,
)
from mistral_funcs.beta.connectors.list_workspace_credentials import (
    beta_connectors_list_workspace_credentials,
)
from mistral_funcs.beta.connectors.update_credentials import beta_connectors_update_credentials
from mistral_funcs.sandbox.behaviors.server_tools import CONNECTOR_TOOLS, output_of
from mistral_funcs.sandbox.error_responses import refuse
from mistral_funcs.sandbox.registry import responds_to
from mistral_funcs.sandbox.request_arguments import read_object
from mistral_funcs.sandbox.routing import Incoming
from mistral_funcs.sandbox.state import State, keep
from mistral_funcs.schemas.beta.connectors.authentication import (
    AuthenticationConfiguration,
    CredentialsResponse,
)
from mistral_funcs.schemas.beta.connectors.connector import MessageResponse
from mistral_funcs.schemas.beta.connectors.mcp import MCPTool
from mistral_funcs.schemas.beta.connectors.tool_calls import (
    ConnectorToolCallMetadata,
    ConnectorToolCallResponse,
    ConnectorToolResultMetadata,
    TextContent,
)

SHAPE = "/v1/connectors"
QUERY = {"type": "object", "properties": {"query": {"type": "string"}}}


@responds_to(beta_connectors_list_tools)
def list_tools(state: State, connector_id_or_name: str) -> list[MCPTool | dict[str, Any]]:
    """List the tools of a connector. All connectors have the same tools."""
    find_connector(state, connector_id_or_name)
    return [
        MCPTool(name=each, description=f"The tool {each}.", input_schema=QUERY)
        for each in CONNECTOR_TOOLS
    ]


@responds_to(beta_connectors_call_tool)
def call_tool(
    state: State,
    connector_id_or_name: str,
    tool_name: str,
    request: Incoming,
    credentials_name: str | None = None,
) -> ConnectorToolCallResponse:
    """Call a tool. Its result repeats the arguments."""
    connector = find_connector(state, connector_id_or_name)
    if tool_name not in CONNECTOR_TOOLS:
        refuse(404, f"No tool matches {tool_name!r}.", "not_found")
    if credentials_name is not None:
        _find(state, connector, credentials_name)
    body = read_object(request) if request.body else dict[str, Any]()
    given: dict[str, Any] = body.get("arguments") or {}
    result = ConnectorToolResultMetadata(structured_content={"arguments": given})
    return ConnectorToolCallResponse(
        content=[TextContent(text=output_of(tool_name))],
        metadata=ConnectorToolCallMetadata(mcp_meta=result),
    )


@responds_to(beta_connectors_create_credentials)
def create_credentials(
    state: State, connector_id_or_name: str, consumer_scope: str, arguments: Mapping[str, Any]
) -> MessageResponse:
    """Create credentials."""
    connector = find_connector(state, connector_id_or_name)
    name = arguments["name"]
    if (connector, consumer_scope, name) in state.credentials:
        refuse(409, f"Credentials {name!r} exist.", "conflict")
    _store(state, connector, consumer_scope, arguments)
    return MessageResponse(message="Credentials created.")


@responds_to(beta_connectors_update_credentials)
def update_credentials(
    state: State, connector_id_or_name: str, consumer_scope: str, arguments: Mapping[str, Any]
) -> MessageResponse:
    """Update credentials."""
    connector = find_connector(state, connector_id_or_name)
    _find(state, connector, arguments["name"], consumer_scope)
    _store(state, connector, consumer_scope, arguments)
    return MessageResponse(message="Credentials updated.")


@responds_to(beta_connectors_delete_credentials)
def delete_credentials(
    state: State, connector_id_or_name: str, consumer_scope: str, credentials_name: str
) -> MessageResponse:
    """Delete credentials."""
    connector = find_connector(state, connector_id_or_name)
    _find(state, connector, credentials_name, consumer_scope)
    del state.credentials[connector, consumer_scope, credentials_name]
    return MessageResponse(message="Credentials deleted.")


@responds_to(beta_connectors_delete_all_user_credentials)
def delete_all(state: State, connector_id_or_name: str) -> MessageResponse:
    """Delete all credentials of the user."""
    connector = find_connector(state, connector_id_or_name)
    for key in [each for each in state.credentials if each[:2] == (connector, "user")]:
        del state.credentials[key]
    return MessageResponse(message="Credentials deleted.")


@responds_to(beta_connectors_list_user_credentials)
def list_of_user(state: State, connector_id_or_name: str) -> CredentialsResponse:
    """List the credentials of the user."""
    return _listed(state, connector_id_or_name, "user")


@responds_to(beta_connectors_list_workspace_credentials)
def list_of_workspace(state: State, connector_id_or_name: str) -> CredentialsResponse:
    """List the credentials of the workspace."""
    return _listed(state, connector_id_or_name, "workspace")


@responds_to(beta_connectors_list_organization_credentials)
def list_of_organization(state: State, connector_id_or_name: str) -> CredentialsResponse:
    """List the credentials of the organization."""
    return _listed(state, connector_id_or_name, "organization")


def find_connector(state: State, id_or_name: str) -> str:
    """Return the id of a connector by its id or name, or respond with 404."""
    connectors = [*state.members.of(SHAPE, SHAPE)]
    matching = [each for each in connectors if id_or_name in (each["id"], each.get("name"))]
    if not matching:
        refuse(404, f"No connector matches {id_or_name!r}.", "not_found")
    return str(matching[0]["id"])


def _listed(state: State, id_or_name: str, scope: str) -> CredentialsResponse:
    connector = find_connector(state, id_or_name)
    return CredentialsResponse(
        credentials=[
            each for key, each in state.credentials.items() if key[:2] == (connector, scope)
        ]
    )


def _find(state: State, connector: str, name: str, scope: str | None = None) -> None:
    """Respond with 404 unless credentials with this name exist."""
    for key in state.credentials:
        if (key[0], key[2]) == (connector, name) and scope in (None, key[1]):
            return
    refuse(404, f"No credentials match {name!r}.", "not_found")


def _store(state: State, connector: str, scope: str, arguments: Mapping[str, Any]) -> None:
    key = connector, scope, arguments["name"]
    before = state.credentials.get(key, AuthenticationConfiguration())
    secret = arguments.get("credentials")
    uses_oauth = bool(getattr(secret, "oauth", None))
    about = AuthenticationConfiguration(
        name=arguments["name"],
        authentication_type="oauth2" if uses_oauth else "bearer",
        scope=scope,
        title=arguments.get("title", before.title),
        is_default=bool(arguments.get("is_default", before.is_default)),
    )
    keep(state.credentials, key, about)
