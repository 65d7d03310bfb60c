"""Users: your identity, organizations and workspaces."""
