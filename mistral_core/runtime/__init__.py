"""What the rooms above share with Python itself: lazy imports, deadlines and callbacks."""
