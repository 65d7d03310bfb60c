"""Deploy the workers of workflows, and read their logs."""
