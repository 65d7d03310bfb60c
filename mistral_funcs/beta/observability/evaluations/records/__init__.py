"""Read the records of evaluation runs."""
