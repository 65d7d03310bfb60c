"""Beta operations."""
