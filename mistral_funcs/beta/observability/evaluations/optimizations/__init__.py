"""List optimizations and their trials."""
