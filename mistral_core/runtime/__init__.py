"""Python and asyncio building blocks: lazy imports, deadlines, iterators, blocking calls.

All clients of a process share the timer of each event loop, in `deadline`.
"""
