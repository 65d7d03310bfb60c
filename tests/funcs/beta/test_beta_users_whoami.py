"""The principal of `beta_users_whoami`: a user, a service account, or an unknown kind."""

from collections.abc import Mapping

import pytest

from mistral_core import Unknown
from mistral_funcs import beta_users_whoami
from mistral_funcs.schemas import WhoamiServiceAccountPrincipal, WhoamiUserPrincipal
from tests.funcs.wire import read

USER = {"id": "u", "email": "a@example.com", "first_name": None, "last_name": None}
ACCOUNT = {"service_account_id": "s", "name": "ci"}

PRINCIPALS: dict[str, tuple[Mapping[str, object], object]] = {
    "a user": (
        {"principal_type": "user", **USER},
        WhoamiUserPrincipal(id="u", email="a@example.com"),
    ),
    "a service account": (
        {"principal_type": "service_account", **ACCOUNT},
        WhoamiServiceAccountPrincipal(service_account_id="s", name="ci"),
    ),
    "a user without its type": (USER, WhoamiUserPrincipal(id="u", email="a@example.com")),
    "a service account without its type": (
        ACCOUNT,
        WhoamiServiceAccountPrincipal(service_account_id="s", name="ci"),
    ),
    "a new kind": (
        {"principal_type": "robot", "id": "r"},
        Unknown({"principal_type": "robot", "id": "r"}),
    ),
}


@pytest.mark.parametrize("name", PRINCIPALS)
async def test_principal_has_the_class_of_its_type(name: str) -> None:
    """Or that of its fields, if a server leaves out the type."""
    principal, expected = PRINCIPALS[name]
    response = {"principal": principal, "organization": {"id": "o", "name": "Acme"}}
    whoami = (await read(beta_users_whoami, response)).unwrap()
    assert whoami.principal == expected
    assert whoami.organization
    assert (whoami.organization.kind, whoami.organization.internal) == ("S", False)
