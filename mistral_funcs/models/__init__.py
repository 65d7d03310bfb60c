"""Models: list, look at, rename, archive and delete them."""
