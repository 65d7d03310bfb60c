"""Schemas of service accounts and their roles."""

from datetime import datetime
from typing import final

import attrs

from mistral_core import Schema, Unknown


@final
@attrs.frozen(kw_only=True)
class ServiceAccount(Schema):
    """A service account.

    Attributes:
        id: ID of the service account.
        name: Name of the service account.
        customer_id: ID of the customer that it belongs to.
        organization_id: ID of the organization that it belongs to.
        workspace_id: ID of the workspace that it belongs to.
        description: Description of the service account.
        created_at: When it was created.
        updated_at: When it was last updated.
        deleted_at: When it was deleted. `None` if it was not.
    """

    id: str
    name: str | None = None
    customer_id: str | None = None
    organization_id: str | None = None
    workspace_id: str | None = None
    description: str | None = None
    created_at: datetime | None = None
    updated_at: datetime | None = None
    deleted_at: datetime | None = None


@final
@attrs.frozen(kw_only=True)
class ListServiceAccountsResponse(Schema):
    """A page of service accounts.

    Attributes:
        items: Service accounts on this page.
    """

    items: list[ServiceAccount | Unknown] = attrs.field(factory=list[ServiceAccount | Unknown])

    @property
    def data(self) -> list[ServiceAccount | Unknown]:
        """The items of the page, under the name that `paginate` reads."""
        return self.items


@final
@attrs.frozen(kw_only=True)
class AssignableServiceAccountRole(Schema):
    """A role that can be assigned to a service account.

    Attributes:
        uuid: ID of the role.
        name: Name of the role.
        description: Description of the role.
        is_custom_role: Whether it is a custom role.
    """

    uuid: str
    name: str | None = None
    description: str | None = None
    is_custom_role: bool | None = None


@final
@attrs.frozen(kw_only=True)
class ListAssignableServiceAccountRolesResponse(Schema):
    """The roles that can be assigned to service accounts.

    Attributes:
        items: The roles.
    """

    items: list[AssignableServiceAccountRole | Unknown] = attrs.field(
        factory=list[AssignableServiceAccountRole | Unknown]
    )


@final
@attrs.frozen(kw_only=True)
class ServiceAccountRole(Schema):
    """A role of a service account.

    Attributes:
        role_id: ID of the role.
    """

    role_id: str


@final
@attrs.frozen(kw_only=True)
class ListServiceAccountRolesResponse(Schema):
    """The roles of a service account.

    Attributes:
        items: The roles.
    """

    items: list[ServiceAccountRole | Unknown] = attrs.field(
        factory=list[ServiceAccountRole | Unknown]
    )
