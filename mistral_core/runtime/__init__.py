"""Python and asyncio building blocks: lazy imports, deadlines, iterators, blocking calls."""
