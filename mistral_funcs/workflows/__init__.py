"""Execute, list, change and archive workflows."""
