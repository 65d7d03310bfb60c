"""Register ingestion pipelines and report their runs."""
