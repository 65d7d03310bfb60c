"""Search in your own documents."""
