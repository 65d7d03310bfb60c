"""Create, fill, list and delete datasets."""
