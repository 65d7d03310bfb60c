"""Speech: say a text."""
