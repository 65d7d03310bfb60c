"""Connectors: pages, tools, results of tools, and hidden secrets."""

import json
from typing import Any

import pytest

from mistral_core import MistralCore, Ok, Schema, Unknown
from mistral_core.testing import ScriptedTransport, json_response
from mistral_funcs import (
    beta_connectors_call_tool,
    beta_connectors_create,
    beta_connectors_list,
    beta_connectors_list_tools,
    paginate,
)
from mistral_funcs.schemas import (
    AuthData,
    ConnectionCredentialsInput,
    ConnectorsQueryFilters,
    CreateHTTPConnectorRequest,
    GlobalHeaderValue,
    HTTPConnector,
    MCPConnector,
    MCPTool,
    OAuth2ClientCredentialsInput,
    Oauth2MetadataSecrets,
)


async def test_pages_are_read_by_their_cursor() -> None:
    """The protocol decides the class of a connector. Filters are separate query parameters."""
    first = {
        "items": [{"id": "a", "protocol": "mcp"}, {"id": "b", "protocol": "newer"}],
        "pagination": {"next_cursor": "2", "page_size": 2},
    }
    last = {"items": [{"id": "c", "protocol": "http"}], "pagination": {"page_size": 2}}
    transport = ScriptedTransport(json_response(first), json_response(last))
    client = MistralCore("key", transport=transport)
    filters = ConnectorsQueryFilters(supports_mcp=True)
    pages = paginate(beta_connectors_list, client, query_filters=filters, page_size=2)
    assert [each async for each in pages] == [
        Ok(MCPConnector(id="a")),
        Ok(Unknown({"id": "b", "protocol": "newer"})),
        Ok(HTTPConnector(id="c")),
    ]
    queries = [request.url.partition("?")[2] for request in transport.requests]
    assert queries == ["supports_mcp=true&page_size=2", "supports_mcp=true&cursor=2&page_size=2"]


async def test_tools_are_read_in_both_forms() -> None:
    """A tool has a name and a schema; others remain mappings."""
    tools = [{"name": "search", "inputSchema": {"type": "object"}}, {"pretty": "search(query)"}]
    client = MistralCore("key", transport=ScriptedTransport(json_response(tools)))
    assert (await beta_connectors_list_tools(client, "web", pretty=True)).unwrap() == [
        MCPTool(name="search", input_schema={"type": "object"}),
        {"pretty": "search(query)"},
    ]


async def test_text_of_a_result() -> None:
    """Images and resources have no text."""
    content = [
        {"type": "text", "text": "a"},
        {"type": "image", "data": "AA==", "mimeType": "image/png"},
        {"type": "text", "text": "b"},
        {"type": "resource", "resource": {"uri": "u", "text": "c", "mimeType": "text/plain"}},
    ]
    client = MistralCore("key", transport=ScriptedTransport(json_response({"content": content})))
    result = (await beta_connectors_call_tool(client, "web", "search")).unwrap()
    assert result.text == "ab"


async def test_type_of_a_new_connector_is_its_protocol() -> None:
    """A class sends it. A mapping is sent unchanged."""
    transport = ScriptedTransport(*[json_response({"id": "a", "protocol": "http"}, 201)] * 2)
    client = MistralCore("key", transport=transport)
    fields: dict[str, Any] = {"name": "n", "description": "d", "server": "https://s"}
    await beta_connectors_create(client, connector=CreateHTTPConnectorRequest(**fields))
    await beta_connectors_create(client, connector={"protocol": "mcp", **fields})
    bodies = [json.loads(each.body) for each in transport.requests if isinstance(each.body, bytes)]
    assert bodies == [{"protocol": "http", **fields}, {"protocol": "mcp", **fields}]


HIDDEN = "s3cret"

SECRETS: list[Schema] = [
    AuthData(client_id="id", client_secret=HIDDEN),
    GlobalHeaderValue(value=HIDDEN),
    ConnectionCredentialsInput(bearer_token=HIDDEN, headers={"x-key": HIDDEN}),
    OAuth2ClientCredentialsInput(client_id="id", client_secret=HIDDEN, client_private_key=HIDDEN),
    Oauth2MetadataSecrets(client_secret=HIDDEN),
    CreateHTTPConnectorRequest(
        name="n",
        description="d",
        server="https://s",
        headers={"x-key": HIDDEN},
        global_headers={"x-key": GlobalHeaderValue(value=HIDDEN)},
    ),
]


@pytest.mark.parametrize("value", SECRETS, ids=lambda value: type(value).__name__)
def test_secret_is_not_in_the_repr(value: Schema) -> None:
    """So that a log does not contain it."""
    assert HIDDEN not in repr(value)
