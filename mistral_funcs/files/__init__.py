"""Files: upload, list, get, download, share and delete files."""
