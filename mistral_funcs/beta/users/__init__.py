"""Get your identity, organizations and workspaces."""
