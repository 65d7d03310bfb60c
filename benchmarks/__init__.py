"""Benchmarks, run by `python -m benchmarks`: ratios against raw aiohttp, read in one run."""
