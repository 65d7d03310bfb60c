"""Python and asyncio building blocks: lazy imports, deadlines, iterators, blocking calls.

Shared by the clients of a process: the timer of each event loop, in `deadline`.
"""
