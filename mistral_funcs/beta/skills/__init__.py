"""Create, version, list and delete skills."""
