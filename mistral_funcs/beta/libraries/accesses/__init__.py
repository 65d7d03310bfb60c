"""Share libraries with users and workspaces."""
