r"""Administration: users, service accounts, webhooks and triggers.

Find out whom an API key belongs to, create a service account, and start a workflow on each push:

```python
import asyncio

from mistral_core import MistralCore
from mistral_funcs import (
    beta_service_accounts_create,
    beta_service_accounts_list,
    beta_triggers_create,
    beta_users_list_organizations,
    beta_users_whoami,
    beta_webhooks_create,
    beta_webhooks_get_signing_secret,
    paginate,
)
from mistral_funcs.schemas import WhoamiServiceAccountPrincipal, WhoamiUserPrincipal


async def main() -> None:
    async with MistralCore() as client:
        match (await beta_users_whoami(client)).unwrap().principal:
            case WhoamiUserPrincipal(email=email):
                print("The API key belongs to", email)
            case WhoamiServiceAccountPrincipal(name=name):
                print("The API key belongs to the service account", name)
            case unknown:
                print("The API key belongs to", unknown.raw)

        async for organization in paginate(beta_users_list_organizations, client):
            print(organization.unwrap())

        robot = await beta_service_accounts_create(client, name="ci", workspace_id="my-workspace")
        print(robot.unwrap().id)

        # The API requires `offset` and `limit` here, and so does `paginate`.
        async for account in paginate(beta_service_accounts_list, client, offset=0, limit=100):
            print(account.unwrap())

        webhook = (await beta_webhooks_create(client, provider="github", name="Pushes")).unwrap()
        secret = (await beta_webhooks_get_signing_secret(client, webhook.id)).unwrap()
        print(webhook.url, secret)  # the value, `secret.signing_secret`, is not printed

        trigger = await beta_triggers_create(
            client,
            event_source_id=webhook.id,
            handler="workflows",
            action={"type": "start_workflow", "primitive_id": "my-workflow"},
            owner_type="workspace",
            title="Deploy on push",
        )
        print(trigger.unwrap().id)


asyncio.run(main())
```

The `repr` of a response leaves out secrets. Read them from its fields, such as
`secret.signing_secret`.
"""
