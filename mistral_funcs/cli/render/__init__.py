"""Print responses: tables and text for people, JSON for programs, bytes for files."""
