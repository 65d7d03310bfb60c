"""List and read runs of workflows."""
