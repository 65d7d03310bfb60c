"""Search evaluation runs, and compute their statistics."""
