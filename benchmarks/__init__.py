"""Benchmarks of this package and its peers, as ratios to raw aiohttp, which is the floor."""
