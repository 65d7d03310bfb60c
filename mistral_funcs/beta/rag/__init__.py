"""Register the search indexes and ingestion pipelines that you run."""
