"""List projects of evaluations."""
