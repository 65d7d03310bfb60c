"""Types shared by prompts and skills: sharing, sorting and aliases."""

from collections.abc import Sequence
from typing import Literal, TypeAlias, final

import attrs

from mistral_core import Schema

RegistrySharingScope: TypeAlias = Literal["sharing_scope_unspecified", "private", "workspace"] | str
"""Who has access to a prompt or a skill. Other values are accepted."""


RegistryShareRelation: TypeAlias = Literal["share_relation_unspecified", "reader", "writer"] | str
"""Whether others can read a shared prompt or skill or also write it. Other values are accepted."""


ListSortField: TypeAlias = (
    Literal[
        "list_sort_field_unspecified",
        "list_sort_field_created_at",
        "list_sort_field_last_modified_at",
        "list_sort_field_name",
        "list_sort_field_title",
    ]
    | str
)
"""The field that a list is sorted by. Other values are accepted."""


ListSortDirection: TypeAlias = (
    Literal[
        "list_sort_direction_unspecified", "list_sort_direction_asc", "list_sort_direction_desc"
    ]
    | str
)
"""The direction that a list is sorted in. Other values are accepted."""


@final
@attrs.frozen(kw_only=True)
class AliasList(Schema):
    """The aliases of a version.

    Attributes:
        values: The aliases. An empty list removes all.
    """

    values: Sequence[str] | None = None
