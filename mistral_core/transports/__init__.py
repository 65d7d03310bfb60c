"""The HTTP transport. The only room that imports aiohttp.

Shared by the clients of a process: the sessions that are open or closing, in `sessions`.
"""
