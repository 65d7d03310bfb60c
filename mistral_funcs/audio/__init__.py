"""Audio: speech, transcriptions and voices."""
