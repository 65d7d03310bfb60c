"""The API's specification, where it is at hand: it is not part of this repository."""

from pathlib import Path

import pytest
import yaml

from tests.contract.openapi import Spec
from tests.contract.reading import read_spec

SPEC = Path(__file__).parents[2].parent / "shared" / "spec" / "mistral-ga.yaml"


@pytest.fixture(scope="session")
def spec() -> Spec:
    """Return the specification, or skip the test."""
    if not SPEC.exists():
        pytest.skip(f"the specification of the API is not at hand: {SPEC} is missing")
    return read_spec(yaml.load(SPEC.read_bytes(), yaml.CSafeLoader))
