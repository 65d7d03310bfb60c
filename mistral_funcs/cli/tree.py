"""The operations by resource, as commands are typed."""

from collections.abc import Mapping

from mistral_funcs._index import OPERATIONS


def verbs_by_resource() -> Mapping[str, list[str]]:
    """Return each resource, such as `fine_tuning_jobs`, with its verbs."""
    verbs: dict[str, list[str]] = {}
    for module, *_ in OPERATIONS.values():
        resource, _, verb = module.rpartition(".")
        verbs.setdefault(resource.replace(".", "_"), []).append(verb)
    return verbs


VERBS = verbs_by_resource()
