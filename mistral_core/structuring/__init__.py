"""JSON values to attrs classes and back. The only room that imports cattrs.

Shared by the clients of a process: the converters, and with them the functions that they generate.
"""
