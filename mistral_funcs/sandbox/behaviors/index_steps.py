"""The steps of search indexes: provisioning and deletion."""

import attrs

from mistral_funcs.sandbox.state import State
from mistral_funcs.sandbox.stored_documents import StoredIndex


def step(state: State, index: StoredIndex) -> None:
    """Complete the provisioning or the deletion of an index."""
    if index.about.status == "provisioning":
        index.about = attrs.evolve(
            index.about,
            status="failed" if index.doomed else "ready",
            status_message="The provisioning failed." if index.doomed else None,
            modified_at=state.moment(),
        )
    elif index.about.status == "deleting":
        del state.indexes[str(index.about.name)]
