"""Conversion between JSON values and attrs classes. The only package that imports cattrs.

All clients of a process share the converters and the functions that they generate.
"""
