"""The same operations as `workflows_events_*`."""
