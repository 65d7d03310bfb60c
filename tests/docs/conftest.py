"""The API reference in a folder, as a contributor writes it."""

import fcntl
import os
from pathlib import Path

import pytest

from tests.docs.reference import main


@pytest.fixture(scope="session")
def reference(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Write the reference, once for all workers of pytest-xdist, and return its folder."""
    base = tmp_path_factory.getbasetemp()
    shared = base.parent if "PYTEST_XDIST_WORKER" in os.environ else base
    folder, complete = shared / "reference", shared / "reference-complete"
    with (shared / "reference-lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not complete.exists():
            main([str(folder)])
            complete.touch()
    return folder
