"""The API's specification, where it is at hand: it is not part of this repository."""

import json
from pathlib import Path

import pytest
import yaml

from tests.contract.additions import with_additions
from tests.contract.openapi import Spec
from tests.contract.reading import read_spec

SPECS = Path(__file__).parents[2].parent / "shared" / "spec"
SPEC = SPECS / "mistral-ga.yaml"
CLIENT = SPECS / "mistral-client-3.7.json"
"""What the official Python client 3.7 sends and reads: it has more than the specification."""


@pytest.fixture(scope="session")
def spec() -> Spec:
    """Return the specification with what the client adds to it, or skip the test."""
    for path in (SPEC, CLIENT):
        if not path.exists():
            pytest.skip(f"the specification of the API is not at hand: {path} is missing")
    specified = read_spec(yaml.load(SPEC.read_bytes(), yaml.CSafeLoader))
    return with_additions(specified, json.loads(CLIENT.read_bytes()))
