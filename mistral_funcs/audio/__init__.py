"""Generate speech, transcribe recordings, and manage voices."""
