"""Connectors of the sandbox: looked up by ID or name, with tools and credentials."""

from typing import Any

import pytest

from mistral_core import Err, Failure, MistralCore, Result, RetryConfig
from mistral_funcs import (
    beta_connectors_call_tool,
    beta_connectors_create,
    beta_connectors_create_credentials,
    beta_connectors_delete,
    beta_connectors_delete_all_user_credentials,
    beta_connectors_delete_credentials,
    beta_connectors_get,
    beta_connectors_list_organization_credentials,
    beta_connectors_list_tools,
    beta_connectors_list_user_credentials,
    beta_connectors_list_workspace_credentials,
    beta_connectors_update,
    beta_connectors_update_credentials,
)
from mistral_funcs.sandbox import Sandbox
from mistral_funcs.schemas import CreateConnectorRequest, MCPTool


@pytest.fixture
def sandbox() -> Sandbox:
    """Return a new sandbox."""
    return Sandbox()


@pytest.fixture
async def client(sandbox: Sandbox) -> MistralCore:
    """Return a client of a sandbox with one connector."""
    client = MistralCore(transport=sandbox, retry_config=RetryConfig(strategy="none"))
    connector = CreateConnectorRequest(name="mail", description="Mail", server="https://a.invalid")
    (await beta_connectors_create(client, connector=connector)).unwrap()
    return client


def status_of(refusal: Result[Any, Failure]) -> int | None:
    """Return the status of an error."""
    assert isinstance(refusal, Err)
    return refusal.call.status


async def test_a_connector_has_an_id_and_a_name(client: MistralCore) -> None:
    """Both are accepted for retrieval, update and deletion."""
    by_name: Any = (await beta_connectors_get(client, "mail")).unwrap()
    assert (await beta_connectors_get(client, by_name.id)).unwrap() == by_name
    assert by_name.name == "mail"
    update = await beta_connectors_update(client, by_name.id, connector={"description": "New"})
    changed: Any = update.unwrap()
    assert changed.description == "New"
    assert (await beta_connectors_get(client, "mail")).unwrap() == changed
    await beta_connectors_delete(client, by_name.id)
    assert status_of(await beta_connectors_get(client, "mail")) == 404
    assert status_of(await beta_connectors_list_tools(client, "mail")) == 404


async def test_tools_are_listed_and_called(client: MistralCore) -> None:
    """The result of a call contains its arguments."""
    tools = (await beta_connectors_list_tools(client, "mail")).unwrap()
    assert [each.name for each in tools if isinstance(each, MCPTool)] == ["search", "send"]
    for given in ({"query": "Bob"}, None):
        call = await beta_connectors_call_tool(client, "mail", "search", arguments=given)
        result = call.unwrap()
        assert result.text == "the result of search"
        assert result.metadata is not None
        assert result.metadata.mcp_meta is not None
        assert result.metadata.mcp_meta.structured_content == {"arguments": given or {}}
    assert status_of(await beta_connectors_call_tool(client, "mail", "fly")) == 404


SECRET = {"bearer_token": "s3cret"}


async def test_credentials_are_kept_without_their_secrets(
    client: MistralCore, sandbox: Sandbox
) -> None:
    """By scope and name."""
    create = beta_connectors_create_credentials
    (await create(client, "mail", "user", name="mine", credentials=SECRET)).unwrap()
    oauth = {"oauth": {"client_id": "a", "client_secret": "s3cret"}}
    (await create(client, "mail", "workspace", name="ours", credentials=oauth)).unwrap()
    assert status_of(await create(client, "mail", "user", name="mine")) == 409
    (mine,) = (await beta_connectors_list_user_credentials(client, "mail")).unwrap().credentials
    assert (mine.name, mine.scope, mine.authentication_type) == ("mine", "user", "bearer")
    ours = (await beta_connectors_list_workspace_credentials(client, "mail")).unwrap().credentials
    assert [each.authentication_type for each in ours] == ["oauth2"]
    others = await beta_connectors_list_organization_credentials(client, "mail")
    assert others.unwrap().credentials == []
    assert "s3cret" not in repr(sandbox.state)
    update = beta_connectors_update_credentials
    (await update(client, "mail", "user", name="mine", title="Mine", is_default=True)).unwrap()
    (mine,) = (await beta_connectors_list_user_credentials(client, "mail")).unwrap().credentials
    assert (mine.title, mine.is_default) == ("Mine", True)
    assert status_of(await update(client, "mail", "user", name="ours")) == 404
    used = await beta_connectors_call_tool(client, "mail", "send", credentials_name="ours")
    assert used.unwrap().text
    unknown = await beta_connectors_call_tool(client, "mail", "send", credentials_name="none")
    assert status_of(unknown) == 404
    await beta_connectors_delete_credentials(client, "mail", "workspace", "ours")
    gone = await beta_connectors_delete_credentials(client, "mail", "workspace", "ours")
    assert status_of(gone) == 404
    await beta_connectors_delete_all_user_credentials(client, "mail")
    assert (await beta_connectors_list_user_credentials(client, "mail")).unwrap().credentials == []
