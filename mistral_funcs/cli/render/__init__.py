"""How responses are printed: tables and text for people, JSON for programs, bytes for files."""
