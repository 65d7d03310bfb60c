"""Files: upload, list, look at, download, share and delete them."""
