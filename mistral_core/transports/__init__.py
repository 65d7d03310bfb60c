"""The HTTP transport. The only package that imports aiohttp.

All clients of a process share the registry of open and closing sessions, in `sessions`.
"""
