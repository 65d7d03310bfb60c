"""Create judges, and have them judge conversations."""
