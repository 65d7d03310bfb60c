"""Generate speech from text."""
