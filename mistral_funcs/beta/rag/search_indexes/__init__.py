"""Register deployments of search indexes and report their metrics."""
