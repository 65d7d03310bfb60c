"""Operations as data: declared by the signature of a function, read by everything else.

Every operation module imports this room, so it loads neither codecs nor aiohttp.
"""
