"""Create, list and delete triggers, and list their events."""
