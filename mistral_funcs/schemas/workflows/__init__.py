"""Schemas of workflows."""
