"""A recording, held to the conventions when its test ends."""

import logging
from collections.abc import Iterator

import pytest

from tests.telemetry.conventions import faults_of_metric, faults_of_span
from tests.telemetry.recording import Recording


@pytest.fixture
def recording(caplog: pytest.LogCaptureFixture) -> Iterator[Recording]:
    """Yield a recording, and check it against the conventions at the end.

    The SDK must not have warned, as it does if an attribute is set on a span that has ended.
    """
    caplog.set_level(logging.WARNING)
    recording = Recording()
    yield recording
    faults = [fault for span in recording.own_spans for fault in faults_of_span(span)]
    faults += [fault for metric in recording.metrics for fault in faults_of_metric(metric)]
    assert faults == []
    assert [each.getMessage() for each in caplog.records if "opentelemetry" in each.name] == []
