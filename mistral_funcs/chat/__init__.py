"""Chat: completions of conversations."""
