"""What an operation is, as data: declared by its signature, read by everything else.

Importing this room loads no codec and no aiohttp: every operation module imports it.
"""
