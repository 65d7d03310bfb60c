"""Operations as data, declared by the signatures of functions.

Every operation module imports this package, so it loads neither codecs nor aiohttp.
"""
