"""How requests reach a server; the only room that imports aiohttp."""
