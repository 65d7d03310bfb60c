"""Read, control and trace executions of workflows."""
