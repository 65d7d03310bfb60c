"""Start, read and end sessions with voice agents."""
