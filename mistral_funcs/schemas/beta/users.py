"""Schemas of users: identities, organizations and workspaces."""

from typing import Literal, final

import attrs

from mistral_core import Schema, Unknown


@final
@attrs.frozen(kw_only=True)
class UserIdentityWorkspace(Schema):
    """The workspace of an identity.

    Attributes:
        id: ID of the workspace.
        name: Name of the workspace.
    """

    id: str
    name: str | None = None


@final
@attrs.frozen(kw_only=True)
class UserIdentityOrganization(Schema):
    """The organization of an identity.

    Attributes:
        id: ID of the organization.
        name: Name of the organization.
    """

    id: str
    name: str | None = None


@final
@attrs.frozen(kw_only=True)
class UserIdentityAPIKey(Schema):
    """The API key of an identity, without its secret.

    Attributes:
        id: ID of the API key.
        name: Name of the API key.
    """

    id: str
    name: str | None = None


@final
@attrs.frozen(kw_only=True)
class UserIdentity(Schema):
    """The identity of the current user.

    Attributes:
        id: ID of the user.
        email: Email address.
        first_name: First name.
        last_name: Last name.
        workspace: Workspace of the user.
        organization: Organization of the user.
        api_key: API key of the user.
    """

    id: str
    email: str | None = None
    first_name: str | None = None
    last_name: str | None = None
    workspace: UserIdentityWorkspace | None = None
    organization: UserIdentityOrganization | None = None
    api_key: UserIdentityAPIKey | None = None


@final
@attrs.frozen(kw_only=True)
class UserOrganization(Schema):
    """An organization of a user.

    Attributes:
        id: ID of the organization.
        name: Name of the organization.
    """

    id: str
    name: str | None = None


@final
@attrs.frozen(kw_only=True)
class ListOrganizationsResponse(Schema):
    """A page of organizations.

    Attributes:
        organizations: Organizations on this page.
    """

    organizations: list[UserOrganization | Unknown] = attrs.field(
        factory=list[UserOrganization | Unknown]
    )

    @property
    def data(self) -> list[UserOrganization | Unknown]:
        """The items of the page, under the name that `paginate` reads."""
        return self.organizations


@final
@attrs.frozen(kw_only=True)
class UserWorkspace(Schema):
    """A workspace of a user.

    Attributes:
        id: ID of the workspace.
        name: Name of the workspace.
        organization_id: ID of the organization that it belongs to.
    """

    id: str
    name: str | None = None
    organization_id: str | None = None


@final
@attrs.frozen(kw_only=True)
class ListWorkspacesResponse(Schema):
    """A page of workspaces.

    Attributes:
        workspaces: Workspaces on this page.
    """

    workspaces: list[UserWorkspace | Unknown] = attrs.field(factory=list[UserWorkspace | Unknown])

    @property
    def data(self) -> list[UserWorkspace | Unknown]:
        """The items of the page, under the name that `paginate` reads."""
        return self.workspaces


@final
@attrs.frozen(kw_only=True)
class WhoamiServiceAccountPrincipal(Schema):
    """A service account as the principal of an API key.

    Attributes:
        service_account_id: ID of the service account.
        principal_type: `"service_account"`.
        name: Name of the service account.
    """

    service_account_id: str
    principal_type: Literal["service_account"] = "service_account"
    name: str | None = None


@final
@attrs.frozen(kw_only=True)
class WhoamiUserPrincipal(Schema):
    """A user as the principal of an API key.

    Attributes:
        id: ID of the user.
        principal_type: `"user"`.
        email: Email address.
        first_name: First name.
        last_name: Last name.
    """

    id: str
    principal_type: Literal["user"] = "user"
    email: str | None = None
    first_name: str | None = None
    last_name: str | None = None


@final
@attrs.frozen(kw_only=True)
class WhoamiOrganization(Schema):
    """The organization of a principal.

    Attributes:
        id: ID of the organization.
        name: Name of the organization.
        org_tier: Tier of the organization.
        internal: Whether the organization is internal. Defaults to false.
        kind: Kind of organization. Defaults to `"S"`.
    """

    id: str
    name: str | None = None
    org_tier: str | None = None
    internal: bool = False
    kind: str = "S"


@final
@attrs.frozen(kw_only=True)
class WhoamiResponse(Schema):
    """The principal that an API key belongs to.

    Attributes:
        principal: A service account or a user, discriminated by `principal_type`.
        organization: Organization of the principal.
        workspace: Workspace of the principal.
    """

    principal: WhoamiServiceAccountPrincipal | WhoamiUserPrincipal | Unknown
    organization: WhoamiOrganization | None = None
    workspace: UserIdentityWorkspace | None = None
