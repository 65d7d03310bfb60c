"""The metadata filter of the list of batch jobs."""

from typing import Any

import pytest

from mistral_core import Err, InvalidRequestError, MistralCore
from mistral_core.testing import ScriptedTransport
from mistral_funcs import batch_jobs_list
from tests.funcs.wire import sent


@pytest.mark.parametrize(
    ("metadata", "query"), [({"team": "a&b", "shard": 7}, "?team=a%26b&shard=7"), ({}, "")]
)
async def test_metadata_are_separate_query_parameters(metadata: dict[str, Any], query: str) -> None:
    """One for each key. Empty metadata add none."""
    request = await sent(lambda client: batch_jobs_list(client, metadata=metadata))
    assert request.url == f"https://api.mistral.ai/v1/batch/jobs{query}"


@pytest.mark.parametrize("metadata", [{"model": "x"}, {"page_size": 1}, {"a": {"b": 1}}, {1: "a"}])
async def test_invalid_metadata_are_refused(metadata: dict[str, object]) -> None:
    """Such as a key with the name of another parameter."""
    transport = ScriptedTransport()
    result = await batch_jobs_list(MistralCore(transport=transport), metadata=metadata)
    assert isinstance(result, Err)
    assert isinstance(result.error, InvalidRequestError)
    assert transport.requests == []
