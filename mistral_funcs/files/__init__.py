"""Upload, list, download and delete files."""
