"""Guides: one module per topic, whose docstring is the text.

`help("mistral_funcs.guides.workers")` shows one.
"""
