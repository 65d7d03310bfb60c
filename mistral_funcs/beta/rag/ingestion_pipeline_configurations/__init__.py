"""Register ingestion pipelines and their runs."""
