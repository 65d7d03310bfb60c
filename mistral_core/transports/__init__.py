"""The HTTP transport. The only room that imports aiohttp."""
