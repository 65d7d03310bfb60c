"""Read metrics of workflows."""
