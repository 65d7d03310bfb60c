"""List evaluations, and manage pipelines."""
