"""Read and stream the events of workflow executions: other names of `workflows_events_*`."""
