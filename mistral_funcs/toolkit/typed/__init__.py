"""Types of Python and their values in JSON."""
