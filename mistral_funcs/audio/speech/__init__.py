"""Speech: generate speech from text."""
