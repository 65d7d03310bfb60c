"""Exceptions to the collection rule, and the effects of verbs on a member."""

from collections.abc import Mapping
from typing import Any, Final

VERBS: Final[Mapping[tuple[str, str], Mapping[str, Any]]] = {
    ("POST", "archive"): {"archived": True, "is_archived": True},
    ("PUT", "archive"): {"archived": True, "is_archived": True},
    ("DELETE", "archive"): {"archived": False, "is_archived": False},
    ("POST", "unarchive"): {"archived": False, "is_archived": False},
    ("PUT", "unarchive"): {"archived": False, "is_archived": False},
    ("POST", "activate"): {"active": True, "status": "active"},
    ("POST", "deactivate"): {"active": False, "status": "inactive"},
    ("POST", "enable"): {"enabled": True},
    ("POST", "disable"): {"enabled": False},
    ("POST", "pause"): {"paused": True},
    ("POST", "resume"): {"paused": False},
    ("POST", "start"): {"stopped": False},
    ("POST", "stop"): {"stopped": True},
    ("PUT", "start"): {"stopped": False},
    ("PUT", "stop"): {"stopped": True},
}
"""The fields that a verb sets, by method and last segment. Only fields of the member are set."""

FIRST_PAGE: Final[Mapping[str, int]] = {
    "/v1/observability/": 1,
    "/v1/connectors/": 1,
    "/v1/admin/": 1,
}
"""The number of the first page, by path prefix. Defaults to 0."""

ID_FIELDS: Final[Mapping[str, str]] = {
    "/v1/context/search-indexes": "name",
    "/v1/observability/projects": "slug",
    "/v1/workflows/deployments": "name",
}
"""The field that identifies a member in paths, where it differs from the rule."""

ELSEWHERE: Final[Mapping[str, str]] = {
    "/v1/observability/datasets/{}/imports/from-dataset": "/v1/observability/datasets/{}/tasks",
    "/v1/observability/datasets/{}/imports/from-file": "/v1/observability/datasets/{}/tasks",
    "/v1/observability/datasets/{}/imports/from-playground": "/v1/observability/datasets/{}/tasks",
    "/v1/observability/datasets/{}/imports/from-spans": "/v1/observability/datasets/{}/tasks",
    "/v1/observability/datasets/{}/records": "/v1/observability/dataset-records",
    "/v1/workflows/registrations/{}/execute": "/v1/workflows/executions",
    "/v1/workflows/{}/execute": "/v1/workflows/executions",
}
"""Paths that create and list members of a collection at another path."""

INITIAL_FIELDS: Final[Mapping[str, Mapping[str, Any]]] = {
    "/v1/observability/datasets/{}/tasks": {"status": "COMPLETED"},
    "/v1/workflows": {"name": "echo", "display_name": "Echo"},
}
"""Initial fields of a new member, by the path of the collection."""

ANY_OBJECT: Final = {
    ("/v1/workflows/executions/{execution_id}/queries", "input"),
    ("/v1/workflows/executions/{execution_id}/signals", "input"),
    ("/v1/workflows/executions/{execution_id}/updates", "input"),
}
"""Request fields that accept any object, not only those of a schema."""

WRAPPED: Final[Mapping[str, str]] = {"/v1/workflows/schedules": "schedule"}
"""The field of a request that contains the fields of a member, by the path of the collection."""
