"""Read and stream the events of workflow executions."""
