"""Triggers: create, list and delete them, and list their events."""
